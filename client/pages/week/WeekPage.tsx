// The whole timetable: the week of a group, a teacher, a faculty, a place or a course.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { addDays, dayKey, useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon, ShareIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { calendarQuery, specialDays, termWeekOf } from '../timetable/calendar.ts';
import { type Found, useNameOf } from '../timetable/find.ts';
import { LessonDrawer } from '../timetable/LessonDrawer.tsx';
import { between } from '../timetable/place.ts';
import { TimetableSkeleton } from '../timetable/TimetableSkeleton.tsx';
import { TimetableSteps } from '../timetable/TimetableSteps.tsx';
import { TimetableTools } from '../timetable/TimetableTools.tsx';
import { useLessons, useNow } from '../timetable/useLessons.ts';
import { WeekView } from '../timetable/WeekView.tsx';
import { weekWords } from '../timetable/week-words.ts';
import { FullWeek } from './FullWeek.tsx';
import { askedFor, type Filter, readFilter, writeFilter } from './filter.ts';
import { isFull } from './hours.ts';
import { WeekFilter } from './WeekFilter.tsx';
import '../timetable/TimetablePage.css';
import './WeekPage.css';

export default function WeekPage() {
  const texts = useText();
  const { t } = texts;
  const { hasRole } = useSession();
  const [clockAheadMs, setClockAheadMs] = useState(0);
  const now = useNow(clockAheadMs);
  const today = dayKey(now);
  const [params, setParams] = useSearchParams();
  const filter = readFilter(params, today);
  const go = (change: Partial<Filter>) => setParams(writeFilter({ ...filter, ...change }, today));
  const [opened, setOpened] = useState<LessonId | null>(null);
  // What was just chosen has its name already; what an address brought is looked up.
  const [picked, setPicked] = useState<Found | null>(null);
  const known = picked?.id === filter.id ? picked : undefined;
  const looked = useNameOf(known ? undefined : filter.what, filter.id);
  const asked = askedFor(filter);
  const { data, error, isPending, refetch } = useLessons(between(filter.week, addDays(filter.week, 7)), asked);
  if (data && Math.abs(data.clockAheadMs - clockAheadMs) > 2000) setClockAheadMs(data.clockAheadMs);
  const calendar = useQuery(calendarQuery).data;

  const lessons = data?.lessons ?? [];
  const chosen = filter.id === undefined ? null : (known ?? looked ?? named(filter, lessons));
  const title = chosen?.name ?? t('timetable.whole.title');
  usePageTitle(title);
  const faculties = new Set<string>(lessons.map(({ facultyId }) => facultyId));
  if (filter.what === 'faculty' && filter.id) faculties.add(filter.id);
  const specialOf = (day: string) => specialDays(calendar, day, faculties);
  const printed = filter.id && (filter.what === 'group' || filter.what === 'teacher') ? { of: filter.what, id: filter.id } : undefined;
  const full = data ? isFull(lessons.length, data.more) : false;

  return (
    <div className="whole">
      <PageHeader
        title={title}
        note={weekWords(filter.week, today, calendar && termWeekOf(calendar, filter.week), texts)}
        actions={
          hasRole('administrator', 'coordinator', 'observer') ? (
            <Link href="/shares" icon={ShareIcon}>
              {t('shares.title')}
            </Link>
          ) : undefined
        }
      />
      <WeekFilter
        filter={filter}
        chosen={chosen}
        go={go}
        onChoose={(found) => {
          setPicked(found);
          go({ id: found?.id, day: undefined });
        }}
      />
      <div className="timetable-bar">
        <TimetableSteps
          by="week"
          day={filter.week}
          today={today}
          onGo={(day) => go({ week: readFilter(new URLSearchParams({ week: day }), today).week, day: undefined })}
        />
        {filter.id ? <TimetableTools printed={printed} week={filter.week} /> : null}
      </div>
      <p className="visually-hidden" role="status">
        {data ? t('timetable.found', { n: lessons.length }) : ''}
      </p>
      {asked ? null : (
        <EmptyState icon={SearchIcon} title={t('timetable.whole.empty.title')}>
          {t('timetable.whole.empty.text')}
        </EmptyState>
      )}
      {asked && isPending ? <TimetableSkeleton /> : null}
      {error && !data ? <LoadFailure error={error} title={t('timetable.failed')} onRetry={() => void refetch()} /> : null}
      {data && asked && full ? (
        <FullWeek
          filter={filter}
          asked={asked}
          week={data}
          today={today}
          now={now}
          specialOf={specialOf}
          onDay={(day) => go({ day })}
          onOpen={setOpened}
        />
      ) : null}
      {data && asked && !full ? (
        <WeekView
          lessons={lessons}
          now={now}
          searching={false}
          monday={filter.week}
          today={today}
          whomOf={(lesson) => whom(filter, lesson)}
          specialOf={specialOf}
          onOpen={setOpened}
        />
      ) : null}
      <LessonDrawer key={opened} id={opened} known={lessons.find(({ id }) => id === opened)} now={now} onClose={() => setOpened(null)} />
    </div>
  );
}

/** Who else: what is asked for need not be said in every lesson. */
function whom({ what }: Filter, { teacher, groups }: Lesson): string {
  const names = groups.map(({ name }) => name).join(', ');
  if (what === 'teacher') return names;
  if (what === 'group') return teacher.displayName;
  return [teacher.displayName, names].filter(Boolean).join(' · ');
}

/** The name as the lessons tell it, should it not be found by itself. */
function named({ what, id }: Filter, lessons: readonly Lesson[]): Found | null {
  for (const { groups, teacher, place, course } of lessons) {
    const name =
      what === 'group'
        ? groups.find((group) => group.id === id)?.name
        : what === 'teacher'
          ? teacher.id === id && teacher.displayName
          : what === 'place'
            ? place?.id === id && place?.name
            : what === 'course' && course.id === id && course.title;
    if (id && name) return { id, name, detail: '' };
  }
  return null;
}
