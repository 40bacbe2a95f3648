// A button of the control bar: an icon over its word; the name stays while the state changes.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from '../../ui/cx.ts';
import { type Icon, LockIcon } from '../../ui/icons.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';

export type BarButtonProps = Pick<AriaButtonProps, 'onPress' | 'isDisabled' | 'aria-expanded' | 'aria-haspopup'> & {
  readonly icon: Icon;
  /** The accessible name, shown under the icon; it stays while the state changes. */
  readonly name: string;
  /** What pressing it does now, and why it may not. */
  readonly hint: string;
  readonly shortcut?: string;
  readonly isOn?: boolean;
  /** Off is something to notice: a microphone that nobody hears. */
  readonly tone?: 'plain' | 'off' | 'danger' | 'recording' | 'active';
  readonly locked?: boolean;
  readonly badge?: number;
  readonly className?: string;
  readonly children?: ReactNode;
};

export function BarButton({
  icon: Shape,
  name,
  hint,
  shortcut,
  isOn,
  tone = 'plain',
  locked = false,
  badge = 0,
  className,
  children,
  ...rest
}: BarButtonProps) {
  const pressed = isOn === undefined ? {} : { 'aria-pressed': isOn };
  return (
    <Tooltip text={hint} shortcut={shortcut}>
      <AriaButton {...rest} {...pressed} aria-label={name} className={cx('bar-button', `bar-button-${tone}`, className)}>
        <span className="bar-button-icon">
          {children}
          <Shape />
          {locked ? <LockIcon className="bar-button-lock" /> : null}
          {/* Drawn by the style sheet: written in the page, the number would be part of what the button seems to be called. */}
          {badge > 0 ? <span className="bar-button-badge tabular" aria-hidden="true" data-count={badge > 99 ? '99+' : badge} /> : null}
        </span>
        <span className="bar-button-word" aria-hidden="true">
          {name}
        </span>
      </AriaButton>
    </Tooltip>
  );
}
