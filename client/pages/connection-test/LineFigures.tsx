// What the line carries: speed, loss, delay and how steady it is.
import type { LineResult } from '../../../server/contract/connection-test.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';

export function LineFigures({ line }: { readonly line: LineResult }) {
  const texts = useText();
  const { t } = texts;
  return (
    <Card title={t('connection.line')}>
      <dl className="connection-figures tabular">
        {figuresOf(texts, line).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? t('connection.unmeasured')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Also for the report; null: not measured. */
export function figuresOf({ t, number }: Pick<Texts, 't' | 'number'>, line: LineResult) {
  const of = (value: number | null, words: (value: number) => string) => (value === null ? null : words(value));
  const speed = (bps: number) =>
    bps >= 1e6
      ? t('connection.mbps', { n: number(bps / 1e6, { maximumFractionDigits: bps < 1e7 ? 1 : 0 }) })
      : t('connection.kbps', { n: number(bps / 1e3, { maximumFractionDigits: 0 }) });
  const share = (value: number) => number(value, { style: 'percent', maximumFractionDigits: 1 });
  const ms = (value: number) => t('connection.ms', { n: number(value, { maximumFractionDigits: 0 }) });
  return [
    { name: t('connection.line.down'), value: of(line.downBps, speed) },
    { name: t('connection.line.up'), value: of(line.upBps, speed) },
    { name: t('connection.line.lossDown'), value: of(line.lossDown, share) },
    { name: t('connection.line.lossUp'), value: of(line.lossUp, share) },
    { name: t('connection.line.roundTrip'), value: of(line.roundTripMs, ms) },
    { name: t('connection.line.jitter'), value: of(line.jitterMs, ms) },
  ];
}
