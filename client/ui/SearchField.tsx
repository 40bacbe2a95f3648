// A field to search with; Escape or the cross empties it.
import { SearchField as AriaSearchField, type SearchFieldProps as AriaSearchFieldProps, Button, Input } from 'react-aria-components';
import { cx } from './cx.ts';
import { CloseIcon, SearchIcon } from './icons.ts';
import './Field.css';
import './SearchField.css';

export type SearchFieldProps = Omit<AriaSearchFieldProps, 'children' | 'className' | 'style' | 'aria-label'> & {
  /** The accessible name, also the placeholder. */
  readonly label: string;
  readonly className?: string;
};

export function SearchField({ label, className, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} aria-label={label} className={cx('search-field', className)}>
      <SearchIcon className="search-field-icon" />
      <Input className="field-box search-field-box" placeholder={label} />
      <Button className="search-field-clear">
        <CloseIcon />
      </Button>
    </AriaSearchField>
  );
}
