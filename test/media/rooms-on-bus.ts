// The least that rooms must do for media: they allow everything that is not forbidden and say on the bus what happened.
import type { Pressure } from '../../server/contract/capacity.ts';
import { ConnectionId, LessonId, ParticipantId, PersonId, type TrackId } from '../../server/contract/ids.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import type { PauseReason } from '../../server/contract/reasons.ts';
import { Refused } from '../../server/contract/reply.ts';
import type { RoomRole } from '../../server/contract/room.ts';
import type { Fact } from '../../server/facts.ts';
import type { MediaRooms } from '../../server/media/media-rooms.ts';
import type { OfferedTrack } from '../../server/media/wanted.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';

export const lesson = LessonId.parse('lesson');

interface Kept {
  readonly ref: ConnectionRef;
  readonly source: TrackSource;
  readonly pausedBy: Set<PauseReason>;
}

export class RoomsOnBus implements MediaRooms {
  readonly forbidden = new Set<TrackSource>();
  failures = 0;
  pressure: Pressure = 'none';
  readonly #publish: (facts: readonly Fact[]) => void;
  readonly #refs = new Map<ConnectionId, ConnectionRef>();
  readonly #roles = new Map<ParticipantId, RoomRole>();
  readonly #tracks = new Map<TrackId, Kept>();

  constructor(publish: (facts: readonly Fact[]) => void) {
    this.#publish = publish;
  }

  enter(name: string, role: RoomRole = 'student', device = 1): ConnectionRef {
    const participantId = ParticipantId.parse(name);
    const ref = {
      lessonId: lesson,
      participantId,
      personId: PersonId.parse(`person-${name}`),
      connectionId: ConnectionId.parse(`${name}-${device}`),
    };
    this.#refs.set(ref.connectionId, ref);
    this.#roles.set(participantId, role);
    return ref;
  }

  /** Out at once, as a teacher does it. */
  remove(ref: ConnectionRef): void {
    this.#refs.delete(ref.connectionId);
    for (const [trackId, kept] of [...this.#tracks])
      if (kept.ref.connectionId === ref.connectionId) this.#close(trackId, kept, 'connection-ended');
    this.#publish([
      { type: 'connection-closed', ...ref, at: 0, reason: 'removed', beside: null },
      { type: 'participant-left', ...ref, at: 0, reason: 'removed', by: null },
    ]);
  }

  mute(trackId: TrackId): void {
    const kept = this.#tracks.get(trackId);
    if (kept === undefined) return;
    kept.pausedBy.add('muted');
    this.#publish([{ type: 'track-paused', ...kept.ref, trackId, source: kept.source, at: 0, by: 'muted', byPerson: null }]);
  }

  close(): void {
    this.#refs.clear();
    this.#tracks.clear();
    this.#publish([{ type: 'room-closed', lessonId: lesson, at: 0, reason: 'ended-by-teacher', by: null }]);
  }

  checkMayPublish(_ref: ConnectionRef, source: TrackSource): void {
    if (this.forbidden.has(source)) throw new Refused('microphone-forbidden', 'Forbidden in this test.');
  }

  async publishTrack(ref: ConnectionRef, track: { readonly trackId: TrackId; readonly source: TrackSource; readonly paused: boolean }) {
    this.checkMayPublish(ref, track.source);
    const pausedBy = new Set<PauseReason>(track.paused ? ['self'] : []);
    this.#tracks.set(track.trackId, { ref, source: track.source, pausedBy });
    this.#publish([{ type: 'track-published', ...ref, trackId: track.trackId, source: track.source, at: 0, pausedBy: [...pausedBy] }]);
    return { pausedBy: [...pausedBy] };
  }

  async setTrackPaused(ref: ConnectionRef, trackId: TrackId, paused: boolean): Promise<void> {
    const kept = this.#tracks.get(trackId);
    if (kept === undefined) throw new Refused('not-found', 'No such track.');
    const about = { ...ref, trackId, source: kept.source, at: 0 };
    if (paused) kept.pausedBy.add('self');
    else kept.pausedBy.clear();
    this.#publish([
      paused ? { type: 'track-paused', ...about, by: 'self', byPerson: null } : { type: 'track-resumed', ...about, pausedBy: [] },
    ]);
  }

  async closeTrack(_ref: ConnectionRef, trackId: TrackId): Promise<void> {
    const kept = this.#tracks.get(trackId);
    if (kept !== undefined) this.#close(trackId, kept, 'unpublished');
  }

  async mediaFailed(): Promise<void> {
    this.failures += 1;
    for (const [trackId, kept] of [...this.#tracks]) this.#close(trackId, kept, 'media-failed');
  }

  async record(_lessonId: LessonId, facts: readonly Fact[]): Promise<void> {
    this.#publish(facts);
  }

  tracks(): readonly OfferedTrack[] {
    return [...this.#tracks].map(([trackId, { ref, source, pausedBy }]) => ({
      trackId,
      source,
      participantId: ref.participantId,
      personId: ref.personId,
      role: this.#roles.get(ref.participantId) ?? 'student',
      live: pausedBy.size === 0,
    }));
  }

  isHere({ connectionId }: ConnectionRef): boolean {
    return this.#refs.has(connectionId);
  }

  mayDo(ref: ConnectionRef): boolean {
    return this.#roles.get(ref.participantId) === 'teacher';
  }

  audienceFor(): null {
    return null;
  }

  pressureOf(): Pressure {
    return this.pressure;
  }

  #close(trackId: TrackId, kept: Kept, reason: 'unpublished' | 'connection-ended' | 'media-failed'): void {
    this.#tracks.delete(trackId);
    this.#publish([{ type: 'track-closed', ...kept.ref, trackId, source: kept.source, at: 0, reason }]);
  }
}
