// Class time and watching time: a recording's clock goes on where there is nothing to watch, and a viewer skips that.

export type Span = { readonly fromMs: number; readonly toMs: number };

export type WatchingTime = {
  /** How long there is to watch. */
  readonly lengthMs: number;
  /** What is skipped, in class time: in order, without overlaps. */
  readonly skipped: readonly Span[];
  readonly toWatching: (classMs: number) => number;
  readonly toClass: (watchingMs: number) => number;
  /** The same moment, or the end of the skipped span that it lies in. */
  readonly afterSkipped: (classMs: number) => number;
};

type Skipping = {
  readonly durationMs: number;
  readonly pauses: readonly Span[];
  readonly cuts: readonly Span[];
  readonly gaps: readonly Span[];
  readonly tracks: readonly { readonly parts: readonly { readonly startMs: number; readonly endMs: number }[] }[];
};

/** Pauses and cuts are skipped whole, and of gaps what no track has anything of. The player, the files made of a recording and what counts as watched go by it. */
export function watchingTimeOf({ durationMs, pauses, cuts, gaps, tracks }: Skipping): WatchingTime {
  const captured = joined(
    tracks.flatMap(({ parts }) => parts.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }))),
    0,
  );
  const silent = gaps.flatMap((gap) => without(gap, captured));
  const inside = [...pauses, ...cuts, ...silent].map(({ fromMs, toMs }) => ({
    fromMs: Math.max(0, fromMs),
    toMs: Math.min(durationMs, toMs),
  }));
  return skipping(durationMs, joined(inside, 0));
}

function skipping(durationMs: number, skipped: readonly Span[]): WatchingTime {
  const toWatching = (classMs: number): number => {
    const at = Math.min(Math.max(0, classMs), durationMs);
    return skipped.reduce((watching, { fromMs, toMs }) => watching - Math.max(0, Math.min(at, toMs) - fromMs), at);
  };
  const lengthMs = toWatching(durationMs);
  return {
    lengthMs,
    skipped,
    toWatching,
    toClass: (watchingMs) => {
      let at = Math.min(Math.max(0, watchingMs), lengthMs);
      for (const { fromMs, toMs } of skipped) if (fromMs <= at) at += toMs - fromMs;
      return at;
    },
    afterSkipped: (classMs) => skipped.find(({ fromMs, toMs }) => fromMs <= classMs && classMs < toMs)?.toMs ?? classMs,
  };
}

/** In order, without the empty ones; those that overlap, or lie no more than `gapMs` apart, are one. */
export function joined(spans: readonly Span[], gapMs: number): Span[] {
  const result: Span[] = [];
  for (const span of spans.filter(({ fromMs, toMs }) => toMs > fromMs).toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && span.fromMs <= last.toMs + gapMs) result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    else result.push(span);
  }
  return result;
}

/** What of `span` none of the others covers; these in order and without overlaps. */
export function without(span: Span, others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let from = span.fromMs;
  for (const { fromMs, toMs } of others) {
    if (toMs <= from || fromMs >= span.toMs) continue;
    if (fromMs > from) left.push({ fromMs: from, toMs: fromMs });
    from = Math.max(from, toMs);
  }
  if (from < span.toMs) left.push({ fromMs: from, toMs: span.toMs });
  return left;
}
