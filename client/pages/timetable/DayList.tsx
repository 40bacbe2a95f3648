// The lessons of a day on their bells, with the breaks and the line of now.
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { type DayEntry, dayPlan } from './day-plan.ts';
import { LessonRow } from './LessonRow.tsx';
import './DayList.css';

type DayListProps = {
  readonly lessons: readonly Lesson[];
  /** Undefined on other days than today. */
  readonly now: number | undefined;
  readonly clock: number;
  readonly enterFromList: boolean;
  readonly all: boolean;
  readonly onOpen: (id: LessonId) => void;
};

export function DayList({ lessons, now, all, ...rest }: DayListProps) {
  const { t } = useText();
  // Where everybody's lessons overlap, a break of one is none of the other.
  const plan = dayPlan(lessons, now).filter((entry) => !all || entry.kind !== 'break');
  return (
    <section className="day-list" aria-label={t('timetable.dayList')}>
      <ol className="day-entries">
        {plan.map((entry) => (
          <Entry
            key={entry.kind === 'lesson' ? entry.lesson.id : entry.kind === 'break' ? entry.from : 'now'}
            entry={entry}
            all={all}
            {...rest}
          />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry, clock, enterFromList, all, onOpen }: Omit<DayListProps, 'lessons' | 'now'> & { readonly entry: DayEntry<Lesson> }) {
  const { t, time, duration } = useText();
  switch (entry.kind) {
    case 'lesson':
      return (
        <LessonRow
          lesson={entry.lesson}
          now={clock}
          passed={all ? undefined : entry.passed}
          enterable={enterFromList}
          all={all}
          onOpen={onOpen}
        />
      );
    case 'break':
      return <li className="day-break">{t('timetable.break', { time: duration(entry.to - entry.from) })}</li>;
    case 'now':
      return (
        <li className="day-now">
          <span className="day-now-time" aria-hidden="true">
            {time(entry.at)}
          </span>
          <span className="visually-hidden">{t('timetable.nowAt', { time: time(entry.at) })}</span>
        </li>
      );
  }
}
