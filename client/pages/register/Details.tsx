// One person's lesson in full: figures, and each stretch of presence with how it ended.
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { type TextKey, useText } from '../../i18n/index.ts';
import { type BarFrame, PresenceBar } from './PresenceBar.tsx';

export type DetailsProps = { readonly row: RegisterRow; readonly frame: BarFrame; readonly headingLevel: 2 | 3 };

export function Details({ row, frame, headingLevel }: DetailsProps) {
  const { t, number, time } = useText();
  const share = number(row.share, { style: 'percent', maximumFractionDigits: 0 });
  const minutes = (value: number) => t('attendance.minutes', { n: Math.round(value) });
  const figures: readonly (readonly [TextKey, string])[] = [
    ['attendance.column.minutes', `${minutes(row.minutes)} · ${share}`],
    ['attendance.column.microphone', minutes(row.microphoneMinutes)],
    ['attendance.column.camera', minutes(row.cameraMinutes)],
    ['attendance.column.hands', number(row.handsRaised)],
    ['attendance.column.messages', number(row.messages)],
    ['attendance.column.drops', number(row.drops)],
    ['attendance.column.devices', number(row.devices)],
  ];
  return (
    <>
      <div className="register-bar-labelled">
        <PresenceBar row={row} frame={frame} tall />
        <div className="register-bar-times tabular" aria-hidden="true">
          <span>{time(frame.span.from)}</span>
          <span>{time(frame.span.to)}</span>
        </div>
      </div>
      <Stays row={row} headingLevel={headingLevel} />
      <dl className="register-figures">
        {figures.map(([title, value]) => (
          <div key={title}>
            <dt>{t(title)}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Stays({ row, headingLevel }: Pick<DetailsProps, 'row' | 'headingLevel'>) {
  const Heading = `h${headingLevel}` as const;
  const { t, time, reason, duration } = useText();
  if (row.intervals.length === 0) return <p className="register-quiet">{t('attendance.bar.never')}</p>;
  return (
    <section className="register-stays">
      <Heading className="register-stays-title">{t('attendance.stays')}</Heading>
      <ol className="register-stay-list">
        {row.intervals.map(({ from, to, endedBy }) => (
          <li key={from}>
            <span className="register-stay-time tabular">
              {time(from)}–{endedBy === null ? t('attendance.stay.now') : time(to)}
            </span>
            <span className="register-quiet">
              {duration(to - from)} · {endedBy === null ? t('attendance.hereNow') : reason('leave', endedBy)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
