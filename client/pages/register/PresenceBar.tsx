// When someone was there, drawn along the lesson's time.

import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import type { Span } from './register-view.ts';

export type BarFrame = {
  readonly span: Span;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Where time has come to; null once the register is final. */
  readonly now: number | null;
};

const width = 1000;

export function PresenceBar({
  row,
  frame,
  tall = false,
}: {
  readonly row: RegisterRow;
  readonly frame: BarFrame;
  readonly tall?: boolean;
}) {
  const { t, timeRange } = useText();
  const { span, startsAt, endsAt, now } = frame;
  const at = (time: number) => Math.min(Math.max(0, (time - span.from) / Math.max(1, span.to - span.from)), 1) * width;
  const words =
    row.intervals.length === 0 ? t('attendance.bar.never') : row.intervals.map(({ from, to }) => timeRange(from, to)).join(', ');
  return (
    <svg
      className={tall ? 'presence presence-tall' : 'presence'}
      viewBox={`0 0 ${width} 16`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <rect className="presence-lesson" x={at(startsAt)} y="3" width={at(endsAt) - at(startsAt)} height="10" />
      {row.intervals.map(({ from, to }) => (
        <rect key={from} className="presence-stay" x={at(from)} y="3" width={Math.max(3, at(to) - at(from))} height="10" />
      ))}
      <line className="presence-edge" x1={at(startsAt)} x2={at(startsAt)} y1="0" y2="16" />
      <line className="presence-edge" x1={at(endsAt)} x2={at(endsAt)} y1="0" y2="16" />
      {now !== null && now < endsAt ? <line className="presence-now" x1={at(now)} x2={at(now)} y1="0" y2="16" /> : null}
    </svg>
  );
}
