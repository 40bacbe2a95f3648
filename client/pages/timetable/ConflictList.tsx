// What is there already at the time that was asked for: who or what clashes, with which lesson.
import type { Conflict } from '../../../server/contract/planning.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Link } from '../../ui/Link.tsx';
import './ConflictList.css';

type ConflictListProps = {
  readonly conflicts: readonly Conflict[];
  /** All there are; more than are listed when the list was cut. */
  readonly total: number;
};

const mostShown = 8;

export function ConflictList({ conflicts, total }: ConflictListProps) {
  const { t, date, timeRange } = useText();
  if (total === 0) return null;
  const shown = conflicts.slice(0, mostShown);
  return (
    <Banner tone="warn" announce="polite" title={t('conflicts.title', { n: total })}>
      <ul className="conflict-list">
        {shown.map(({ over, name, lesson }) => (
          <li key={`${over} ${name} ${lesson.id}`}>
            <span className="conflict-who">{t(`conflicts.over.${over}`, { name })}</span>
            <span>
              <Link href={`/lessons/${lesson.id}`}>{lesson.title}</Link>, {lesson.courseTitle}
            </span>
            <span className="conflict-when">
              {date(lesson.startsAt, 'day')}, {timeRange(lesson.startsAt, lesson.endsAt)}
              {over === 'teacher' ? null : ` · ${lesson.teacherName}`}
              {over === 'group' || lesson.groups.length === 0 ? null : ` · ${lesson.groups.join(', ')}`}
            </span>
          </li>
        ))}
      </ul>
      {total > shown.length ? <p>{t('conflicts.more', { n: total - shown.length })}</p> : null}
    </Banner>
  );
}
