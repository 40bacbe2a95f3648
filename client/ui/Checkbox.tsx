// A box to tick.
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import { cx } from './cx.ts';
import './Checkbox.css';

export type CheckboxProps = Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> & {
  readonly children?: ReactNode;
  readonly note?: ReactNode;
  readonly className?: string;
};

export function Checkbox({ children, note, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={cx('checkbox', className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="checkbox-box" aria-hidden="true">
            <svg viewBox="0 0 16 16" className="checkbox-mark" aria-hidden="true">
              {isIndeterminate ? <path d="M4 8h8" /> : isSelected ? <path d="m3.5 8.5 3 3 6-7" /> : null}
            </svg>
          </span>
          {children ? (
            <span className="checkbox-text">
              {children}
              {note ? <span className="checkbox-note">{note}</span> : null}
            </span>
          ) : null}
        </>
      )}
    </AriaCheckbox>
  );
}
