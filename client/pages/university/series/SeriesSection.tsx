// The weekly lessons of a term: found by course, group or teacher, added and changed. For coordinators and administrators.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AcademicCalendar } from '../../../../server/contract/calendar.ts';
import { TermId } from '../../../../server/contract/ids.ts';
import type { Series } from '../../../../server/contract/planning.ts';
import { planningRoutes } from '../../../../server/contract/routes-planning.ts';
import { api } from '../../../app/api.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { useSettled } from '../../../app/useSettled.ts';
import { dayKey, useText } from '../../../i18n/index.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { AddIcon, CalendarIcon } from '../../../ui/icons.ts';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { calendarQuery } from '../../timetable/calendar.ts';
import { CatalogueList, OpenButton } from '../CatalogueList.tsx';
import { weekdayName } from '../calendar/weekdays.ts';
import { paged } from '../catalogue.ts';
import { SeriesForm } from './SeriesForm.tsx';
import { emptyDraft, weeksKey, writeWeeks } from './series.ts';
import './SeriesSection.css';

export default function SeriesSection() {
  const { t } = useText();
  const { data: calendar, error, refetch } = useQuery(calendarQuery);
  if (error) return <LoadFailure error={error} title={t('series.failed')} onRetry={() => void refetch()} />;
  if (calendar === undefined) return <Skeleton height="16rem" />;
  if (calendar.years.some(({ terms }) => terms.length > 0)) return <SeriesList calendar={calendar} />;
  return (
    <EmptyState
      icon={CalendarIcon}
      title={t('series.noTerm.title')}
      action={
        <ButtonLink kind="primary" href="/university?view=calendar">
          {t('university.calendar')}
        </ButtonLink>
      }
    >
      {t('series.noTerm.text')}
    </EmptyState>
  );
}

function SeriesList({ calendar }: { readonly calendar: AcademicCalendar }) {
  const { t, weekday } = useText();
  const terms = calendar.years.flatMap((year) => year.terms.map((term) => ({ ...term, year: year.name })));
  const [termId, setTermId] = useState(() => emptyDraft(calendar, dayKey(calendar.now)).termId);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<Series | 'new' | null>(null);
  const search = useSettled(typed.trim());
  const list = useInfiniteQuery({
    queryKey: ['series', termId, search],
    queryFn: ({ pageParam, signal }) =>
      api(planningRoutes.series, {
        query: { termId: TermId.safeParse(termId).data, search: search || undefined, after: pageParam },
        signal,
      }),
    ...paged,
  });
  const weeksText = (weeks: Series['weeks']) =>
    Array.isArray(weeks) ? t('series.weeks.some', { weeks: writeWeeks(weeks) }) : t(`series.weeks.${weeksKey(weeks)}`);
  const add = () => setOpen('new');
  return (
    <div className="series">
      <Select
        className="series-term"
        label={t('calendar.term')}
        options={terms.map(({ id, name, year }) => ({ id: String(id), label: name, note: year }))}
        value={termId}
        onChange={setTermId}
      />
      <CatalogueList
        label={t('university.series')}
        columns={[
          {
            id: 'title',
            title: t('series.lesson'),
            isRowHeader: true,
            cell: (series) => (
              <>
                <OpenButton name={series.title} onPress={() => setOpen(series)} />
                <span className="series-course">
                  {series.course.title} · {t(`timetable.kind.${series.kind}`)}
                </span>
              </>
            ),
          },
          {
            id: 'when',
            title: t('series.when'),
            cell: (series) => (
              <>
                {weekdayName(weekday, series.weekday)},{' '}
                <span className="series-time">
                  {series.startsAt}–{series.endsAt}
                </span>
                <span className="series-course">{weeksText(series.weeks)}</span>
              </>
            ),
          },
          { id: 'teacher', title: t('series.teacher'), cell: ({ teacher }) => teacher.displayName },
          {
            id: 'groups',
            title: t('series.groups'),
            cell: ({ groups, streams }) => [...streams, ...groups].map(({ name }) => name).join(', ') || '–',
          },
          { id: 'lessons', title: t('series.lessons'), numeric: true, cell: ({ lessons }) => lessons },
        ]}
        rows={list.data?.pages.flatMap((page) => page.series)}
        rowKey={({ id }) => id}
        error={list.error}
        retry={() => void list.refetch()}
        search={{ label: t('series.search'), typed, onType: setTyped }}
        more={list.hasNextPage ? { isPending: list.isFetchingNextPage, load: () => void list.fetchNextPage() } : undefined}
        addLabel={t('series.add')}
        onAdd={add}
        empty={
          <EmptyState
            icon={CalendarIcon}
            title={t('series.empty.title')}
            action={
              <Button icon={AddIcon} kind="primary" onPress={add}>
                {t('series.add')}
              </Button>
            }
          >
            {t('series.empty.text')}
          </EmptyState>
        }
      />
      {open ? (
        <SeriesForm
          key={open === 'new' ? 'new' : open.id}
          series={open === 'new' ? null : open}
          termId={termId}
          calendar={calendar}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}
