// Chooses lessons by words, faculty, building and kind; what offers no choice is left out.
import { LessonKind } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Filter } from './filter.ts';

type FilterBarProps = {
  readonly filter: Filter;
  readonly faculties: readonly { readonly id: string; readonly name: string }[];
  readonly buildings: readonly string[];
  readonly onChange: (change: Partial<Filter>) => void;
  /** Whether words are looked for as well. */
  readonly isSearched?: boolean;
};

const any = 'any';
/** A building may be called anything, also nothing. */
const idOf = (building: string) => `is ${building}`;

export function FilterBar({ filter, faculties, buildings, onChange, isSearched = true }: FilterBarProps) {
  const { t } = useText();
  const { faculty, building, kind, search } = filter;
  return (
    <search className="situation-filter" aria-label={t('situation.filter')}>
      {isSearched ? (
        <SearchField
          label={t('situation.search')}
          value={search}
          onChange={(typed) => onChange({ search: typed })}
          className="situation-search"
        />
      ) : null}
      {faculties.length > 1 || faculty !== undefined ? (
        <Select
          label={t('situation.faculty')}
          options={[{ id: any, label: t('situation.faculty.any') }, ...faculties.map(({ id, name }) => ({ id, label: name }))]}
          value={faculty ?? any}
          onChange={(id) => onChange({ faculty: id === any ? undefined : id })}
        />
      ) : null}
      {buildings.length > 1 || building !== undefined ? (
        <Select
          label={t('situation.building')}
          options={[
            { id: any, label: t('situation.building.any') },
            ...buildings.map((name) => ({ id: idOf(name), label: name || t('situation.building.none') })),
          ]}
          value={building === undefined ? any : idOf(building)}
          onChange={(id) => onChange({ building: buildings.find((name) => idOf(name) === id) })}
        />
      ) : null}
      <Select
        label={t('situation.kind')}
        options={[
          { id: any, label: t('situation.kind.any') },
          ...LessonKind.options.map((id) => ({ id, label: t(`timetable.kind.${id}`) })),
        ]}
        value={kind ?? any}
        onChange={(id) => onChange({ kind: id === any ? undefined : LessonKind.parse(id) })}
      />
    </search>
  );
}
