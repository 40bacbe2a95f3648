// One choice out of more than can be listed: what is typed is looked up elsewhere, and the first finds are offered.
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
import { ChevronDownIcon, SearchIcon } from './icons.ts';
import { OptionItem } from './OptionItem.tsx';
import type { Option } from './Select.tsx';
import './Popover.css';
import './ComboBox.css';

export type FindBoxProps = FieldTexts &
  Pick<AriaComboBoxProps<Option<string>>, 'isRequired' | 'isDisabled' | 'isInvalid' | 'autoFocus' | 'menuTrigger' | 'aria-label'> & {
    /** Found for `typed`; they are not filtered again here. */
    readonly options: readonly Option<string>[];
    readonly typed: string;
    readonly onType: (typed: string) => void;
    readonly value: string | null;
    readonly onChoose: (option: Option<string> | null) => void;
    /** Shown when nothing was found, or while it is looked up. */
    readonly empty: ReactNode;
    readonly placeholder?: string | undefined;
    readonly className?: string;
  };

export function FindBox({
  label,
  help,
  fault,
  optional,
  options,
  typed,
  onType,
  value,
  onChoose,
  empty,
  placeholder,
  menuTrigger = 'focus',
  className,
  ...rest
}: FindBoxProps) {
  const choose = (key: Key | null) => onChoose(options.find(({ id }) => id === key) ?? null);
  return (
    <AriaComboBox
      {...rest}
      isInvalid={rest.isInvalid ?? Boolean(fault)}
      items={options}
      inputValue={typed}
      onInputChange={onType}
      selectedKey={value}
      onSelectionChange={choose}
      menuTrigger={menuTrigger}
      allowsEmptyCollection
      className={cx('field', className)}
    >
      <FieldLabel label={label} optional={optional} />
      <Group className="combo-box-frame combo-box-finds">
        <SearchIcon className="combo-box-sign" />
        <Input className="field-box combo-box-input" placeholder={placeholder} />
        <Button className="combo-box-button">
          <ChevronDownIcon />
        </Button>
      </Group>
      <FieldNotes help={help} fault={fault} />
      <Popover className="popover combo-box-popover" offset={4}>
        <ListBox<Option<string>> className="popover-list" renderEmptyState={() => <div className="combo-box-empty">{empty}</div>}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
