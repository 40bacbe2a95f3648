// What one sees first from across the room: the time, how many need someone, how many run; or that nothing new is known.
import { useText } from '../../../i18n/index.ts';
import { ClockIcon, PeopleIcon, PlayIcon, SuccessIcon, WarningIcon, WifiOffIcon } from '../../../ui/icons.ts';
import type { Tally } from '../tallies.ts';
import type { Watched } from '../useSituation.ts';

type WallHeadProps = { readonly title: string; readonly tally: Tally; readonly watched: Watched };

export function WallHead({ title, tally, watched: { moment, answeredAt, isStale } }: WallHeadProps) {
  const { t, time, number } = useText();
  const { needing, running, waiting, here } = tally;
  const counts = [
    { id: 'running', icon: PlayIcon, n: running, tone: 'neutral' },
    { id: 'waiting', icon: ClockIcon, n: waiting, tone: waiting > 0 ? 'warn' : 'neutral' },
    { id: 'here', icon: PeopleIcon, n: here, tone: 'neutral' },
  ] as const;
  return (
    <header className="wall-head">
      <div className="wall-when">
        <h1 className="wall-title">{title}</h1>
        <time className="wall-clock">{time(moment.now)}</time>
      </div>
      {isStale ? (
        <p className="wall-stale" role="alert">
          <WifiOffIcon />
          <span>
            <strong>{t('situation.wall.stale', { time: time(answeredAt) })}</strong>
            <span className="wall-stale-text">{t('situation.wall.staleText')}</span>
          </span>
        </p>
      ) : (
        <ul className="wall-counts">
          <li className="wall-count wall-count-main" data-tone={needing > 0 ? 'danger' : 'good'}>
            {needing > 0 ? <WarningIcon /> : <SuccessIcon />}
            {needing > 0 ? <span className="wall-number tabular">{number(needing)}</span> : null}
            <span>{needing > 0 ? t('situation.wall.needs', { n: needing }) : t('situation.wall.well')}</span>
          </li>
          {counts.map(({ id, icon: Sign, n, tone }) => (
            <li key={id} className="wall-count" data-tone={tone}>
              <Sign />
              <span className="wall-number tabular">{number(n)}</span>
              <span>{t(`situation.wall.${id}`, { n })}</span>
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
