// Stretches of time: cut to a span, laid over one another, taken from one another, added up.
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

export function touches(stretch: Stretch, span: Stretch): boolean {
  return stretch.from < span.to && stretch.to > span.from;
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

/** What both have in common. Each of them in order and apart from one another; so is the answer. */
export function overlap(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const common: Stretch[] = [];
  let next = 0;
  for (const stretch of some) {
    for (let other = others[next]; other !== undefined && other.from < stretch.to; other = others[next]) {
      const both = clip(stretch, other);
      if (both.to > both.from) common.push(both);
      // One that reaches further meets the next stretch too.
      if (other.to > stretch.to) break;
      next += 1;
    }
  }
  return common;
}

/** What is left of the first without the second. Each of them in order and apart from one another; so is the answer. */
export function without(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let next = 0;
  for (const stretch of some) {
    let { from } = stretch;
    for (let other = others[next]; other !== undefined && other.from < stretch.to; other = others[next]) {
      if (other.from > from) left.push({ from, to: other.from });
      from = Math.max(from, other.to);
      if (other.to > stretch.to) break;
      next += 1;
    }
    if (from < stretch.to) left.push({ from, to: stretch.to });
  }
  return left;
}

/** Milliseconds of stretches that are apart from one another, as far as they lie in the span. */
export function lengthWithin(stretches: readonly Stretch[], span: Stretch): number {
  return stretches.reduce((sum, stretch) => {
    const { from, to } = clip(stretch, span);
    return sum + Math.max(0, to - from);
  }, 0);
}
