// When someone was there and what broke it, drawn small along the lesson's time.
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import type { BarFrame } from './frame.ts';
import { type Mark, presenceOf } from './lanes.ts';
import { markWords } from './mark-words.ts';
import { percentAt } from './time-axis.ts';
import './bars.css';

export type PresenceBarProps = { readonly row: Pick<RegisterRow, 'intervals' | 'gaps'>; readonly frame: BarFrame };

export function PresenceBar({ row, frame }: PresenceBarProps) {
  const texts = useText();
  const marks = presenceOf(row, frame.until);
  const words = row.intervals.length === 0 ? texts.t('attendance.bar.never') : marks.map((mark) => markWords(mark, texts)).join('; ');
  return (
    <span className="presence" role="img" aria-label={words}>
      <span className="presence-lesson" style={placeOf({ from: frame.startsAt, to: frame.endsAt }, frame)} />
      {marks.map((mark) => (
        <span key={`${mark.kind}${mark.from}`} className={markClass(mark)} style={placeOf(mark, frame)} />
      ))}
      {frame.now !== null && frame.now < frame.endsAt ? <span className="presence-now" style={pointOf(frame.now, frame)} /> : null}
    </span>
  );
}

export function placeOf({ from, to }: { readonly from: number; readonly to: number }, { span }: Pick<BarFrame, 'span'>) {
  const start = percentAt(span, from);
  return { insetInlineStart: `${start}%`, inlineSize: `${percentAt(span, to) - start}%` };
}

export function pointOf(at: number, { span }: Pick<BarFrame, 'span'>) {
  return { insetInlineStart: `${percentAt(span, at)}%` };
}

/** Each kind has a pattern of its own, so that nothing hangs on colours. */
export function markClass(mark: Mark): string {
  switch (mark.kind) {
    case 'present':
      return 'bar bar-present';
    case 'gap':
      return cx('bar', `bar-gap-${mark.of}`, mark.forgiven && 'bar-forgiven');
    case 'lapse':
      return 'bar bar-lapse';
    case 'check':
      return cx('bar-check', `bar-check-${mark.outcome}`);
    case 'span':
      return cx('bar', `bar-${mark.lane}`);
  }
}
