// Folds what a person did in the room, and their waiting before it: tracks, hand, messages, lobby. Rules A5 and A23.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import type { Stretch } from './stretches.ts';

interface Track {
  readonly connectionId: string | null;
  readonly source: 'microphone' | 'camera';
  liveSince: Instant | null;
}

export interface Done {
  readonly microphone: readonly Stretch[];
  readonly camera: readonly Stretch[];
  readonly hands: readonly Stretch[];
  readonly lobby: readonly Stretch[];
}

const WithTrack = z.object({ trackId: z.string(), source: z.string() });
const WithPauses = z.object({ pausedBy: z.array(z.string()) });

export class Doings {
  handsRaised = 0;
  messages = 0;
  readonly #tracks = new Map<string, Track>();
  readonly #sent: Record<Track['source'], Stretch[]> = { microphone: [], camera: [] };
  readonly #hands: Stretch[] = [];
  readonly #lobby: Stretch[] = [];
  #handSince: Instant | null = null;
  #waitingSince: Instant | null = null;

  take(entry: StoredEntry): void {
    const { at } = entry;
    switch (entry.kind) {
      case 'hand-raised':
        this.handsRaised += 1;
        this.#handSince ??= at;
        return;
      case 'hand-lowered':
      case 'floor-given':
        this.lowerHand(at);
        return;
      case 'message-posted':
        this.messages += 1;
        return;
      case 'waiting-started':
        this.#waitingSince ??= at;
        return;
      case 'waiting-ended':
        this.endWaiting(at);
        return;
      case 'track-published':
      case 'track-paused':
      case 'track-resumed':
      case 'track-closed':
        this.#takeTrack(entry);
        return;
    }
  }

  /** Of one device, or of all. */
  endTracks(at: Instant, connectionId?: string): void {
    for (const track of this.#tracks.values())
      if (connectionId === undefined || track.connectionId === connectionId) this.#silence(track, at);
  }

  lowerHand(at: Instant): void {
    if (this.#handSince !== null) this.#hands.push({ from: this.#handSince, to: at });
    this.#handSince = null;
  }

  endWaiting(at: Instant): void {
    if (this.#waitingSince !== null) this.#lobby.push({ from: this.#waitingSince, to: at });
    this.#waitingSince = null;
  }

  /** As it stands at `now`; what is told later goes on from the same. */
  done(now: Instant): Done {
    const open = (since: Instant | null): Stretch[] => (since === null ? [] : [{ from: since, to: now }]);
    const live = (source: Track['source']) =>
      [...this.#tracks.values()].flatMap((track) => (track.source === source ? open(track.liveSince) : []));
    return {
      microphone: [...this.#sent.microphone, ...live('microphone')],
      camera: [...this.#sent.camera, ...live('camera')],
      hands: [...this.#hands, ...open(this.#handSince)],
      lobby: [...this.#lobby, ...open(this.#waitingSince)],
    };
  }

  /** A5. */
  #takeTrack(entry: StoredEntry): void {
    const { trackId, source } = WithTrack.parse(entry.detail);
    if (source !== 'microphone' && source !== 'camera') return;
    let track = this.#tracks.get(trackId);
    if (track === undefined) {
      track = { connectionId: entry.connectionId, source, liveSince: null };
      this.#tracks.set(trackId, track);
    }
    const comes = entry.kind === 'track-published' || entry.kind === 'track-resumed';
    if (comes && WithPauses.parse(entry.detail).pausedBy.length === 0) {
      track.liveSince ??= entry.at;
      return;
    }
    this.#silence(track, entry.at);
    if (entry.kind === 'track-closed') this.#tracks.delete(trackId);
  }

  #silence(track: Track, at: Instant): void {
    if (track.liveSince !== null) this.#sent[track.source].push({ from: track.liveSince, to: at });
    track.liveSince = null;
  }
}
