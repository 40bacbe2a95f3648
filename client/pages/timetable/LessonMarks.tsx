// What differs from the plan of a lesson, and what was said with it.
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { type Icon, MoveIcon, NoteIcon, PeopleIcon, PlaceIcon, SubstituteIcon } from '../../ui/icons.ts';
import { type Mark, markWords, placeWords } from './words.ts';
import './lesson.css';

export const markIcons: Readonly<Record<Mark['type'], Icon>> = {
  moved: MoveIcon,
  substituted: SubstituteIcon,
  'place-changed': PlaceIcon,
  'groups-changed': PeopleIcon,
};

export function LessonMarks({ lesson }: { readonly lesson: Pick<Lesson, 'marks' | 'note' | 'startsAt'> }) {
  const texts = useText();
  if (lesson.marks.length === 0 && lesson.note === '') return null;
  return (
    <ul className="lesson-marks">
      {lesson.marks.map((mark) => {
        const Sign = markIcons[mark.type];
        return (
          <li key={mark.type}>
            <Sign />
            <span>{markWords(mark, lesson.startsAt, texts)}</span>
          </li>
        );
      })}
      {lesson.note ? (
        <li className="lesson-mark-note">
          <NoteIcon />
          <span>
            <span className="visually-hidden">{texts.t('timetable.note')}: </span>
            {lesson.note}
          </span>
        </li>
      ) : null}
    </ul>
  );
}

/** The place in a line of its own; nothing where all are in the browser. */
export function LessonPlace({ lesson }: { readonly lesson: Pick<Lesson, 'place' | 'mode'> }) {
  const { t } = useText();
  const words = placeWords(lesson, { t });
  if (!words) return null;
  return (
    <p className="lesson-place">
      <PlaceIcon />
      <span>{words}</span>
    </p>
  );
}
