// One choice out of a few that are all seen at once.
import { RadioGroup as AriaRadioGroup, type RadioGroupProps as AriaRadioGroupProps, Radio } from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import './RadioGroup.css';

export type RadioOption<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
};

export type RadioGroupProps<Id extends string> = FieldTexts &
  Omit<AriaRadioGroupProps, 'children' | 'className' | 'style' | 'value' | 'onChange' | 'defaultValue'> & {
    readonly options: readonly RadioOption<Id>[];
    readonly value: Id | null;
    readonly onChange: (id: Id) => void;
    readonly className?: string;
  };

export function RadioGroup<Id extends string>({
  label,
  help,
  fault,
  optional,
  options,
  value,
  onChange,
  className,
  ...rest
}: RadioGroupProps<Id>) {
  const choose = (id: string) => {
    const option = options.find((candidate) => candidate.id === id);
    if (option) onChange(option.id);
  };
  return (
    <AriaRadioGroup
      {...rest}
      value={value}
      onChange={choose}
      isInvalid={rest.isInvalid ?? Boolean(fault)}
      className={cx('field', className)}
    >
      <FieldLabel label={label} optional={optional} />
      <div className="radio-list">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} isDisabled={option.disabled ?? false} className="radio">
            <span className="radio-ring" aria-hidden="true" />
            <span className="radio-text">
              {option.label}
              {option.note ? <span className="radio-note">{option.note}</span> : null}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes help={help} fault={fault} />
    </AriaRadioGroup>
  );
}
