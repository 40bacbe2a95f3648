// Moves through days and weeks, and for those who see all, through everybody's lessons.
import type { ReactNode } from 'react';
import { addDays, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { Place } from './place.ts';

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
  readonly tools: ReactNode;
};

export function TimetableBar({ place, today, mayAll, go, search, onSearch, found, searchable, tools }: TimetableBarProps) {
  const { t } = useText();
  const week = place.view === 'week';
  const step = week ? 7 : 1;
  return (
    <div className="timetable-bar">
      <div className="timetable-bar-steps">
        <IconButton
          icon={ChevronLeftIcon}
          kind="plain"
          label={t(week ? 'timetable.previousWeek' : 'timetable.previousDay')}
          onPress={() => go({ day: addDays(place.day, -step) })}
        />
        <Button onPress={() => go({ day: today })}>{t(week ? 'timetable.thisWeek' : 'timetable.today')}</Button>
        <IconButton
          icon={ChevronRightIcon}
          kind="plain"
          label={t(week ? 'timetable.nextWeek' : 'timetable.nextDay')}
          onPress={() => go({ day: addDays(place.day, step) })}
        />
      </div>
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
      {tools}
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
