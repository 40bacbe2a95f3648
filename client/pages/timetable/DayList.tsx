// The lessons of a day on their bells, with the breaks and the line of now.
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { dayPlan } from './day-plan.ts';
import { LessonRow } from './LessonRow.tsx';

type DayListProps = {
  readonly lessons: readonly Lesson[];
  /** Undefined on other days than today. */
  readonly now: number | undefined;
  readonly clock: number;
  readonly enterFromList: boolean;
  readonly all: boolean;
  readonly onOpen: (id: LessonId) => void;
};

export function DayList({ lessons, now, clock, enterFromList, all, onOpen }: DayListProps) {
  const { t, time, duration } = useText();
  // Where everybody's lessons overlap, a break of one is none of the other.
  const plan = dayPlan(lessons, now).filter((entry) => !all || entry.kind !== 'break');
  return (
    <section className="day-list" aria-label={t('timetable.dayList')}>
      <ol className="day-entries">
        {plan.map((entry) => {
          switch (entry.kind) {
            case 'lesson':
              return (
                <LessonRow
                  key={entry.lesson.id}
                  lesson={entry.lesson}
                  now={clock}
                  passed={all ? undefined : entry.passed}
                  enterable={enterFromList}
                  all={all}
                  onOpen={onOpen}
                />
              );
            case 'break':
              return (
                <li key={`break ${entry.from}`} className="day-break">
                  {t('timetable.break', { time: duration(entry.to - entry.from) })}
                </li>
              );
            case 'now':
              return (
                <li key="now" className="day-now">
                  <span className="day-now-time" aria-hidden="true">
                    {time(entry.at)}
                  </span>
                  <span className="visually-hidden">{t('timetable.nowAt', { time: time(entry.at) })}</span>
                </li>
              );
          }
        })}
      </ol>
    </section>
  );
}
