// One of two or three views, side by side, one of them chosen.
import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { cx } from './cx.ts';
import './Segmented.css';

export type SegmentedProps<Id extends Key> = {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly className?: string;
};

export function Segmented<Id extends Key>({ label, options, value, onChange, className }: SegmentedProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const option = options.find(({ id }) => keys.has(id));
        if (option) onChange(option.id);
      }}
      className={cx('segmented', className)}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className="segment">
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
