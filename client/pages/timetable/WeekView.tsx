// A week: on wide screens a grid of days and hours, on narrow ones a list by day.
import type { CSSProperties } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { addDays, instantAt, useText, zonedTime } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, SearchIcon } from '../../ui/icons.ts';
import type { ViewProps } from './DayView.tsx';
import { stateOf } from './lesson-state.ts';
import { between } from './place.ts';
import { StateChip } from './StateChip.tsx';
import { lanesOf, type Placed } from './week-layout.ts';
import './WeekView.css';

type WeekViewProps = ViewProps & { readonly monday: string; readonly today: string };

/** More side by side cannot be read, so the week becomes a list. */
const mostLanes = 3;
const firstHour = 8;
const hourMs = 3_600_000;

export function WeekView({ lessons, now, all, searching, onOpen, monday, today }: WeekViewProps) {
  const { t, date, weekday } = useText();
  const days = [0, 1, 2, 3, 4, 5, 6]
    .map((index) => {
      const day = addDays(monday, index);
      const { from, to } = between(day, addDays(day, 1));
      return { day, from, to, placed: lanesOf(lessons.filter((lesson) => lesson.startsAt >= from && lesson.startsAt < to)) };
    })
    .filter(({ day, placed }, index) => index < 6 || placed.length > 0 || day === today);
  if (days.every(({ placed }) => placed.length === 0)) {
    return (
      <EmptyState
        icon={searching ? SearchIcon : CalendarIcon}
        title={t(searching ? 'timetable.empty.search.title' : 'timetable.empty.week.title')}
      >
        {searching ? t('timetable.empty.search.text') : null}
      </EmptyState>
    );
  }
  const list = days.some(({ placed }) => placed.some(({ lanes }) => lanes > mostLanes));
  const hours = hoursOf(days.flatMap(({ placed, from, to }) => placed.map(({ lesson }) => hourSpan(lesson, from, to))));
  const count = hours.last - hours.first;
  const bells = Array.from({ length: count }, (_, index) => hours.first + index);
  const nowHour = (now - instantAt(today)) / hourMs;
  const variables: CSSProperties & Record<`--${string}`, number> = { '--hours': count, '--days': days.length };
  return (
    <div className={cx('week', list ? 'week-list' : 'week-grid')} style={variables}>
      {list ? null : (
        <div className="week-hours" aria-hidden="true">
          {bells.map((hour) => (
            <span key={hour}>{`${String(hour).padStart(2, '0')}:00`}</span>
          ))}
        </div>
      )}
      {days.map(({ day, from, to, placed }) => (
        <section key={day} className={cx('week-day', day === today && 'week-day-today', placed.length === 0 && 'week-day-empty')}>
          <h2 className="week-day-title">
            <span className="week-day-name">{weekday(from, 'short')}</span>
            <span className="week-day-long">{date(from, 'day')}</span>
            <span className="week-day-number">{zonedTime(from).day}</span>
          </h2>
          <ol className="week-lessons">
            {day === today && nowHour >= hours.first && nowHour < hours.last ? (
              <li className="week-now" style={{ insetBlockStart: `${((nowHour - hours.first) / count) * 100}%` }} aria-hidden="true" />
            ) : null}
            {placed.map((item) => (
              <WeekLesson key={item.lesson.id} item={item} box={boxOf(item, from, to, hours)} now={now} all={all} onOpen={onOpen} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

type WeekLessonProps = Pick<ViewProps, 'now' | 'all' | 'onOpen'> & { readonly item: Placed<Lesson>; readonly box: CSSProperties };

function WeekLesson({ item: { lesson, lanes }, box, now, all, onOpen }: WeekLessonProps) {
  const { t, time, timeRange } = useText();
  const state = stateOf(lesson, now);
  const whom = lesson.role === 'teacher' && !all ? lesson.groups.map(({ name }) => name).join(', ') : lesson.teacher.displayName;
  return (
    <li className={cx('week-lesson', `week-lesson-${state}`, lanes > 1 && 'week-lesson-narrow')} style={box}>
      <AriaButton className="week-lesson-button" onPress={() => onOpen(lesson.id)}>
        <span className="week-lesson-time">
          <span className="week-lesson-start">{time(lesson.startsAt)}</span>
          <span className="week-lesson-range">{timeRange(lesson.startsAt, lesson.endsAt)}</span>
          <span className="week-lesson-kind"> · {t(`timetable.kind.${lesson.kind}`)}</span>
        </span>
        <span className="week-lesson-title">{lesson.title}</span>
        <span className="week-lesson-whom">{whom}</span>
        {state === 'running' || state === 'cancelled' ? (
          <span className="week-lesson-state">
            <StateChip state={state} />
          </span>
        ) : null}
      </AriaButton>
    </li>
  );
}

type Hours = { readonly first: number; readonly last: number };

/** The part of a lesson that lies in a day, in hours since its midnight. */
function hourSpan(lesson: Lesson, from: number, to: number): Hours {
  return { first: (Math.max(lesson.startsAt, from) - from) / hourMs, last: (Math.min(lesson.endsAt, to) - from) / hourMs };
}

/** Whole hours that hold all lessons. */
function hoursOf(spans: readonly Hours[]): Hours {
  const first = Math.floor(Math.min(firstHour, ...spans.map((span) => span.first)));
  const last = Math.ceil(Math.max(first + 6, ...spans.map((span) => span.last)));
  return { first, last: Math.min(24, last) };
}

function boxOf({ lesson, lane, lanes }: Placed<Lesson>, from: number, to: number, hours: Hours): CSSProperties {
  const span = hourSpan(lesson, from, to);
  const count = hours.last - hours.first;
  const box: CSSProperties & Record<`--${string}`, string> = {
    '--top': `${((span.first - hours.first) / count) * 100}%`,
    '--height': `${((span.last - span.first) / count) * 100}%`,
    '--left': `${(lane / lanes) * 100}%`,
    '--width': `${100 / lanes}%`,
  };
  return box;
}
