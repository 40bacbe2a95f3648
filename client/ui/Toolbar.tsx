// A row of controls that is one stop of the keyboard; arrows move within.
import type { ReactNode } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import { cx } from './cx.ts';
import './Toolbar.css';

export type ToolbarProps = {
  readonly label: string;
  readonly children: ReactNode;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly className?: string;
};

export function Toolbar({ label, children, orientation = 'horizontal', className }: ToolbarProps) {
  return (
    <AriaToolbar aria-label={label} orientation={orientation} className={cx('toolbar', className)}>
      {children}
    </AriaToolbar>
  );
}
