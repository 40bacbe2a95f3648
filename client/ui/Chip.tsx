// A small word with a shape: a state, a kind, a count. The meaning never lies in the colour alone.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { ErrorIcon, type Icon, InfoIcon, SuccessIcon, WarningIcon } from './icons.ts';
import './Chip.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'danger' | 'info' | 'recording';

export type ChipProps = {
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
  readonly className?: string;
};

export function Chip({ tone = 'neutral', icon: Shape, children, className }: ChipProps) {
  return (
    <span className={cx('chip', `chip-${tone}`, className)}>
      {Shape ? <Shape /> : null}
      <span className="chip-text">{children}</span>
    </span>
  );
}

const signs = { good: SuccessIcon, warn: WarningIcon, danger: ErrorIcon, info: InfoIcon } as const;

/** A chip whose sign follows from its tone. */
export function StatusChip({ tone, children }: { readonly tone: keyof typeof signs; readonly children: ReactNode }) {
  return (
    <Chip tone={tone} icon={signs[tone]}>
      {children}
    </Chip>
  );
}
