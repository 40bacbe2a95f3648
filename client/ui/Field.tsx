// Label, help and fault around a control, the same for every kind of field.
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { ErrorIcon } from './icons.ts';
import { useUiWords } from './words.tsx';
import './Field.css';

export type FieldTexts = {
  readonly label?: string | undefined;
  readonly help?: ReactNode;
  /** What is wrong, in words; shown only while the field is invalid. */
  readonly fault?: ReactNode;
  /** Marks the field as one that may stay empty. */
  readonly optional?: boolean | undefined;
};

export function FieldLabel({ label, optional }: Pick<FieldTexts, 'label' | 'optional'>) {
  const words = useUiWords();
  if (!label) return null;
  return (
    <Label className="field-label">
      {label}
      {optional ? <span className="field-optional">{words.optional}</span> : null}
    </Label>
  );
}

export function FieldNotes({ help, fault }: Pick<FieldTexts, 'help' | 'fault'>) {
  return (
    <>
      {help ? (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      ) : null}
      <FieldError className="field-fault">
        {({ validationErrors }) => (
          <>
            <ErrorIcon />
            <span>{fault ?? validationErrors.join(' ')}</span>
          </>
        )}
      </FieldError>
    </>
  );
}
