// Turns a setting on or off at once.
import type { ReactNode } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components';
import { cx } from './cx.ts';
import './Switch.css';

export type SwitchProps = Omit<AriaSwitchProps, 'children' | 'className' | 'style'> & {
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly className?: string;
};

export function Switch({ children, note, className, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={cx('switch', className)}>
      <span className="switch-text">
        {children}
        {note ? <span className="switch-note">{note}</span> : null}
      </span>
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
    </AriaSwitch>
  );
}
