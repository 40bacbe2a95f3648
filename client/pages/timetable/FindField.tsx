// A group, a teacher, a faculty, a place or a course, found by typing a part of its name.
import { useState } from 'react';
import type { FacultyId } from '../../../server/contract/ids.ts';
import { errorCode } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { FindBox } from '../../ui/FindBox.tsx';
import { type Findable, type Found, useFound } from './find.ts';

type FindFieldProps = {
  readonly what: Findable;
  /** Missing: what it is called by itself. */
  readonly label?: string;
  /** The label is only read out; something above says it to the eye. */
  readonly hideLabel?: boolean;
  readonly value: Found | null;
  readonly onChange: (found: Found | null) => void;
  /** One more after another: takes the focus, and lists nothing before something is typed. */
  readonly again?: boolean;
  /** Only of this faculty. */
  readonly facultyId?: FacultyId | undefined;
  /** Left out of what is offered, since chosen already. */
  readonly without?: readonly string[];
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
  readonly optional?: boolean;
  readonly className?: string;
};

export function FindField({
  what,
  label,
  hideLabel = false,
  again = false,
  value,
  onChange,
  facultyId,
  without = [],
  ...rest
}: FindFieldProps) {
  const { t, refusal } = useText();
  const words = label ?? t(`timetable.find.${what}`);
  const [typed, setTyped] = useState(value?.name ?? '');
  const [shown, setShown] = useState(value);
  // Chosen or taken off elsewhere.
  if (shown?.id !== value?.id || shown?.name !== value?.name) {
    setShown(value);
    setTyped(value?.name ?? '');
  }
  // What is chosen does not narrow down what else could be.
  const search = useSettled(typed === value?.name ? '' : typed.trim());
  const { data = [], isPending, error } = useFound(what, search, facultyId);
  const found = data.filter(({ id }) => !without.includes(id));
  // The field writes out what is chosen from among its options.
  const offered = value && !found.some(({ id }) => id === value.id) ? [...found, value] : found;
  return (
    <FindBox
      {...rest}
      {...(hideLabel ? { 'aria-label': words } : { label: words })}
      autoFocus={again}
      menuTrigger={again ? 'input' : 'focus'}
      placeholder={t(`timetable.find.${what}.placeholder`)}
      options={offered.map(({ id, name, detail }) => ({ id, label: name, note: detail || undefined }))}
      typed={typed}
      onType={(text) => {
        setTyped(text);
        if (text === '' && value) onChange(null);
      }}
      value={value?.id ?? null}
      onChoose={(option) => {
        const one = option && offered.find(({ id }) => id === option.id);
        if (one && one.id !== value?.id) onChange(one);
      }}
      empty={error ? refusal(errorCode(error)) : t(isPending ? 'app.loading' : 'timetable.new.noMatch')}
    />
  );
}
