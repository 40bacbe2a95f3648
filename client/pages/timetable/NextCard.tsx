// The lesson that comes next: a countdown, and the button as soon as the door is open.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { clock, dayKey, useText } from '../../i18n/index.ts';
import { Countdown } from '../../ui/Countdown.tsx';
import { cx } from '../../ui/cx.ts';
import { EnterButton } from './EnterButton.tsx';
import { LessonMarks, LessonPlace } from './LessonMarks.tsx';
import { stateOf } from './lesson-state.ts';
import { lessonsKey } from './useLessons.ts';
import './cards.css';

type NextCardProps = {
  readonly lesson: Lesson;
  readonly now: number;
  readonly clockAheadMs: number;
  /** It leads the page, since nothing runs. */
  readonly large?: boolean;
  readonly onOpen: (id: LessonId) => void;
};

const countedMs = 3 * 3_600_000;

export function NextCard({ lesson, now, clockAheadMs, large = false, onOpen }: NextCardProps) {
  const { t, time, timeRange, relative, date } = useText();
  const client = useQueryClient();
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: [lessonsKey] }), [client]);
  const open = stateOf(lesson, now) === 'door-open';
  const isToday = dayKey(lesson.startsAt) === dayKey(now);
  const soon = lesson.startsAt - now < countedMs;
  const groups = lesson.groups.map(({ name }) => name).join(', ');
  return (
    <section className={cx('next-card', large && 'next-card-large')} aria-label={`${t('timetable.next')}: ${lesson.title}`}>
      <p className="next-card-when">
        <span className="next-card-word">{t('timetable.next')}</span>
        {soon ? (
          <Countdown
            until={lesson.startsAt}
            clockAheadMs={clockAheadMs}
            format={(leftMs) => (leftMs > 0 ? t('timetable.startsIn', { time: clock(leftMs) }) : t('timetable.starting'))}
            onEnd={refresh}
          />
        ) : (
          <span>{isToday ? relative(lesson.startsAt, now) : `${relative(lesson.startsAt, now)}, ${date(lesson.startsAt, 'day')}`}</span>
        )}
      </p>
      <div>
        <h2 className="next-card-title">
          <AriaButton className="title-button" onPress={() => onOpen(lesson.id)}>
            {lesson.title}
          </AriaButton>
        </h2>
        <p className="next-card-note">
          <span className="tabular">{timeRange(lesson.startsAt, lesson.endsAt)}</span> · {t(`timetable.kind.${lesson.kind}`)} ·{' '}
          {lesson.course.title}
        </p>
        <p className="next-card-note">{[lesson.teacher.displayName, groups].filter(Boolean).join(' · ')}</p>
        <LessonPlace lesson={lesson} />
        <LessonMarks lesson={lesson} />
      </div>
      {open ? (
        <EnterButton lesson={lesson} main={large} early={!large} />
      ) : isToday ? (
        <p className="next-card-note">{t('timetable.opensAt', { time: time(lesson.opensAt) })}</p>
      ) : null}
    </section>
  );
}
