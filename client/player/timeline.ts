// Class time and watching time: the recording's clock goes on through its pauses, and a viewer skips them.
export type Span = { readonly fromMs: number; readonly toMs: number };

export type Timeline = {
  /** How long there is to watch. */
  readonly lengthMs: number;
  readonly toWatching: (classMs: number) => number;
  readonly toClass: (watchingMs: number) => number;
  /** The same moment, or the end of the pause that it lies in. */
  readonly afterPause: (classMs: number) => number;
};

export function timelineOf(durationMs: number, pauses: readonly Span[]): Timeline {
  const skipped = joined(
    pauses.map(({ fromMs, toMs }) => ({ fromMs: Math.max(0, fromMs), toMs: Math.min(durationMs, toMs) })),
    0,
  );
  const toWatching = (classMs: number): number => {
    const at = Math.min(Math.max(0, classMs), durationMs);
    return skipped.reduce((watching, { fromMs, toMs }) => watching - Math.max(0, Math.min(at, toMs) - fromMs), at);
  };
  const lengthMs = toWatching(durationMs);
  return {
    lengthMs,
    toWatching,
    toClass: (watchingMs) => {
      let at = Math.min(Math.max(0, watchingMs), lengthMs);
      for (const { fromMs, toMs } of skipped) if (fromMs <= at) at += toMs - fromMs;
      return at;
    },
    afterPause: (classMs) => skipped.find(({ fromMs, toMs }) => fromMs <= classMs && classMs < toMs)?.toMs ?? classMs,
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
