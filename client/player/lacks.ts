// What was in class and is missing at a moment of its recording.
import type { RecordingManifest, RecordingTrack } from '../../server/contract/recording.ts';
import type { Span } from '../../server/contract/watching-time.ts';
import type { Broken } from './broken.ts';
import type { Lack } from './state.ts';

/** Said on: what is played over is passed in a moment. */
const saidOnMs = 6000;
/** Nobody misses less. */
const noticedMs = 400;

export type LacksInput = {
  readonly manifest: Pick<RecordingManifest, 'gaps' | 'tracks'>;
  /** Class time. */
  readonly at: number;
  readonly brokenOf: (track: RecordingTrack) => readonly Broken[];
  readonly toWatching: (classMs: number) => number;
};

export function lacksAt({ manifest, at, brokenOf, toWatching }: LacksInput): Lack[] {
  const isHere = ({ fromMs, toMs }: Span) => toMs - fromMs >= noticedMs && fromMs <= at && at < toMs + saidOnMs;
  const lack = ({ fromMs, toMs }: Span) => ({ fromMs: toWatching(fromMs), lengthMs: Math.round(toMs - fromMs) });
  const gaps = manifest.gaps.filter(isHere).map((gap) => ({ why: gap.why, name: null, source: null, ...lack(gap) }));
  const broken = manifest.tracks.flatMap((track) =>
    brokenOf(track)
      // That is said of the device, not of the recording.
      .filter((span) => span.why !== 'unheard' && isHere(span))
      .map((span) => ({ why: span.why, name: track.name, source: track.source, ...lack(span) })),
  );
  return [...gaps, ...broken];
}
