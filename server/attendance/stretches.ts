// Stretches of time: cut to a span, laid over one another, added up.
import type { Instant } from '../contract/ids.ts';

/** From `from` until just before `to`. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Empty (`to` is not after `from`) when there is nothing in common. */
export function clip(stretch: Stretch, span: Stretch): Stretch {
  return { from: Math.max(stretch.from, span.from), to: Math.min(stretch.to, span.to) };
}

/** In order and apart from one another; empty ones are gone. Where several are joined, the one that ends last gives the rest of the answer. */
export function union<S extends Stretch>(stretches: readonly S[]): S[] {
  const sorted = stretches.filter((stretch) => stretch.to > stretch.from).sort((a, b) => a.from - b.from || a.to - b.to);
  const joined: S[] = [];
  for (const stretch of sorted) {
    const before = joined.at(-1);
    if (before === undefined || stretch.from > before.to) {
      joined.push(stretch);
      continue;
    }
    joined[joined.length - 1] = { ...(stretch.to >= before.to ? stretch : before), from: before.from };
  }
  return joined;
}

/** Milliseconds of stretches that are apart from one another, as far as they lie in the span. */
export function lengthWithin(stretches: readonly Stretch[], span: Stretch): number {
  return stretches.reduce((sum, stretch) => {
    const { from, to } = clip(stretch, span);
    return sum + Math.max(0, to - from);
  }, 0);
}
