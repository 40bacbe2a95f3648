// One option in the list of a select or a combo box: its label, perhaps a note below it, and a check when it is the chosen one.
import { type Key, ListBoxItem } from 'react-aria-components';
import { CheckIcon } from './icons.ts';
import type { Option } from './Select.tsx';

export function OptionItem<Id extends Key>({ option }: { readonly option: Option<Id> }) {
  return (
    <ListBoxItem id={option.id} textValue={option.label} isDisabled={option.disabled ?? false} className="popover-item">
      {({ isSelected }) => (
        <>
          <span className="popover-item-text">
            {option.label}
            {option.note ? <span className="popover-item-note">{option.note}</span> : null}
          </span>
          {isSelected ? <CheckIcon className="popover-item-check" /> : null}
        </>
      )}
    </ListBoxItem>
  );
}
