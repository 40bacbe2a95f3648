// How good a line is, as bars of which some are filled: told by their number, not by colour alone.
import type { Quality } from '../../../server/contract/room.ts';
import { cx } from '../../ui/cx.ts';

const filled: Readonly<Record<Quality, number>> = { good: 3, fair: 2, bad: 1, unknown: 0 };

export function SignalBars({ quality, label }: { readonly quality: Quality; readonly label?: string }) {
  return (
    <svg viewBox="0 0 20 20" className={cx('signal-bars', `line-${quality}`)} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {[0, 1, 2].map((bar) => (
        <rect key={bar} x={2.5 + bar * 5.5} y={12 - bar * 4.5} width="4" height={5.5 + bar * 4.5} rx="1" className={bar < filled[quality] ? 'signal-bar' : 'signal-bar signal-bar-empty'} />
      ))}
    </svg>
  );
}
