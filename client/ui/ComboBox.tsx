// One choice out of a long list, found by typing a part of it.
import type { ReactNode } from 'react';
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Button,
  Group,
  Input,
  type Key,
  ListBox,
  Popover,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { ChevronDownIcon } from './icons.ts';
import { OptionItem } from './OptionItem.tsx';
import type { Option } from './Select.tsx';
import './Popover.css';
import './ComboBox.css';

export type ComboBoxProps<Id extends Key> = FieldTexts &
  Pick<AriaComboBoxProps<Option<Id>>, 'isRequired' | 'isDisabled' | 'isInvalid' | 'name' | 'autoFocus'> & {
    readonly options: readonly Option<Id>[];
    readonly value: Id | null;
    readonly onChange: (id: Id | null) => void;
    /** Shown when nothing fits what was typed. */
    readonly empty: ReactNode;
    readonly className?: string;
  };

export function ComboBox<Id extends Key>({
  label,
  help,
  fault,
  optional,
  options,
  value,
  onChange,
  empty,
  className,
  ...rest
}: ComboBoxProps<Id>) {
  const choose = (key: Key | null) => onChange(options.find(({ id }) => id === key)?.id ?? null);
  return (
    <AriaComboBox
      {...rest}
      isInvalid={rest.isInvalid ?? Boolean(fault)}
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={choose}
      menuTrigger="focus"
      allowsEmptyCollection
      className={cx('field', className)}
    >
      <FieldLabel label={label} optional={optional} />
      <Group className="combo-box-frame">
        <Input className="field-box combo-box-input" />
        <Button className="combo-box-button">
          <ChevronDownIcon />
        </Button>
      </Group>
      <FieldNotes help={help} fault={fault} />
      <Popover className="popover combo-box-popover" offset={4}>
        <ListBox<Option<Id>> className="popover-list" renderEmptyState={() => <div className="combo-box-empty">{empty}</div>}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
