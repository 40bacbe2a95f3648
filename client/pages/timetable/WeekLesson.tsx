// One lesson in a week: in its place on the grid, or as a line of the list.
import type { CSSProperties } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { markIcons } from './LessonMarks.tsx';
import { stateOf } from './lesson-state.ts';
import { StateChip } from './StateChip.tsx';
import { markWords, placeWords } from './words.ts';

type WeekLessonProps = {
  readonly lesson: Lesson;
  readonly whom: string;
  /** Shares its width with others. */
  readonly narrow: boolean;
  readonly box: CSSProperties;
  readonly now: number;
  readonly onOpen: (id: LessonId) => void;
};

export function WeekLesson({ lesson, whom, narrow, box, now, onOpen }: WeekLessonProps) {
  const texts = useText();
  const { t, time, timeRange } = texts;
  const state = stateOf(lesson, now);
  const place = state === 'cancelled' ? undefined : placeWords(lesson, texts);
  return (
    <li className={cx('week-lesson', `week-lesson-${state}`, narrow && 'week-lesson-narrow')} style={box}>
      <AriaButton className="week-lesson-button" onPress={() => onOpen(lesson.id)}>
        <span className="week-lesson-time">
          <span className="week-lesson-start">{time(lesson.startsAt)}</span>
          <span className="week-lesson-range">{timeRange(lesson.startsAt, lesson.endsAt)}</span>
          <span className="week-lesson-kind"> · {t(`timetable.kind.${lesson.kind}`)}</span>
          {lesson.marks.map((mark) => {
            const Sign = markIcons[mark.type];
            return (
              <span key={mark.type} className="week-lesson-mark">
                <Sign />
                <span className="week-lesson-mark-words">{markWords(mark, lesson.startsAt, texts)}</span>
              </span>
            );
          })}
        </span>
        <span className="week-lesson-title">{lesson.title}</span>
        <span className="week-lesson-more">
          <span className="week-lesson-whom">{whom}</span>
          {place ? <span className="week-lesson-whom">{place}</span> : null}
        </span>
        {state === 'running' || state === 'cancelled' ? (
          <span className="week-lesson-state">
            <StateChip state={state} />
          </span>
        ) : null}
      </AriaButton>
    </li>
  );
}
