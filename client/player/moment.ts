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
  readonly feedOf: (trackId: TrackId) => TrackFeed | undefined;
  /** Who spoke before. */
  readonly speaker: ParticipantId | null;
};

export type Moment = Pick<PlayerState, 'pictures' | 'microphones' | 'speaker' | 'trouble' | 'isSoundUnplayable'>;

export function momentOf({ manifest, at, feedOf, speaker }: MomentInput): Moment {
  const on = manifest.tracks.filter(({ parts }) => isOn(parts, at));
  const microphones = on.filter(({ source }) => source === 'microphone');
  const voices = microphones.map(({ trackId, participantId, parts }) => {
    const part = partAt(parts, at);
    const fragments = (part && feedOf(trackId)?.index.peek(part)) ?? [];
    return { id: participantId, loudness: loudness(fragments, at) };
  });
  const troubles = on.map(({ trackId }) => feedOf(trackId)?.trouble ?? null);
  return {
    pictures: on.filter(isPicture).flatMap(({ trackId, participantId, name, source }) => {
      const feed = feedOf(trackId);
      if (!feed) return [];
      const { element, trouble } = feed;
      return [{ trackId, participantId, name, source, element, isReady: element.readyState >= 2, isUnplayable: trouble === 'unplayable' }];
    }),
    microphones: microphones.map(({ participantId }) => participantId),
    speaker: nextSpeaker(voices, speaker),
    trouble: troubles.find((trouble) => trouble !== null && trouble !== 'unplayable') ?? null,
    isSoundUnplayable: on.some((track) => !isPicture(track) && feedOf(track.trackId)?.trouble === 'unplayable'),
  };
}

/** True when a page that shows the one need not be drawn again for the other. */
export function sameState(a: PlayerState, b: PlayerState): boolean {
  const flat = ({ pictures, ...rest }: PlayerState) => JSON.stringify([rest, pictures.map(({ element: _, ...picture }) => picture)]);
  return flat(a) === flat(b) && a.pictures.every(({ element }, index) => element === b.pictures[index]?.element);
}
