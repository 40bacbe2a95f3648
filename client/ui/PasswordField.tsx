// A password with an eye to look at what one typed.
import { useState } from 'react';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps, Group, Input, ToggleButton } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { EyeIcon, EyeOffIcon } from './icons.ts';
import { useUiWords } from './words.tsx';
import './PasswordField.css';

export type PasswordFieldProps = FieldTexts &
  Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'type'> & {
    /** `current-password` lets a password manager fill in, `new-password` lets it propose. */
    readonly autoComplete: 'current-password' | 'new-password' | 'off';
    readonly className?: string;
  };

export function PasswordField({ label, help, fault, optional, className, ...rest }: PasswordFieldProps) {
  const words = useUiWords();
  const [shown, setShown] = useState(false);
  return (
    <AriaTextField
      {...rest}
      isInvalid={rest.isInvalid ?? Boolean(fault)}
      type={shown ? 'text' : 'password'}
      className={cx('field', className)}
    >
      <FieldLabel label={label} optional={optional} />
      <Group className="password-field-frame">
        <Input className="field-box password-field-box" spellCheck={false} autoCapitalize="none" />
        <ToggleButton
          className="password-field-eye"
          isSelected={shown}
          onChange={setShown}
          aria-label={shown ? words.hidePassword : words.showPassword}
        >
          {shown ? <EyeOffIcon /> : <EyeIcon />}
        </ToggleButton>
      </Group>
      <FieldNotes help={help} fault={fault} />
    </AriaTextField>
  );
}
