// A line or several lines of text to type.
import type { ReactNode, Ref } from 'react';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps, Input, TextArea } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import './TextField.css';

export type TextFieldProps = FieldTexts &
  Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> & {
    readonly placeholder?: string;
    /** More than one makes it a text area. */
    readonly rows?: number;
    /** Shown inside, before the text; takes no clicks. */
    readonly icon?: ReactNode;
    readonly className?: string;
    readonly inputRef?: Ref<HTMLInputElement>;
  };

export function TextField({ label, help, fault, optional, placeholder, rows = 1, icon, className, inputRef, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={rest.isInvalid ?? Boolean(fault)} className={cx('field', className)}>
      <FieldLabel label={label} optional={optional} />
      <div className={cx('text-field-frame', icon !== undefined && 'text-field-with-icon')}>
        {icon !== undefined ? <span className="text-field-icon">{icon}</span> : null}
        {rows > 1 ? (
          <TextArea className="field-box text-field-area" rows={rows} placeholder={placeholder} />
        ) : (
          <Input ref={inputRef} className="field-box" placeholder={placeholder} />
        )}
      </div>
      <FieldNotes help={help} fault={fault} />
    </AriaTextField>
  );
}
