// The start page: one's day and week, with the lesson that runs now before all else.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { usePerson, useSession } from '../../app/session.tsx';
import { addDays, dayKey, instantAt, mondayOf, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { AddIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { calendarQuery, specialDays, termWeekOf } from './calendar.ts';
import { DayView } from './DayView.tsx';
import { LessonDrawer } from './LessonDrawer.tsx';
import { matches, touching } from './lesson-state.ts';
import { NewLessonDialog } from './NewLessonDialog.tsx';
import { between, spanOf, usePlace } from './place.ts';
import { SpecialDays } from './SpecialDays.tsx';
import { TimetableBar } from './TimetableBar.tsx';
import { TimetableSkeleton } from './TimetableSkeleton.tsx';
import { TimetableTools } from './TimetableTools.tsx';
import { choicesQuery, useLessons, useNow } from './useLessons.ts';
import { WeekView } from './WeekView.tsx';
import { termWeekWords, weekWords } from './week-words.ts';
import './TimetablePage.css';

/** So few are found by looking. */
const fewLessons = 8;
const dayMs = 24 * 3_600_000;

export default function TimetablePage() {
  const texts = useText();
  const { t, date, relative } = texts;
  const { hasRole } = useSession();
  const person = usePerson();
  const [clockAheadMs, setClockAheadMs] = useState(0);
  const now = useNow(clockAheadMs);
  const today = dayKey(now);
  const mayAll = hasRole('administrator', 'coordinator', 'observer', 'proctor');
  const mayPlan = hasRole('teacher', 'coordinator', 'administrator');
  const ownLessons = hasRole('teacher', 'student', 'assistant');
  const [place, go] = usePlace(today, mayAll && !ownLessons ? 'all' : 'mine', mayAll);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<LessonId | null>(lessonInAddress);
  const [planning, setPlanning] = useState(false);

  const { data, error, isPending, refetch } = useLessons(spanOf(place, today), { scope: place.scope });
  // Small differences are the network's, not the clock's.
  if (data && Math.abs(data.clockAheadMs - clockAheadMs) > 2000) setClockAheadMs(data.clockAheadMs);

  const choices = useQuery({ ...choicesQuery, enabled: hasRole('administrator', 'coordinator') && data?.lessons.length === 0 });
  const needsCourses = choices.data?.courses.length === 0;
  const searching = place.scope === 'all' && search.trim() !== '';
  const lessons = (data?.lessons ?? []).filter((lesson) => !searching || matches(lesson, search));
  const monday = mondayOf(instantAt(place.day, '12:00'));
  const shown = place.view === 'week' ? between(monday, addDays(monday, 7)) : between(place.day, addDays(place.day, 1));
  const count = touching(lessons, shown.from, shown.to).length;
  const noon = instantAt(place.day, '12:00');
  /** Tomorrow, in 3 days; the year, when it is far. */
  const howFar = (to: number, from: number) => (Math.abs(to - from) < 7.5 * dayMs ? relative(to, from) : date(to, 'long'));
  const isThisWeek = monday === mondayOf(now);
  const title =
    place.view === 'week'
      ? t(isThisWeek ? 'timetable.thisWeek' : 'timetable.week')
      : place.day === today
        ? t('timetable.today')
        : date(noon, 'day');
  const dayNote = place.day === today ? date(noon, 'full') : howFar(noon, instantAt(today, '12:00'));
  const calendar = useQuery(calendarQuery).data;
  const faculties = new Set<string>(data?.lessons.map(({ facultyId }) => facultyId));
  const specialOf = (day: string) => specialDays(calendar, day, faculties);
  const termWeek = calendar && termWeekOf(calendar, place.view === 'week' ? monday : place.day);
  const note =
    place.view === 'week'
      ? weekWords(monday, today, termWeek, texts)
      : [dayNote, termWeek && termWeekWords(termWeek, texts)].filter(Boolean).join(' · ');
  usePageTitle(place.view === 'day' && place.day === today ? t('timetable.title') : title);

  const all = place.scope === 'all';
  const lessonOpened = data?.lessons.find(({ id }) => id === opened);
  const actions = (
    <>
      <TimetableTools printed={all ? undefined : { of: 'person' }} week={place.day} />
      {mayPlan ? (
        <Button icon={AddIcon} className="timetable-new" onPress={() => setPlanning(true)}>
          {t('timetable.new.button')}
        </Button>
      ) : null}
    </>
  );
  const view = { lessons, now, searching, onOpen: setOpened };
  const whomOf = (lesson: Lesson) =>
    lesson.role === 'teacher' && !all ? lesson.groups.map(({ name }) => name).join(', ') : lesson.teacher.displayName;

  return (
    <>
      <PageHeader title={title} note={note} actions={actions} />
      <TimetableBar
        place={place}
        today={today}
        mayAll={mayAll}
        go={go}
        search={search}
        onSearch={setSearch}
        found={searching && data ? count : undefined}
        searchable={all && (search !== '' || count > fewLessons)}
      />
      {place.view === 'day' ? <SpecialDays days={specialOf(place.day)} /> : null}
      {error && !data ? <LoadBanner error={error} title={t('timetable.failed')} onRetry={() => void refetch()} /> : null}
      {data?.more ? <Banner tone="warn">{t('timetable.tooMany')}</Banner> : null}
      {isPending ? <TimetableSkeleton /> : null}
      {data && place.view === 'day' ? (
        <DayView
          {...view}
          clockAheadMs={clockAheadMs}
          all={all}
          day={place.day}
          isToday={place.day === today}
          mayPlan={mayPlan}
          needsCourses={needsCourses}
          onWeek={() => go({ view: 'week' })}
        />
      ) : null}
      {data && place.view === 'week' ? <WeekView {...view} monday={monday} today={today} whomOf={whomOf} specialOf={specialOf} /> : null}
      <LessonDrawer key={opened} id={opened} known={lessonOpened} now={now} onClose={() => setOpened(null)} />
      {planning ? (
        <NewLessonDialog
          day={place.day < today ? today : place.day}
          now={now}
          person={person}
          onClose={() => setPlanning(false)}
          onAdded={(day) => {
            setPlanning(false);
            go({ day });
          }}
        />
      ) : null}
    </>
  );
}

/** Links from notices and clashes name a lesson, which is then open at once. */
function lessonInAddress(): LessonId | null {
  return LessonId.safeParse(new URLSearchParams(location.search).get('lesson')).data ?? null;
}
