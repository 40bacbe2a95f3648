// What is seen and heard at a moment of a recording, and what is amiss.
import type { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import type { TrackFeed } from './feed.ts';
import { isOn, isPicture, partAt } from './parts.ts';
import { loudness, nextSpeaker } from './speech.ts';
import type { PlayerState } from './state.ts';

export type MomentInput = {
  readonly manifest: RecordingManifest;
  /** Class time. */
  readonly at: number;
  /** Class time of the pictures. */
  readonly picturesAt: number;
  readonly feedOf: (trackId: TrackId) => TrackFeed | undefined;
  /** Who spoke before. */
  readonly speaker: ParticipantId | null;
};

export type Moment = Pick<PlayerState, 'pictures' | 'moreCameras' | 'microphones' | 'speaker' | 'trouble' | 'unheard'>;

export function momentOf({ manifest, at, picturesAt, feedOf, speaker }: MomentInput): Moment {
  const on = manifest.tracks.filter((track) => isOn(track.parts, isPicture(track) ? picturesAt : at));
  const microphones = on.filter(({ source }) => source === 'microphone');
  const voices = microphones.map(({ trackId, participantId, parts }) => {
    const part = partAt(parts, at);
    const fragments = (part && feedOf(trackId)?.index.peek(part)) ?? [];
    return { id: participantId, loudness: loudness(fragments, at) };
  });
  const missing = (feed: TrackFeed) => feed.broken.find(({ fromMs, toMs }) => fromMs <= at && at < toMs)?.why ?? null;
  const feeds = on.map(({ trackId }) => feedOf(trackId));
  return {
    pictures: on.filter(isPicture).flatMap(({ trackId, participantId, name, source }) => {
      const feed = feedOf(trackId);
      if (!feed) return [];
      const { element } = feed;
      const why = missing(feed);
      return [{ trackId, participantId, name, source, element, isReady: why === null && element.readyState >= 2, missing: why }];
    }),
    moreCameras: on.filter(({ source, trackId }) => source === 'camera' && !feedOf(trackId)).length,
    microphones: microphones.map(({ participantId }) => participantId),
    speaker: nextSpeaker(voices, speaker),
    trouble: feeds.find((feed) => feed?.trouble)?.trouble ?? null,
    unheard:
      feeds.map((feed) => (feed?.kind === 'sound' ? missing(feed) : null)).find((why) => why === 'unplayable' || why === 'unheard') ?? null,
  };
}
