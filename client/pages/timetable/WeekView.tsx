// A week: on wide screens a grid of days and hours, on narrow ones a list by day.
import type { CSSProperties } from 'react';
import type { CalendarDay } from '../../../server/contract/calendar.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { addDays, instantAt, useText, zonedTime } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, HolidayIcon, SearchIcon } from '../../ui/icons.ts';
import type { ViewProps } from './DayView.tsx';
import { between } from './place.ts';
import { specialWords } from './SpecialDays.tsx';
import { WeekLesson } from './WeekLesson.tsx';
import { lanesOf, type Placed } from './week-layout.ts';
import './WeekView.css';

type WeekViewProps = Omit<ViewProps, 'clockAheadMs' | 'all'> & {
  readonly monday: string;
  readonly today: string;
  readonly whomOf: (lesson: Lesson) => string;
  readonly specialOf: (day: string) => readonly CalendarDay[];
};

/** More side by side cannot be read, so the week becomes a list. */
const mostLanes = 2;
const firstHour = 8;
const hourMs = 3_600_000;

export function WeekView({ lessons, now, searching, onOpen, monday, today, whomOf, specialOf }: WeekViewProps) {
  const texts = useText();
  const { t, date, weekday } = texts;
  const days = [0, 1, 2, 3, 4, 5, 6]
    .map((index) => {
      const day = addDays(monday, index);
      const { from, to } = between(day, addDays(day, 1));
      return {
        day,
        from,
        to,
        special: specialOf(day),
        placed: lanesOf(lessons.filter((lesson) => lesson.startsAt >= from && lesson.startsAt < to)),
      };
    })
    .filter(({ day, placed }, index) => index < 6 || placed.length > 0 || day === today);
  const anySpecial = days.some(({ special }) => special.length > 0);
  if (!anySpecial && days.every(({ placed }) => placed.length === 0)) {
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
    <div className={cx('week', list ? 'week-list' : 'week-grid', anySpecial && 'week-with-special')} style={variables}>
      {list ? null : (
        <div className="week-hours" aria-hidden="true">
          {bells.map((hour) => (
            <span key={hour}>{`${String(hour).padStart(2, '0')}:00`}</span>
          ))}
        </div>
      )}
      {days.map(({ day, from, to, placed, special }) => (
        <section
          key={day}
          className={cx('week-day', day === today && 'week-day-today', placed.length === 0 && special.length === 0 && 'week-day-empty')}
        >
          <h2 className="week-day-title">
            <span className="week-day-name">{weekday(from, 'short')}</span>
            <span className="week-day-long">{date(from, 'day')}</span>
            <span className="week-day-number">{zonedTime(from).day}</span>
          </h2>
          {special.map((one) => (
            <p key={one.id} className="week-day-special" title={`${one.name}. ${specialWords(one, texts)}`}>
              <HolidayIcon />
              <span className="week-day-special-name">{one.name}</span>
              <span className="week-day-special-words">{specialWords(one, texts)}</span>
            </p>
          ))}
          <ol className="week-lessons">
            {day === today && nowHour >= hours.first && nowHour < hours.last ? (
              <li className="week-now" style={{ insetBlockStart: `${((nowHour - hours.first) / count) * 100}%` }} aria-hidden="true" />
            ) : null}
            {placed.map((item) => (
              <WeekLesson
                key={item.lesson.id}
                lesson={item.lesson}
                whom={whomOf(item.lesson)}
                narrow={item.lanes > 1}
                box={boxOf(item, from, to, hours)}
                now={now}
                onOpen={onOpen}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
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
