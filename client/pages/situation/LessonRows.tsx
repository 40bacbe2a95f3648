// Lessons that need nobody, in one state: a line each, folded where they are not what one looks for.
import { memo } from 'react';
import type { SituationLesson, SituationState } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { Link } from '../../ui/Link.tsx';
import { isFolded, type Moment } from './board.ts';
import { stateLooks } from './icons.ts';
import { MarksFact, PlaceFact, RecordingFact, TeacherFact, TurnoutFact } from './LessonFacts.tsx';
import { ObserveLink } from './ObserveLink.tsx';
import './rows.css';

type LessonRowsProps = {
  readonly state: SituationState;
  readonly lessons: readonly SituationLesson[];
  readonly faculties: ReadonlyMap<string, string>;
  readonly moment: Moment;
  /** Asked for by name: not folded. */
  readonly isAsked: boolean;
};

export function LessonRows({ state, lessons, faculties, moment, isAsked }: LessonRowsProps) {
  const { t, number } = useText();
  const Sign = stateLooks[state].icon;
  return (
    // Opened anew when what is asked for changes; in between it stays as the person left it.
    <details key={String(isAsked)} className="situation-part" open={isAsked || !isFolded(state, moment)}>
      <summary>
        <h2 className="situation-part-title" data-tone={stateLooks[state].tone}>
          <Sign />
          {t(`situation.state.${state}`)}
          <span className="situation-count tabular">{number(lessons.length)}</span>
        </h2>
      </summary>
      <ul className="situation-rows">
        {lessons.map((lesson) => (
          <LessonRow key={lesson.lessonId} lesson={lesson} faculty={faculties.get(lesson.facultyId)} />
        ))}
      </ul>
    </details>
  );
}

/** The query keeps what did not change the same object, so that of hundreds of lines only a few are drawn again. */
const LessonRow = memo(function LessonRow({ lesson, faculty }: { readonly lesson: SituationLesson; readonly faculty: string | undefined }) {
  const { t, timeRange } = useText();
  const { lessonId, title, course, kind, startsAt, endsAt } = lesson;
  return (
    <li className="situation-row">
      <span className="situation-row-time tabular">{timeRange(startsAt, endsAt)}</span>
      <span className="situation-row-title">
        <Link href={`/lessons/${lessonId}/register`}>{title}</Link>
        <span className="situation-quiet">
          {t(`timetable.kind.${kind}`)} · {course.title}
        </span>
        <MarksFact lesson={lesson} />
      </span>
      <TeacherFact lesson={lesson} />
      <PlaceFact lesson={lesson} faculty={faculty} />
      <span className="situation-row-state">
        <TurnoutFact lesson={lesson} />
        <RecordingFact lesson={lesson} />
      </span>
      <span className="situation-row-act">
        <ObserveLink lesson={lesson} />
      </span>
    </li>
  );
});
