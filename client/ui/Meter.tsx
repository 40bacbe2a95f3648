// A level between nothing and full: sound, load, space.
import { Meter as AriaMeter, Label } from 'react-aria-components';
import { cx } from './cx.ts';
import './Meter.css';

export type MeterProps = {
  readonly label: string;
  readonly value: number;
  readonly max?: number;
  /** Words for the value, such as "12 of 30". */
  readonly valueText?: string;
  readonly tone?: 'accent' | 'good' | 'warn' | 'danger';
  readonly hideLabel?: boolean;
};

export function Meter({ label, value, max = 100, valueText, tone = 'accent', hideLabel = false }: MeterProps) {
  const name = hideLabel ? { 'aria-label': label } : {};
  return (
    <AriaMeter {...name} value={value} maxValue={max} {...(valueText === undefined ? {} : { valueLabel: valueText })} className="meter">
      {({ percentage, valueText: words }) => (
        <>
          {hideLabel ? null : (
            <span className="meter-head">
              <Label>{label}</Label>
              <span className="meter-value">{words}</span>
            </span>
          )}
          <span className="meter-track">
            <span className={cx('meter-fill', `meter-${tone}`)} style={{ width: `${percentage}%` }} />
          </span>
        </>
      )}
    </AriaMeter>
  );
}

/** A row of lights for sound; far too quick for screen readers, so it is silent. `level` runs from 0 to 1. */
export function LevelLights({ level, count = 20 }: { readonly level: number; readonly count?: number }) {
  const lit = Math.round(Math.min(1, Math.max(0, level)) * count);
  return (
    <span className="level-lights" aria-hidden="true">
      {Array.from({ length: count }, (_, light) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lights are alike and never move
        <span key={light} className={cx('level-light', light < lit && 'level-light-on', light >= count * 0.85 && 'level-light-high')} />
      ))}
    </span>
  );
}
