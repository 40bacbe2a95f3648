// Moves through days and weeks, and for those who see all, through everybody's lessons.
import { useText } from '../../i18n/index.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { Place } from './place.ts';
import { TimetableSteps } from './TimetableSteps.tsx';

type TimetableBarProps = {
  readonly place: Place;
  readonly today: string;
  readonly mayAll: boolean;
  readonly go: (change: Partial<Place>) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** How many lessons the search finds. */
  readonly found: number | undefined;
  readonly searchable: boolean;
};

export function TimetableBar({ place, today, mayAll, go, search, onSearch, found, searchable }: TimetableBarProps) {
  const { t } = useText();
  return (
    <div className="timetable-bar">
      <TimetableSteps by={place.view} day={place.day} today={today} onGo={(day) => go({ day })} />
      <Segmented
        label={t('timetable.view')}
        value={place.view}
        onChange={(view) => go({ view })}
        options={[
          { id: 'day', label: t('timetable.day') },
          { id: 'week', label: t('timetable.week') },
        ]}
      />
      {mayAll ? (
        <Segmented
          label={t('timetable.scope')}
          value={place.scope}
          onChange={(scope) => go({ scope })}
          options={[
            { id: 'all', label: t('timetable.all') },
            { id: 'mine', label: t('timetable.mine') },
          ]}
        />
      ) : null}
      {searchable ? (
        <div className="timetable-bar-search">
          <SearchField label={t('timetable.search')} value={search} onChange={onSearch} />
          <p className="visually-hidden" role="status">
            {found === undefined ? '' : t('timetable.found', { n: found })}
          </p>
        </div>
      ) : null}
    </div>
  );
}
