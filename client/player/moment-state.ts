// What a page is told of a moment: where it is, what is seen and heard, and what is missing.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import type { WatchingTime } from '../../server/contract/watching-time.ts';
import { lacksAt } from './lacks.ts';
import { type Moment, momentOf } from './moment.ts';
import { picturesMomentOf } from './opening.ts';
import type { Playbacks } from './playbacks.ts';
import type { PlayerState } from './state.ts';

export type MomentStateInput = {
  readonly manifest: RecordingManifest;
  /** Class time of the clock, and of the frame that is shown. */
  readonly at: number;
  readonly shownMs: number;
  /** Who spoke before. */
  readonly speaker: ParticipantId | null;
  readonly watching: WatchingTime;
  /** Class time of now; null once it has ended. */
  readonly liveMs: number | null;
  readonly playbacks: Playbacks;
};

type MomentState = Moment & Pick<PlayerState, 'positionMs' | 'lengthMs' | 'classMs' | 'behindMs' | 'bufferedMs' | 'lacks'>;

export function momentStateOf({ manifest, at, shownMs, speaker, watching, liveMs, playbacks }: MomentStateInput): MomentState {
  const { toWatching, lengthMs } = watching;
  const { feedOf } = playbacks;
  return {
    ...momentOf({ manifest, at: shownMs, picturesAt: picturesMomentOf(manifest.tracks, shownMs), feedOf, speaker }),
    positionMs: toWatching(at),
    lengthMs,
    classMs: at,
    behindMs: liveMs === null ? null : Math.max(0, lengthMs + (liveMs - manifest.durationMs) - toWatching(at)),
    bufferedMs: toWatching(playbacks.bufferedTo(at, manifest.durationMs)),
    lacks: lacksAt({ manifest, at: shownMs, brokenOf: ({ trackId }) => feedOf(trackId)?.broken ?? [], toWatching }),
  };
}
