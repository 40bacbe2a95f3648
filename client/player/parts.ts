// Which parts of a recording are needed at a moment.
import type { RecordingPart, RecordingTrack } from '../../server/contract/recording.ts';
import { joined, type Span } from '../../server/contract/watching-time.ts';

type Timed = Pick<RecordingPart, 'startMs' | 'endMs'>;

/** A track that is away for less was not turned off: its picture changed size, or its line hiccuped. */
const hiccupMs = 700;

export function isPicture({ source }: Pick<RecordingTrack, 'source'>): boolean {
  return source === 'camera' || source === 'screen';
}

export function partAt<P extends Timed>(parts: readonly P[], ms: number): P | undefined {
  return parts.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
}

export function nextPart<P extends Timed>(parts: readonly P[], ms: number): P | undefined {
  return parts.find(({ startMs }) => startMs > ms);
}

/** When the track was on, as a viewer sees it. */
export function onSpans(parts: readonly Timed[]): Span[] {
  return joined(
    parts.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })),
    hiccupMs,
  );
}

export function isOn(parts: readonly Timed[], ms: number): boolean {
  return onSpans(parts).some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
}

/** True when some part of the track touches the span. */
export function touches(parts: readonly Timed[], span: Span): boolean {
  return parts.some(({ startMs, endMs }) => startMs < span.toMs && endMs > span.fromMs);
}
