// One choice out of a short list.
import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  Button,
  type Key,
  ListBox,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { ChevronDownIcon } from './icons.ts';
import { OptionItem } from './OptionItem.tsx';
import './Popover.css';
import './Select.css';

export type Option<Id extends Key = Key> = {
  readonly id: Id;
  readonly label: string;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
};

export type SelectProps<Id extends Key> = FieldTexts &
  Omit<AriaSelectProps<Option<Id>>, 'children' | 'className' | 'style' | 'value' | 'onChange' | 'defaultValue' | 'selectionMode'> & {
    readonly options: readonly Option<Id>[];
    readonly value: Id | null;
    readonly onChange: (id: Id) => void;
    readonly icon?: ReactNode;
    readonly className?: string;
  };

export function Select<Id extends Key>({
  label,
  help,
  fault,
  optional,
  options,
  value,
  onChange,
  icon,
  className,
  ...rest
}: SelectProps<Id>) {
  const choose = (key: Key | null) => {
    const option = options.find(({ id }) => id === key);
    if (option) onChange(option.id);
  };
  return (
    <AriaSelect {...rest} isInvalid={rest.isInvalid ?? Boolean(fault)} value={value} onChange={choose} className={cx('field', className)}>
      <FieldLabel label={label} optional={optional} />
      <Button className="field-box select-button">
        {icon}
        <SelectValue className="select-value">
          {({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDownIcon />
      </Button>
      <FieldNotes help={help} fault={fault} />
      <Popover className="popover" offset={4}>
        <ListBox className="popover-list" items={options}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
