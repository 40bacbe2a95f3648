// The groups of a lesson: tick them, and find them by a part of their name when there are many.
import { useState } from 'react';
import type { GroupId } from '../../../server/contract/ids.ts';
import { compareNames, useText } from '../../i18n/index.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Choices } from './new-lesson.ts';

type GroupChoiceProps = {
  readonly groups: Choices['groups'];
  readonly chosen: readonly GroupId[];
  readonly onChange: (chosen: GroupId[]) => void;
};

const fewEnough = 12;

export function GroupChoice({ groups, chosen, onChange }: GroupChoiceProps) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase('ru');
  const people = groups.filter(({ id }) => chosen.includes(id)).reduce((sum, { size }) => sum + size, 0);
  const shown = groups
    .filter(({ id, name }) => chosen.includes(id) || name.toLocaleLowerCase('ru').includes(wanted))
    .toSorted((a, b) => compareNames(a.name, b.name));
  return (
    <fieldset className="group-choice">
      <legend>{t('timetable.field.groups')}</legend>
      {groups.length > fewEnough ? <SearchField label={t('timetable.new.groupSearch')} value={search} onChange={setSearch} /> : null}
      <div className="group-choice-list">
        {shown.map(({ id, name, size }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
            note={t('timetable.new.groupSize', { n: size })}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      <p className="drawer-note" role="status">
        {chosen.length > 0 ? t('timetable.new.groupsChosen', { n: people }) : t('timetable.new.groupsNone')}
      </p>
    </fieldset>
  );
}
