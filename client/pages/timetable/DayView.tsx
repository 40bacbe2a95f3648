// One day: what runs now, what comes next, and the whole day from top to bottom.
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { addDays, useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, SearchIcon } from '../../ui/icons.ts';
import { DayList } from './DayList.tsx';
import { nextOf, stateOf, touching } from './lesson-state.ts';
import { NewRecordings } from './NewRecordings.tsx';
import { NextCard } from './NextCard.tsx';
import { NowCard } from './NowCard.tsx';
import { between } from './place.ts';
import './DayView.css';

export type ViewProps = {
  readonly lessons: readonly Lesson[];
  readonly now: number;
  readonly clockAheadMs: number;
  /** Everybody's lessons, not one's own. */
  readonly all: boolean;
  readonly searching: boolean;
  readonly onOpen: (id: LessonId) => void;
};

type DayViewProps = ViewProps & {
  readonly day: string;
  readonly isToday: boolean;
  readonly mayPlan: boolean;
  /** The person could add courses, and there are none. */
  readonly needsCourses: boolean;
  readonly onWeek: () => void;
};

export function DayView({ lessons, now, clockAheadMs, all, searching, onOpen, day, isToday, mayPlan, needsCourses, onWeek }: DayViewProps) {
  const { t } = useText();
  const { from, to } = between(day, addDays(day, 1));
  const ofDay = touching(lessons, from, to);
  const running = isToday ? ofDay.filter((lesson) => stateOf(lesson, now) === 'running') : [];
  const next = isToday && !all ? nextOf(lessons, now) : undefined;
  // Of very many that run at once none can be the one; they stand out in the list.
  const cards = all && running.length > 3 ? [] : running;
  const heroes = cards.length > 0;
  const many = cards.length > 1;
  // What the cards show already would only be repeated.
  const listed = ofDay.some((lesson) => !cards.includes(lesson));

  return (
    <div className="day">
      <div className="day-main">
        {cards.map((lesson) => (
          <NowCard key={lesson.id} lesson={lesson} now={now} named={many} onOpen={onOpen} />
        ))}
        {next && !heroes ? <NextCard lesson={next} now={now} clockAheadMs={clockAheadMs} large onOpen={onOpen} /> : null}
        {listed ? (
          <DayList lessons={ofDay} now={isToday ? now : undefined} clock={now} enterFromList={all && !heroes} all={all} onOpen={onOpen} />
        ) : null}
        {ofDay.length === 0 ? (
          <EmptyState
            icon={searching ? SearchIcon : CalendarIcon}
            title={t(searching ? 'timetable.empty.search.title' : isToday ? 'timetable.empty.today.title' : 'timetable.empty.day.title')}
            action={
              needsCourses ? (
                <ButtonLink kind="primary" href="/university">
                  {t('timetable.new.toUniversity')}
                </ButtonLink>
              ) : (
                <Button onPress={onWeek}>{t('timetable.toWeek')}</Button>
              )
            }
          >
            {searching
              ? t('timetable.empty.search.text')
              : next
                ? null
                : needsCourses
                  ? t('timetable.empty.noCourses')
                  : t(mayPlan ? 'timetable.empty.teacher' : 'timetable.empty.student')}
          </EmptyState>
        ) : null}
      </div>
      {isToday && !all ? (
        <aside className="day-aside" aria-label={t('timetable.next')}>
          {next && heroes ? <NextCard lesson={next} now={now} clockAheadMs={clockAheadMs} onOpen={onOpen} /> : null}
          <NewRecordings lessons={lessons} now={now} onOpen={onOpen} />
        </aside>
      ) : null}
    </div>
  );
}
