// The media of one room: its router, the tracks in it, the devices that send and receive; opened again when the worker dies.
import type { Pressure } from '../contract/capacity.ts';
import type { ConnectionId, LessonId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { Notice } from '../contract/notices.ts';
import type { Fact } from '../facts.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { ExpectedLoad, MediaEngine, MediaRoom, Volume } from '../ports/media.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import { ConnectionMedia } from './connection-media.ts';
import { type Heard, heardNow } from './loudest.ts';
import type { PublishedTrack } from './published-track.ts';
import { RoomLines } from './room-lines.ts';
import { type Speaking, sameSpeakers, speakingFromDecibels, speakingHoldMs, speakingNow, voicesNow } from './speaking.ts';
import { competing, type Offer, type OfferedTrack, offerOf } from './wanted.ts';

const sweepMs = 5_000;
const firstRetryMs = 50;
const longestRetryMs = 2_000;

export interface RoomMediaOptions {
  readonly lessonId: LessonId;
  readonly engine: MediaEngine;
  readonly clock: Clock;
  tracks(): readonly OfferedTrack[];
  expected(): ExpectedLoad;
  pressure(): Pressure;
  tell(connectionId: ConnectionId, notice: Notice): void;
  tellAll(notice: Notice): void;
  /** Live microphones that are audible now. */
  heard(volumes: readonly Volume[]): void;
  /** What need not be kept. */
  publish(fact: Fact): void;
  /** What goes into the room's trace. */
  record(fact: Fact): Promise<void>;
  /** The worker died: the room closes its tracks. */
  closeTracks(): Promise<void>;
  /** A fault that was contained. */
  report(error: unknown, what: string): void;
}

export class RoomMedia {
  readonly lines: RoomLines;
  readonly #options: RoomMediaOptions;
  readonly #connections = new Map<ConnectionId, ConnectionMedia>();
  readonly #tracks = new Map<TrackId, PublishedTrack>();
  #opening: Promise<MediaRoom> | null = null;
  #room: MediaRoom | null = null;
  #heard: Heard = new Map();
  #speaking: Speaking = new Map();
  /** Who speaks or spoke last, and who did before. */
  #voices: readonly PersonId[] = [];
  #offer: Offer | null = null;
  #scheduled = false;
  #speakersEnd: Timer | null = null;
  readonly #sweep: Timer;
  #retry: Timer | null = null;
  #closed = false;

  constructor(options: RoomMediaOptions) {
    this.#options = options;
    this.lines = new RoomLines({ clock: options.clock, tell: options.tell, tracks: this.#tracks });
    this.#sweep = options.clock.every(sweepMs, () => {
      for (const connection of this.#connections.values()) connection.subscriptions?.withdrawUnwanted();
    });
  }

  get tracks(): ReadonlyMap<TrackId, PublishedTrack> {
    return this.#tracks;
  }
  get connections(): ReadonlyMap<ConnectionId, ConnectionMedia> {
    return this.#connections;
  }

  /** Process ids of those that carry it; none while it is not open. */
  get workers(): readonly number[] {
    return this.#room?.workers() ?? [];
  }

  /** The engine's room, opened when nobody asked before. Throws `Refused('media-unavailable')`. */
  async room(): Promise<MediaRoom> {
    if (this.#room !== null) return this.#room;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  connection(ref: ConnectionRef): ConnectionMedia {
    let connection = this.#connections.get(ref.connectionId);
    if (connection === undefined) {
      const { clock, tell, report } = this.#options;
      connection = new ConnectionMedia({
        ref,
        now: () => clock.now(),
        tell: (notice) => tell(ref.connectionId, notice),
        given: (given, stills) => this.lines.given(ref.connectionId, given, stills),
        failed: (error) => report(error, 'a subscription failed'),
      });
      this.#connections.set(ref.connectionId, connection);
    }
    return connection;
  }

  closeConnection(connectionId: ConnectionId): void {
    this.#connections.get(connectionId)?.close();
    this.#connections.delete(connectionId);
    this.lines.forget(connectionId);
    for (const [trackId, track] of this.#tracks) if (track.owner.connectionId === connectionId) this.closeTrack(trackId);
  }

  closeParticipant(participantId: ParticipantId): void {
    for (const { ref } of [...this.#connections.values()]) if (ref.participantId === participantId) this.closeConnection(ref.connectionId);
  }

  addTrack(trackId: TrackId, track: PublishedTrack): void {
    this.#tracks.set(trackId, track);
    this.lines.published(track.owner);
  }

  closeTrack(trackId: TrackId): void {
    this.#tracks.get(trackId)?.close();
    this.#tracks.delete(trackId);
    this.lines.forgetTrack(trackId);
    for (const connection of this.#connections.values()) connection.subscriptions?.withdraw(trackId);
    this.changed();
  }

  offer(): Offer {
    if (this.#offer === null) {
      const tracks = this.#options.tracks().filter(({ trackId }) => this.#tracks.has(trackId));
      this.#heard = heardNow(this.#heard, competing(tracks), [], this.#options.clock.now());
      this.#offer = offerOf(tracks, this.#heard, { voices: this.#voices, pressure: this.#options.pressure() });
    }
    return this.#offer;
  }

  /** All changes of one turn of the event loop become one pass over the room. */
  changed(): void {
    this.#offer = null;
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#closed) return;
      const offer = this.offer();
      this.lines.offered(offer);
      for (const connection of this.#connections.values()) connection.reconcile(offer);
    });
  }

  /** Safe twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sweep.cancel();
    this.#retry?.cancel();
    this.#speakersEnd?.cancel();
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
    this.#tracks.clear();
    this.lines.close();
    this.#room?.close();
  }

  async #open(): Promise<MediaRoom> {
    const room = await this.#options.engine.openRoom(this.#options.lessonId, this.#options.expected());
    if (this.#closed) room.close();
    this.#room = room;
    room.listen({
      volumes: (volumes) => this.#hear(volumes),
      failed: () => {
        if (this.#room === room)
          this.#failed().catch((error: unknown) => this.#options.report(error, 'The media of a room could not be restored'));
      },
    });
    return room;
  }

  async #failed(): Promise<void> {
    if (this.#closed) return;
    this.#room = null;
    for (const connection of this.#connections.values()) connection.reset();
    for (const [trackId, track] of this.#tracks) {
      track.close();
      this.lines.forgetTrack(trackId);
    }
    this.#tracks.clear();
    this.#heard = new Map();
    this.#offer = null;
    this.#hear([]);
    const { lessonId, clock, record, closeTracks, report } = this.#options;
    try {
      await record({ type: 'media-failed', lessonId, at: clock.now() });
      await closeTracks();
    } catch (error) {
      report(error, 'the room could not close its tracks');
    }
    await this.#restore(firstRetryMs);
  }

  async #restore(nextRetryMs: number): Promise<void> {
    if (this.#closed) return;
    try {
      await this.room();
    } catch {
      // The engine says itself why it has no worker; here only patience helps.
      this.#retry = this.#options.clock.after(nextRetryMs, () => {
        this.#restore(Math.min(nextRetryMs * 2, longestRetryMs)).catch((error: unknown) =>
          this.#options.report(error, 'The media of a room could not be restored'),
        );
      });
      return;
    }
    if (this.#closed) return;
    const { lessonId, clock, record, tellAll } = this.#options;
    tellAll({ type: 'media-reset' });
    await record({ type: 'media-restored', lessonId, at: clock.now() });
  }

  #hear(volumes: readonly Volume[]): void {
    const now = this.#options.clock.now();
    const tracks = new Map(this.#options.tracks().map((track) => [track.trackId, track]));
    // A last measurement may arrive after a microphone was paused.
    const live = volumes.filter(({ trackId }) => tracks.get(trackId)?.live === true && this.#tracks.has(trackId));
    this.#options.heard(live);

    const offered = [...tracks.values()].filter(({ trackId }) => this.#tracks.has(trackId));
    const heard = heardNow(this.#heard, competing(offered), live, now);
    const moved = heard.size !== this.#heard.size || [...heard.keys()].some((trackId) => !this.#heard.has(trackId));
    this.#heard = heard;
    if (moved) this.changed();

    const speaking = live
      .filter(({ decibels }) => decibels >= speakingFromDecibels)
      .map(({ trackId }) => tracks.get(trackId)?.participantId);
    this.#speak(speaking.filter((id) => id !== undefined));
  }

  #speak(audible: readonly ParticipantId[]): void {
    const { clock, lessonId, publish, tellAll } = this.#options;
    const speaking = speakingNow(this.#speaking, audible, clock.now());
    const changed = !sameSpeakers(speaking, this.#speaking);
    this.#speaking = speaking;
    this.#speakersEnd?.cancel();
    // Silence is reported once only, and then the last ones still have to go out.
    this.#speakersEnd = speaking.size === 0 ? null : clock.after(speakingHoldMs, () => this.#speak([]));
    if (!changed || this.#closed) return;
    const speakers = [...speaking.keys()];
    this.#follow(speakers);
    publish({ type: 'speakers-changed', lessonId, at: clock.now(), speakers });
    tellAll({ type: 'speakers-changed', speakers });
  }

  /** On the lower steps it decides whose picture and voice flow. */
  #follow(speakers: readonly ParticipantId[]): void {
    const personOf = new Map(this.#options.tracks().map(({ participantId, personId }) => [participantId, personId]));
    const voices = voicesNow(
      this.#voices,
      speakers.flatMap((speaker) => personOf.get(speaker) ?? []),
    );
    if (voices.every((voice, index) => voice === this.#voices[index])) return;
    this.#voices = voices;
    if ([...this.#connections.values()].some(({ step }) => step !== 'all')) this.changed();
    else this.#offer = null;
  }
}
