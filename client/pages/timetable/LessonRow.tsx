// One lesson in the list of a day: when, what, with whom, and what can be done with it.
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { EnterButton } from './EnterButton.tsx';
import { LessonLinks } from './LessonLinks.tsx';
import { LessonMarks, LessonPlace } from './LessonMarks.tsx';
import { stateOf } from './lesson-state.ts';
import { StateChip } from './StateChip.tsx';

type LessonRowProps = {
  readonly lesson: Lesson;
  readonly now: number;
  /** Share of it that has passed, while it is under way and its time is drawn. */
  readonly passed: number | undefined;
  readonly enterable: boolean;
  readonly all: boolean;
  readonly onOpen: (id: LessonId) => void;
};

export function LessonRow({ lesson, now, passed, enterable, all, onOpen }: LessonRowProps) {
  const { t, time } = useText();
  const state = stateOf(lesson, now);
  const faint = state === 'over' || state === 'cancelled';
  return (
    <li className={cx('lesson-row', `lesson-row-${state}`, faint && 'lesson-row-faint')}>
      <p className="lesson-row-time">
        <time dateTime={new Date(lesson.startsAt).toISOString()}>{time(lesson.startsAt)}</time>
        <span className="lesson-row-end">
          <span className="visually-hidden">–</span>
          <time dateTime={new Date(lesson.endsAt).toISOString()}>{time(lesson.endsAt)}</time>
        </span>
      </p>
      <div className="lesson-row-body">
        {passed === undefined ? null : <span className="lesson-row-passed" style={{ height: `${passed * 100}%` }} aria-hidden="true" />}
        <div className="lesson-row-text">
          <AriaButton className="lesson-row-title" onPress={() => onOpen(lesson.id)}>
            {lesson.title}
          </AriaButton>
          <p className="lesson-row-note">
            {t(`timetable.kind.${lesson.kind}`)} · {lesson.course.title}
          </p>
          <p className="lesson-row-note">{withWhom(lesson, all)}</p>
          {state === 'cancelled' ? null : <LessonPlace lesson={lesson} />}
          <LessonMarks lesson={lesson} />
        </div>
        <div className="lesson-row-end-part">
          {state === 'planned' ? null : <StateChip state={state} />}
          {state === 'over' || state === 'closing' ? <LessonLinks lesson={lesson} /> : null}
          {state === 'closing' || (enterable && state === 'running') ? (
            <EnterButton lesson={lesson} again={state === 'closing'} named small />
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** Students look for the teacher, teachers for the groups, and who sees all for both. */
function withWhom({ role, groups, teacher }: Lesson, all: boolean): string {
  const names = groups.map(({ name }) => name).join(', ');
  if (role === 'teacher' && !all) return names;
  if (role === 'student' && !all) return teacher.displayName;
  return [teacher.displayName, names].filter(Boolean).join(' · ');
}
