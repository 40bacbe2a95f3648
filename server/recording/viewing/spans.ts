// Spans of class time as viewing needs them: what they have in common, and how long they are together.
import { z } from 'zod';
import { joined, type Span, without } from '../../contract/watching-time.ts';

/** Nearer ones are one: a player skips a hole, or hiccups. */
export const joinMs = 1_000;

/** In order, without overlaps. */
export function union(...spans: readonly (readonly Span[])[]): Span[] {
  return joined(spans.flat(), 0);
}

/** What of `spans` lies outside `others`. Both in order and without overlaps; so is the answer. */
export function outside(spans: readonly Span[], others: readonly Span[]): Span[] {
  return spans.flatMap((span) => without(span, others));
}

/** What both have in common. */
export function common(spans: readonly Span[], others: readonly Span[]): Span[] {
  return outside(spans, outside(spans, others));
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** As the tables keep them and the contract shows them: [from, to], whole milliseconds. */
export const Pairs = z.array(z.tuple([z.number(), z.number()]));

export function pairsOf(spans: readonly Span[]): [number, number][] {
  return spans.map(({ fromMs, toMs }) => [Math.round(fromMs), Math.round(toMs)]);
}

export function spansOf(pairs: z.infer<typeof Pairs>): Span[] {
  return pairs.map(([fromMs, toMs]) => ({ fromMs, toMs }));
}
