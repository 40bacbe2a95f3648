// What has been chosen, each with a way to take it off again.
import { IconButton } from './IconButton.tsx';
import { CloseIcon } from './icons.ts';
import './PickedList.css';

export type PickedListProps<Id extends string> = {
  /** Says what these are; read by screen readers. */
  readonly label: string;
  readonly picked: readonly { readonly id: Id; readonly name: string; readonly detail?: string | undefined }[];
  readonly removeLabel: (name: string) => string;
  readonly onRemove: (id: Id) => void;
};

export function PickedList<Id extends string>({ label, picked, removeLabel, onRemove }: PickedListProps<Id>) {
  if (picked.length === 0) return null;
  return (
    <ul className="picked-list" aria-label={label}>
      {picked.map(({ id, name, detail }) => (
        <li key={id} className="picked">
          <span className="picked-name">
            {name}
            {detail ? <span className="picked-detail"> {detail}</span> : null}
          </span>
          <IconButton icon={CloseIcon} size="small" label={removeLabel(name)} onPress={() => onRemove(id)} />
        </li>
      ))}
    </ul>
  );
}
