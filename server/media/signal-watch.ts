// Watches the microphones, cameras and screens of those who lead: tells when one of them gives nothing, and when it does again.
import type { ConnectionId, Instant, LessonId, ParticipantId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { Fact, Signal } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { TransportStats, Volume } from '../ports/media.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { Count } from './coming.ts';
import type { PublishedTrack } from './published-track.ts';
import { afterLevel, afterSoundCount, afterSoundGap, afterVoice, type Sound, soundFrom } from './silence.ts';
import { afterPictureCount, afterPictureGap, afterWeight, type Picture, pictureFrom } from './stillness.ts';
import { isLeading, type OfferedTrack } from './wanted.ts';

/** As each level is the mean of. */
const levelOverMs = 5_000;
/** For the whole server; the others wait for their next measurement. */
const mostWeighedAtOnce = 24;

export interface SignalWatchOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** What the room knows of its tracks: a long list in a large room. */
  tracks(lessonId: LessonId): readonly OfferedTrack[];
  mayMuteOthers(ref: ConnectionRef): boolean;
  published(lessonId: LessonId, trackId: TrackId): PublishedTrack | undefined;
  publish(facts: readonly Fact[]): void;
  failed(error: unknown): void;
}

type State = { readonly kind: 'sound'; readonly of: Sound } | { readonly kind: 'picture'; readonly of: Picture };

interface Watched {
  readonly owner: ConnectionRef;
  readonly source: TrackSource;
  readonly track: PublishedTrack;
  state: State;
  /** Its device has lost its line: what comes or does not come until it is back tells of the line. */
  isCutOff: boolean;
  isBeingWeighed: boolean;
}

export class SignalWatch {
  readonly #options: SignalWatchOptions;
  readonly #watched = new Map<TrackId, Watched>();
  /** How many of each device. */
  readonly #devices = new Map<ConnectionId, number>();
  #weighing = 0;

  constructor(options: SignalWatchOptions) {
    this.#options = options;
  }

  /** W51: its line has to be measured in time. */
  watches(connectionId: ConnectionId): boolean {
    return this.#devices.has(connectionId);
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case 'track-published':
      case 'track-resumed':
        // Asked first: most tracks are students'.
        if (fact.pausedBy.length > 0 || !this.#options.mayMuteOthers(fact)) return;
        return this.#begin(fact.lessonId, ({ trackId }) => trackId === fact.trackId);
      case 'track-paused':
      case 'track-closed':
        return this.#end(fact.trackId);
      case 'role-changed':
        return this.#roleChanged(fact.lessonId, fact.participantId);
      case 'connection-dropped':
        return this.#cutOff(fact.connectionId, true);
      case 'connection-resumed':
        return this.#cutOff(fact.connectionId, false);
      case 'room-closed':
        for (const [trackId, { owner }] of [...this.#watched]) if (owner.lessonId === fact.lessonId) this.#end(trackId);
        return;
      default:
        return;
    }
  }

  /** Who is audible just now. */
  heard(volumes: readonly Volume[]): void {
    for (const { trackId } of volumes) {
      const watched = this.#watched.get(trackId);
      if (watched?.state.kind === 'sound') this.#move(trackId, watched, { kind: 'sound', of: afterVoice(watched.state.of, this.#now) });
    }
  }

  /** `stats` of what a device sends. */
  measured(stats: TransportStats): void {
    for (const { trackId, smallestBytes: bytes, packets } of stats.tracks) {
      const watched = this.#watched.get(trackId);
      if (watched === undefined || watched.isCutOff) continue;
      this.#counted(trackId, watched, { at: this.#now, packets, bytes, lineBytes: stats.bytesIn });
    }
  }

  get #now(): Instant {
    return this.#options.clock.now();
  }

  #begin(lessonId: LessonId, which: (track: OfferedTrack) => boolean): void {
    for (const offered of this.#options.tracks(lessonId)) {
      if (!which(offered) || !offered.live || !isLeading(offered) || this.#watched.has(offered.trackId)) continue;
      const track = this.#options.published(lessonId, offered.trackId);
      const state = stateFrom(offered.source, this.#now);
      if (track === undefined || state === null) continue;
      const { owner, source } = track;
      this.#watched.set(offered.trackId, { owner, source, track, state, isCutOff: false, isBeingWeighed: false });
      this.#devices.set(owner.connectionId, (this.#devices.get(owner.connectionId) ?? 0) + 1);
      if (state.kind === 'sound') this.#listen(offered.trackId, track);
    }
  }

  #end(trackId: TrackId): void {
    const watched = this.#watched.get(trackId);
    if (watched === undefined) return;
    this.#watched.delete(trackId);
    const { connectionId } = watched.owner;
    const left = (this.#devices.get(connectionId) ?? 0) - 1;
    if (left > 0) this.#devices.set(connectionId, left);
    else this.#devices.delete(connectionId);
  }

  /** Of who leads no more nothing is said; so the last word is that all is well. */
  #roleChanged(lessonId: LessonId, participantId: ParticipantId): void {
    const own = this.#options.tracks(lessonId).filter((track) => track.participantId === participantId);
    for (const track of own) {
      const watched = this.#watched.get(track.trackId);
      if (watched === undefined || isLeading(track)) continue;
      if (watched.state.of.signal !== 'fine') this.#tell(track.trackId, watched, 'fine', this.#now);
      this.#end(track.trackId);
    }
    this.#begin(lessonId, (track) => track.participantId === participantId);
  }

  #cutOff(connectionId: ConnectionId, isCutOff: boolean): void {
    for (const watched of this.#watched.values()) {
      if (watched.owner.connectionId !== connectionId) continue;
      watched.isCutOff = isCutOff;
      watched.state = afterGap(watched.state);
    }
  }

