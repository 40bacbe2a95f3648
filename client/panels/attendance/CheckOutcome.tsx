// How a presence check goes, or went: by outcome and name.
import { useEffect, useRef } from 'react';
import type { CheckResult } from '../../../server/contract/presence-check.ts';
import { clock, compareNames, useText } from '../../i18n/index.ts';
import { useAct } from '../../pages/room/classroom.ts';
import { useRoom } from '../../session/useSession.ts';
import { Button } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { announce } from '../../ui/live.ts';

/** What needs a look comes first. */
const outcomes = ['missed', 'running', 'no-line', 'not-there', 'not-judged', 'answered'] as const;
type Outcome = (typeof outcomes)[number];

export function CheckOutcome({ result }: { readonly result: CheckResult }) {
  const { t, time } = useText();
  const act = useAct();
  const clockAheadMs = useRoom((room) => room.clockOffsetMs);
  const { people, endedAt, reason, startedAt, closesAt } = result;
  const by = (outcome: Outcome) => people.filter((one) => one.outcome === outcome).sort((a, b) => compareNames(a.name, b.name));
  const figures = { answered: by('answered').length, asked: people.length };
  const running = endedAt === null;
  useAnnouncedEnd(running, t('live.check.result', { ...figures, time: time(startedAt) }));
  return (
    <div className="live-check">
      <p className="live-check-sum tabular">
        {running ? t('live.check.running', figures) : t('live.check.result', { ...figures, time: time(startedAt) })}
        {running ? (
          <span className="live-check-clock">
            <Countdown until={closesAt} clockAheadMs={clockAheadMs} format={clock} />
          </span>
        ) : null}
      </p>
      <progress className="live-progress" value={figures.answered} max={figures.asked} aria-hidden="true" />
      {running ? (
        <div className="live-buttons">
          <Button size="small" onPress={() => void act('check:withdraw', {})}>
            {t('live.check.withdraw')}
          </Button>
          <p className="live-note">{t('live.check.withdraw.note')}</p>
        </div>
      ) : null}
      {reason === 'withdrawn' ? <p className="live-note">{t('live.check.ended.withdrawn')}</p> : null}
      {figures.answered === figures.asked && !running ? <p className="live-good">{t('live.check.allAnswered')}</p> : null}
      {outcomes.map((outcome) => (
        <Names key={outcome} outcome={outcome} people={by(outcome)} folded={outcome === 'answered' || outcome === 'running'} />
      ))}
    </div>
  );
}

function Names({
  outcome,
  people,
  folded,
}: {
  readonly outcome: Outcome;
  readonly people: CheckResult['people'];
  readonly folded: boolean;
}) {
  const { t } = useText();
  if (people.length === 0) return null;
  return (
    <details className="live-outcome" open={!folded}>
      <summary className="tabular">{t(`live.check.outcome.${outcome}`, { n: people.length })}</summary>
      <ul className="live-names">
        {people.map(({ personId, name }) => (
          <li key={personId}>{name}</li>
        ))}
      </ul>
    </details>
  );
}

/** Who teaches looks at the class, not at the panel; only the end is news. */
function useAnnouncedEnd(running: boolean, sentence: string): void {
  const was = useRef(running);
  useEffect(() => {
    if (was.current && !running) announce(sentence);
    was.current = running;
  }, [running, sentence]);
}
