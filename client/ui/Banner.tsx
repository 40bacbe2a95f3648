// A calm notice where the matter is: what happened and what to do.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { CloseIcon, ErrorIcon, type Icon, InfoIcon, SuccessIcon, WarningIcon } from './icons.ts';
import { useUiWords } from './words.tsx';
import './Banner.css';

export type BannerTone = 'info' | 'good' | 'warn' | 'danger';

const signs = { info: InfoIcon, good: SuccessIcon, warn: WarningIcon, danger: ErrorIcon } as const;

export type BannerProps = {
  readonly tone?: BannerTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** A button or a link. */
  readonly action?: ReactNode;
  readonly onDismiss?: () => void;
  readonly icon?: Icon;
  /** Reads it out when it appears: politely, or at once for what cannot wait. */
  readonly announce?: 'polite' | 'assertive' | 'off';
  readonly className?: string;
};

export function Banner({ tone = 'info', title, children, action, onDismiss, icon, announce = 'off', className }: BannerProps) {
  const words = useUiWords();
  const Sign = icon ?? signs[tone];
  const role = announce === 'off' ? undefined : announce === 'assertive' ? 'alert' : 'status';
  return (
    <div className={cx('banner', `banner-${tone}`, className)} role={role}>
      <Sign className="banner-sign" />
      <div className="banner-body">
        <div className="banner-text">
          {title ? <p className="banner-title">{title}</p> : null}
          {children ? <div>{children}</div> : null}
        </div>
        {action ? <div className="banner-action">{action}</div> : null}
      </div>
      {onDismiss ? <IconButton icon={CloseIcon} label={words.dismiss} size="small" onPress={onDismiss} /> : null}
    </div>
  );
}
