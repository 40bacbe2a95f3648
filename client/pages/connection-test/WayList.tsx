// Which ways to the server are open from here, each with a sign and a word.
import type { TestResult, WayResult } from '../../../server/contract/connection-test.ts';
import { useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { StatusChip } from '../../ui/Chip.tsx';

const tones = { works: 'good', fails: 'danger', refused: 'warn' } as const;

export function WayList({ result: { ways, webSocket } }: { readonly result: Pick<TestResult, 'ways' | 'webSocket'> }) {
  const { t } = useText();
  return (
    <Card title={t('connection.ways')}>
      <ul className="connection-rows">
        {ways.map((way) => (
          <Row key={`${way.kind} ${way.relay}`} {...way} />
        ))}
        <li className="connection-row">
          <span>{t('connection.way.websocket')}</span>
          <StatusChip tone={webSocket ? 'good' : 'warn'}>{t(webSocket ? 'connection.state.works' : 'connection.state.slower')}</StatusChip>
        </li>
      </ul>
    </Card>
  );
}

function Row({ kind, relay, state, ms }: WayResult) {
  const { t, number } = useText();
  const took = ms === null ? null : t('connection.ms', { n: number(ms) });
  return (
    <li className="connection-row">
      <span className="connection-row-text">
        <span>{t(`connection.way.${kind}`)}</span>
        {relay || took ? <span className="connection-quiet">{[relay, took].filter(Boolean).join(' · ')}</span> : null}
      </span>
      <StatusChip tone={tones[state]}>{t(`connection.state.${state}`)}</StatusChip>
    </li>
  );
}
