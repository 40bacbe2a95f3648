// How one faculty fares: what needs someone as colour, sign and words, and how many lessons run.
import { useText } from '../../../i18n/index.ts';
import { SuccessIcon, WarningIcon } from '../../../ui/icons.ts';
import type { FacultyTally } from '../tallies.ts';

export function WallTile({ faculty: { name, needing, running } }: { readonly faculty: FacultyTally }) {
  const { t } = useText();
  const Sign = needing > 0 ? WarningIcon : SuccessIcon;
  return (
    <li className="wall-tile" data-tone={needing > 0 ? 'danger' : 'good'}>
      <h2 className="wall-tile-name">{name}</h2>
      <p className="wall-tile-state">
        <Sign />
        <span>{needing > 0 ? t('situation.wall.facultyNeeds', { n: needing }) : t('situation.wall.facultyWell')}</span>
      </p>
      <p className="wall-tile-runs tabular">{t('situation.wall.facultyRuns', { n: running })}</p>
    </li>
  );
}
