// How good a line is, as bars of which some are filled: told by their number, not by colour alone.
import type { Quality } from '../../../server/contract/room.ts';
import { cx } from '../../ui/cx.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';

const filled: Readonly<Record<Quality, number>> = { good: 3, fair: 2, bad: 1, unknown: 0 };

/** Without a label it is decoration beside words. */
export function SignalBars({ quality, label }: { readonly quality: Quality; readonly label?: string }) {
  return (
    <span className={cx('signal-bars', `line-${quality}`)}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2.5 + bar * 5.5}
            y={12 - bar * 4.5}
            width="4"
            height={5.5 + bar * 4.5}
            rx="1"
            className={bar < filled[quality] ? 'signal-bar' : 'signal-bar signal-bar-empty'}
          />
        ))}
      </svg>
      {label ? <VisuallyHidden>{label}</VisuallyHidden> : null}
    </span>
  );
}
