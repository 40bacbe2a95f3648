// Which sound leads: the clock goes where it is, so that the ear never hears a correction of it.
import type { RecordingTrack } from '../../server/contract/recording.ts';
import type { PlayClock } from './clock.ts';
import { partAt } from './parts.ts';
import type { Playbacks } from './playbacks.ts';
import type { TrackPlayback } from './track-playback.ts';

/** The clock must not jump for a sound that has only begun, but it waits for the one that it followed. */
const withinMs = { first: 300, still: 1000, next: 80 };

/** Of less than that nobody waits for the beginning. */
const shortestMs = 1500;

/** Small differences are mostly in the telling: what is told in steps must not shake the pictures. */
const smallMs = 100;
const smallShare = 0.3;

export function towards(clockMs: number, soundMs: number): number {
  const offMs = soundMs - clockMs;
  return Math.abs(offMs) > smallMs ? soundMs : clockMs + offMs * smallShare;
}

export class Lead {
  #now: TrackPlayback | undefined;

  forget(): void {
    this.#now = undefined;
  }

  /** Which sound others wait for when it begins at a moment. */
  firstAt(sounds: readonly RecordingTrack[], playbacks: Playbacks, at: number): TrackPlayback | undefined {
    return sounds
      .map(({ trackId }) => playbacks.get(trackId))
      .find((playback) => playback && (partAt(playback.feed.parts, at)?.endMs ?? 0) - at > shortestMs);
  }

  /** `sounds`: those that come first lead when they are heard. */
  follow(clock: PlayClock, sounds: readonly RecordingTrack[], playbacks: Playbacks, at: number): TrackPlayback | undefined {
    const before = this.#now;
    this.#now = undefined;
    for (const { trackId } of sounds) {
      const playback = playbacks.get(trackId);
      if (!playback || !partAt(playback.feed.parts, at)) continue;
      const now = performance.now();
      const trust = before === undefined ? 'first' : before === playback ? 'still' : 'next';
      const soundMs = playback.leadingMs(clock.position(now), withinMs[trust]);
      if (soundMs === undefined) continue;
      if (soundMs !== 'stands') clock.moveTo(towards(clock.position(now), soundMs), now);
      this.#now = playback;
      return playback;
    }
    return undefined;
  }
}
