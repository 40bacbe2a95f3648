// One day of very many lessons: by the hour, in columns that can be read.
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon } from '../../ui/icons.ts';
import { LessonMarks } from '../timetable/LessonMarks.tsx';
import { stateOf } from '../timetable/lesson-state.ts';
import { StateChip } from '../timetable/StateChip.tsx';
import { placeWords } from '../timetable/words.ts';
import { byStart } from './hours.ts';

type HoursViewProps = {
  readonly lessons: readonly Lesson[];
  readonly now: number;
  readonly onOpen: (id: LessonId) => void;
};

export function HoursView({ lessons, now, onOpen }: HoursViewProps) {
  const { t, time } = useText();
  if (lessons.length === 0) return <EmptyState icon={CalendarIcon} title={t('timetable.empty.day.title')} />;
  return (
    <div className="hours">
      {byStart(lessons).map((hour) => (
        <section key={hour.startsAt} className="hour">
          <h2 className="hour-title">
            <span className="tabular">{time(hour.startsAt)}</span>
            <span className="hour-count">{t('timetable.lessons', { n: hour.lessons.length })}</span>
          </h2>
          <ul className="hour-lessons">
            {hour.lessons.map((lesson) => (
              <HourLesson key={lesson.id} lesson={lesson} now={now} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function HourLesson({ lesson, now, onOpen }: { readonly lesson: Lesson } & Pick<HoursViewProps, 'now' | 'onOpen'>) {
  const texts = useText();
  const { t, timeRange } = texts;
  const state = stateOf(lesson, now);
  const place = placeWords(lesson, texts);
  return (
    <li className={cx('hour-lesson', `hour-lesson-${state}`)}>
      <AriaButton className="title-button hour-lesson-title" onPress={() => onOpen(lesson.id)}>
        {lesson.title}
      </AriaButton>
      <p className="hour-lesson-note tabular">
        {timeRange(lesson.startsAt, lesson.endsAt)} · {t(`timetable.kind.${lesson.kind}`)}
      </p>
      <p className="hour-lesson-note">{lesson.groups.map(({ name }) => name).join(', ')}</p>
      <p className="hour-lesson-note">{[lesson.teacher.displayName, place].filter(Boolean).join(' · ')}</p>
      <LessonMarks lesson={lesson} />
      {state === 'running' || state === 'cancelled' ? (
        <p>
          <StateChip state={state} />
        </p>
      ) : null}
    </li>
  );
}