  #listen(trackId: TrackId, track: PublishedTrack): void {
    const hear = (decibels: number): void => {
      const watched = this.#watched.get(trackId);
      if (watched?.state.kind !== 'sound' || watched.isCutOff) return;
      this.#move(trackId, watched, { kind: 'sound', of: afterLevel(watched.state.of, decibels, levelOverMs, this.#now) });
    };
    track.tellLevels(hear).catch((error: unknown) => this.#options.failed(error));
  }

  #counted(trackId: TrackId, watched: Watched, count: Count): void {
    const { state } = watched;
    if (state.kind === 'sound') return this.#move(trackId, watched, { kind: 'sound', of: afterSoundCount(state.of, count) });
    const { picture, isSuspect } = afterPictureCount(state.of, count);
    this.#move(trackId, watched, { kind: 'picture', of: picture });
    if (!isSuspect || watched.isBeingWeighed || this.#weighing >= mostWeighedAtOnce) return;
    this.#weigh(trackId, watched).catch((error: unknown) => this.#options.failed(error));
  }

  async #weigh(trackId: TrackId, watched: Watched): Promise<void> {
    watched.isBeingWeighed = true;
    this.#weighing += 1;
    try {
      const weight = await watched.track.weigh();
      const isStill = this.#watched.get(trackId) === watched && !watched.isCutOff;
      if (weight === null || !isStill || watched.state.kind !== 'picture') return;
      this.#move(trackId, watched, { kind: 'picture', of: afterWeight(watched.state.of, weight, this.#now) });
    } finally {
      watched.isBeingWeighed = false;
      this.#weighing -= 1;
    }
  }

  #move(trackId: TrackId, watched: Watched, state: State): void {
    const before = watched.state.of.signal;
    watched.state = state;
    const { signal, since } = state.of;
    if (signal !== before) this.#tell(trackId, watched, signal, since);
  }

  #tell(trackId: TrackId, { owner, source }: Watched, signal: Signal, since: Instant): void {
    const { lessonId, personId, participantId, connectionId } = owner;
    const of = { lessonId, at: this.#now, personId, participantId, connectionId, trackId, source };
    this.#options.publish([{ type: 'signal-changed', ...of, signal, since }]);
  }
}

/** Null: not watched. The sound of a screen may well be silent. */
function stateFrom(source: TrackSource, at: Instant): State | null {
  switch (source) {
    case 'microphone':
      return { kind: 'sound', of: soundFrom(at) };
    case 'camera':
    case 'screen':
      return { kind: 'picture', of: pictureFrom(source, at) };
    case 'screen-audio':
      return null;
  }
}

function afterGap(state: State): State {
  return state.kind === 'sound' ? { kind: 'sound', of: afterSoundGap(state.of) } : { kind: 'picture', of: afterPictureGap(state.of) };
}
