// Where the trouble is: each faculty with how many lessons need someone and how many run; pressing one shows only its own.
import type { Situation, SituationLesson } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { SuccessIcon, WarningIcon } from '../../ui/icons.ts';
import type { Moment } from './board.ts';
import { talliesOf } from './tallies.ts';

type FacultyTalliesProps = {
  readonly lessons: readonly SituationLesson[];
  readonly faculties: Situation['faculties'];
  readonly moment: Moment;
  readonly onChoose: (faculty: string) => void;
};

export function FacultyTallies({ lessons, faculties, moment, onChoose }: FacultyTalliesProps) {
  const { t } = useText();
  const tallies = talliesOf(lessons, faculties, moment);
  if (tallies.length < 2) return null;
  return (
    <section className="situation-needing">
      <h2>{t('situation.wall.faculties')}</h2>
      <ul className="situation-tallies">
        {tallies.map(({ id, name, lessons: all, needing, running }) => {
          const Sign = needing > 0 ? WarningIcon : SuccessIcon;
          const how = needing > 0 ? t('situation.wall.facultyNeeds', { n: needing }) : t('situation.wall.facultyWell');
          const what = moment.past ? t('situation.lessons', { n: all }) : t('situation.wall.facultyRuns', { n: running });
          return (
            <li key={id}>
              <button type="button" className="situation-tally" data-tone={needing > 0 ? 'danger' : 'good'} onClick={() => onChoose(id)}>
                <Sign />
                <span className="situation-tally-words">
                  <span className="situation-tally-name">{name}</span>
                  <span className="situation-quiet tabular">{moment.past && needing === 0 ? what : `${how} · ${what}`}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
