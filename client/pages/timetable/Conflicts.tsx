// What a lesson would clash with, and the step that some may take all the same.
import type { Conflict } from '../../../server/contract/planning.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Link } from '../../ui/Link.tsx';
import { byLesson, conflictWords, thereWords } from './conflict-words.ts';
import './Conflicts.css';

type ConflictsProps = {
  readonly conflicts: readonly Conflict[];
  /** How many there are; `conflicts` may be the first of them. */
  readonly total: number;
  /** Whether the person may save although it clashes. */
  readonly mayDespite: boolean;
  readonly despite: boolean;
  readonly onDespite: (despite: boolean) => void;
};

const shown = 6;

export function Conflicts({ conflicts, total, mayDespite, despite, onDespite }: ConflictsProps) {
  const texts = useText();
  const { t } = texts;
  if (conflicts.length === 0) return null;
  const first = byLesson(conflicts).slice(0, shown);
  const told = first.reduce((sum, { clashes }) => sum + clashes.length, 0);
  return (
    <Banner tone="warn" announce="polite" title={t('timetable.conflict.title', { n: total })}>
      <ul className="conflicts">
        {first.map(({ lesson, clashes }) => (
          <li key={`${lesson.id} ${clashes[0]?.startsAt}`}>
            {clashes.map((conflict) => (
              <span key={`${conflict.over} ${conflict.name}`} className="conflict-who">
                {conflictWords(conflict, texts)}
              </span>
            ))}
            {/* In a tab of its own, so that what is filled in here stays. */}
            <Link href={`/?lesson=${lesson.id}`} target="_blank">
              {thereWords({ lesson }, texts)}
            </Link>
          </li>
        ))}
      </ul>
      {total > told ? <p>{t('timetable.conflict.more', { n: total - told })}</p> : null}
      {mayDespite ? (
        <Checkbox isSelected={despite} onChange={onDespite} note={t('timetable.conflict.despiteNote')}>
          {t('timetable.conflict.despite')}
        </Checkbox>
      ) : (
        <p>{t('timetable.conflict.ask')}</p>
      )}
    </Banner>
  );
}
