// Captions on the two clocks of a recording: kept in class time, read and written in watching time. Pure.
import type { Cue } from '../../contract/recording-page.ts';
import { type Span, type WatchingTime, without } from '../../contract/watching-time.ts';

/** V63: of a cue that reaches into what was cut out nobody can say which of its words were said there. */
export function givenToViewers(cues: readonly Cue[], cuts: readonly Span[]): Cue[] {
  return cues.filter((cue) => !cuts.some(({ fromMs, toMs }) => cue.fromMs < toMs && cue.toMs > fromMs));
}

/** What nobody can see is left out. */
export function inWatchingTime(cues: readonly Cue[], cuts: readonly Span[], { toWatching }: WatchingTime): Cue[] {
  return givenToViewers(cues, cuts)
    .map(({ text, fromMs, toMs }) => ({ text, fromMs: Math.round(toWatching(fromMs)), toMs: Math.round(toWatching(toMs)) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);
}

/**
 * A cue written over a join of the film stays on the side where most of it is: the other way it would reach over all that was cut out.
 * What lies behind the end of the film is left out.
 */
export function inClassTime(cues: readonly Cue[], cuts: readonly Span[], { toClass, lengthMs }: WatchingTime): Cue[] {
  return cues.flatMap((cue) => {
    if (cue.fromMs >= lengthMs) return [];
    const span = { fromMs: Math.round(toClass(cue.fromMs)), toMs: Math.round(toClass(Math.min(cue.toMs, lengthMs) - 1)) + 1 };
    const [longest] = without(span, cuts).toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
    return longest ? [{ ...longest, text: cue.text }] : [];
  });
}
