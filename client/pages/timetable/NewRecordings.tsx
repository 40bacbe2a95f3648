// What can be watched of the last days.
import { Button as AriaButton } from 'react-aria-components';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { RecordingLinks } from './LessonLinks.tsx';
import { stateOf } from './lesson-state.ts';

type NewRecordingsProps = { readonly lessons: readonly Lesson[]; readonly now: number; readonly onOpen: (id: LessonId) => void };

const shown = 5;

export function NewRecordings({ lessons, now, onOpen }: NewRecordingsProps) {
  const { t, dateTime } = useText();
  const recorded = lessons
    .filter((lesson) => lesson.recordings > 0 && ['closing', 'over'].includes(stateOf(lesson, now)))
    .toReversed()
    .slice(0, shown);
  if (recorded.length === 0) return null;
  return (
    <Card title={t('timetable.recordingsNew')} className="new-recordings">
      <ul className="new-recordings-list">
        {recorded.map((lesson) => (
          <li key={lesson.id}>
            <AriaButton className="title-button" onPress={() => onOpen(lesson.id)}>
              {lesson.title}
            </AriaButton>
            <p className="next-card-note tabular">{dateTime(lesson.startsAt)}</p>
            <p className="lesson-links">
              <RecordingLinks lesson={lesson} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
