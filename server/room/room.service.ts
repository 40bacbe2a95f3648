// The live rooms for the rest of the server: coming and going, tracks, and what may be asked about a room.

import type { Pressure } from '../contract/capacity.ts';
import type { Instant, LessonId, MessageId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import { protocolVersion } from '../contract/index.ts';
import type { JoinMedia, TrackSource } from '../contract/media.ts';
import type { LeaveReason, LossCause, PauseReason, TrackCloseReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { Join, Joined, RecordingView, RestOfRoom, RoomSnapshot } from '../contract/room.ts';
import type { LessonKind, RoleInLesson } from '../contract/timetable.ts';
import { isDatabaseAway } from '../database/away.ts';
import type { Claims } from '../edge/session.ts';
import type { Fact } from '../facts.ts';
import type { DoorRule } from '../timetable/door.ts';
import type { ConnectionRef } from './connection-ref.ts';
import { type Caller, comeIn } from './entrance.ts';
import { hashOf, participantIdOf } from './identifiers.ts';
import { loseSight, shutOut, signOut } from './leading.ts';
import type { LiveRoom } from './live-room.ts';
import { LiveRooms, type LiveRoomsOptions } from './live-rooms.ts';
import { giveUp } from './lobby.ts';
import { mayNow } from './may.ts';
import { actorOf, type Room, seatOf } from './room.ts';
import { RoomReading } from './room-reading.ts';
import { RoomTimes } from './room-times.ts';
import { drop, expire, hasPlace, type IsOver, leave, type SeenOfLine } from './seats.ts';
import { checkMayPublish, closeAllTracks, closeOwn, publish, setPaused } from './tracks.ts';
import { othersOf, snapshotOf } from './views.ts';

export interface RoomServiceOptions extends LiveRoomsOptions {
  readonly door: DoorRule;
  readonly recording: { view(lessonId: LessonId): RecordingView };
  readonly media: {
    /** `begin`: from now on the device hears what is announced to it. */
    enter(ref: ConnectionRef, device: JoinMedia | undefined): Promise<{ readonly media: RoomSnapshot['media']; begin(): void }>;
    /** What was measured of a device's line. */
    lineOf(ref: ConnectionRef): Omit<SeenOfLine, 'cause'>;
  };
  /** How long a dropped device keeps its place; default 60 seconds. */
  readonly graceMs?: number;
}

/** There the picture of who is examined tells who they are. */
const needsCameras: readonly LessonKind[] = ['examination', 'defence'];

/** Told in the same turn in which the snapshot is made: what is announced from then on reaches the device, and nothing falls between. */
export type Seated = (session: { readonly connection: ConnectionRef } | { readonly participantId: ParticipantId }) => void;

export class RoomService extends RoomReading {
  readonly #options: RoomServiceOptions;
  readonly #times: RoomTimes;
  readonly #graceMs: number;

  constructor(options: RoomServiceOptions) {
    super(new LiveRooms(options), options.recording);
    this.#options = options;
    this.#times = new RoomTimes(options, this.live);
    this.#graceMs = options.graceMs ?? 60_000;
  }

  /** Comes in, comes back, or waits in the lobby. Throws `Refused`. */
  async join(claims: Claims, join: Join, caller: Caller, seated: Seated): Promise<Joined> {
    if (join.protocol !== protocolVersion) throw new Refused('protocol-outdated', `this server speaks protocol ${protocolVersion}`);
    this.#checkNotStuck();
    let { live, role } = await this.#enter(claims, join);
    // It may have closed in the moment between.
    while (!live.room.isOpen) ({ live, role } = await this.#enter(claims, join));
    const { room } = live;
    const entered = comeIn(room, claims, join, role, caller, this.#options.door, this.#options.clock.now());
    const participantId = participantIdOf(room.lessonId, claims.personId);
    if (entered.state === 'waiting') {
      seated({ participantId });
      await live.commit(entered.facts);
      return { state: 'waiting', room: { title: room.plan.title, courseTitle: room.plan.courseTitle } };
    }
    const ref = { lessonId: room.lessonId, personId: claims.personId, participantId, connectionId: entered.connectionId };
    live.endGrace(ref.connectionId);
    const [{ media, begin }] = await Promise.all([this.#options.media.enter(ref, join.media), live.commit(entered.facts)]);
    const seat = seatOf(room, ref);
    seated({ connection: ref });
    begin();
    const { speakers } = live;
    const { resumeKey, resumed, connectionId } = entered;
    const recording = this.#options.recording.view(room.lessonId);
    const now = this.#options.clock.now();
    const rest = { now, speakers: [...speakers], media, resumed, connectionId, resumeKey, recording };
    return { state: 'in', snapshot: snapshotOf(room, seat, rest) };
  }

  /** What a device that has joined need not wait for. */
  rest(ref: ConnectionRef, chatAfter: MessageId | undefined): RestOfRoom {
    const { room, chat } = this.#liveOf(ref);
    const seat = seatOf(room, ref);
    return { participants: othersOf(room, seat), chat: chat.slice(chat.findIndex(({ id }) => id === chatAfter) + 1) };
  }

  /** The device goes for good. */
  async leave(ref: ConnectionRef, reason: LeaveReason, line: string): Promise<void> {
    await this.#happened(ref, (room, at) => leave(room, ref, reason, line, at));
  }

  /** The line is lost: the seat is kept. Nothing happens when the device has another line by now, or no seat. */
  async dropped(ref: ConnectionRef, line: string, cause: LossCause): Promise<void> {
    const live = this.live.find(ref.lessonId);
    if (live === undefined) return;
    const { clock, log, media } = this.#options;
    const facts = drop(live.room, ref, line, { cause, ...media.lineOf(ref) }, clock.now(), this.#graceMs);
    if (facts.length === 0) return;
    live.startGrace(ref.connectionId, this.#graceMs, () => {
      live
        .commit(expire(live.room, ref, clock.now()))
        .catch((error: unknown) =>
          log.error({ error, lessonId: ref.lessonId, connectionId: ref.connectionId }, 'A lost device could not be written off'),
        );
    });
    await live.commit(facts);
  }

  async leaveLobby(lessonId: LessonId, participantId: ParticipantId, line: string): Promise<void> {
    const live = this.live.find(lessonId);
    if (live !== undefined) await live.commit(giveUp(live.room, participantId, line, this.#options.clock.now()));
  }

  /** Throws `Refused` when the connection may not send this, whatever it is made of. */
  checkMayPublish(ref: ConnectionRef, source: TrackSource): void {
    checkMayPublish(this.#liveOf(ref).room, ref, source);
  }

  async publishTrack(
    ref: ConnectionRef,
    track: { readonly trackId: TrackId; readonly source: TrackSource; readonly paused: boolean },
  ): Promise<{ readonly pausedBy: readonly PauseReason[] }> {
    this.#checkNotStuck();
    const live = this.#liveOf(ref);
    await live.commit(publish(live.room, ref, track, this.#options.clock.now()));
    const published = live.room.seats.get(ref.participantId)?.tracks.get(track.trackId);
    if (published === undefined) throw new Refused('conflict', 'the track was closed meanwhile');
    return { pausedBy: [...published.pausedBy] };
  }

  async setTrackPaused(ref: ConnectionRef, trackId: TrackId, paused: boolean): Promise<void> {
    await this.act(ref, (room, at) => setPaused(room, ref, trackId, paused, at));
  }

  async closeTrack(ref: ConnectionRef, trackId: TrackId, reason: TrackCloseReason): Promise<void> {
    await this.#happened(ref, (room, at) => closeOwn(room, ref, trackId, reason, at));
  }

  async mediaFailed(lessonId: LessonId): Promise<void> {
    const live = this.live.find(lessonId);
    if (live !== undefined) await live.commit(closeAllTracks(live.room, 'media-failed', this.#options.clock.now()));
  }

  /** Changes the room in one turn, and waits until it is durable and published. Throws `seat-lost` when the room is gone. */
  async act(ref: ConnectionRef, decide: (room: Room, at: number) => Fact[]): Promise<void> {
    this.#checkNotStuck();
    await this.#happened(ref, decide);
  }

  /** Nothing can refuse what has come to pass. */
  async #happened(ref: ConnectionRef, decide: (room: Room, at: number) => Fact[]): Promise<void> {
    const live = this.#liveOf(ref);
    await live.commit(decide(live.room, this.#options.clock.now()));
  }

  /** What other modules have seen happen in a room: written and published in order with the room's own facts. */
  async record(lessonId: LessonId, facts: readonly Fact[]): Promise<void> {
    const live = this.live.find(lessonId);
    if (live !== undefined) return live.commit(facts);
    await this.#options.trace.append(facts);
    this.#options.bus.publish(facts);
  }

  async extend(ref: ConnectionRef, minutes: number): Promise<Instant> {
    return this.#times.extend(this.#liveOf(ref), ref, minutes);
  }

  async endClass(ref: ConnectionRef): Promise<void> {
    return this.#times.endClass(this.#liveOf(ref), ref);
  }

  /** M16: a class that runs is ended by an administrator. Throws `Refused('not-found')` when its room is not open. */
  async endFromOutside(lessonId: LessonId, by: PersonId, note: string): Promise<void> {
    const live = this.live.find(lessonId);
    if (live === undefined) throw new Refused('not-found', 'the room is not open');
    await this.#times.endFromOutside(live, by, note);
  }

  /** The timetable was changed outside the room. Does nothing when the room is not open. */
  async planChanged(lessonId: LessonId, by: PersonId): Promise<void> {
    const live = this.live.find(lessonId);
    if (live !== undefined) await this.#times.planChanged(live, by);
  }

  /** M12: the account was disabled; ends the person's seats wherever they are. */
  async shutOut(personId: PersonId): Promise<void> {
    const at = this.#options.clock.now();
    await Promise.all(this.live.all().map((live) => live.commit(shutOut(live.room, personId, at))));
  }

  /** M13: sign-ins of the person have ended; so do the devices that came by them, wherever they are. */
  async signOut(personId: PersonId, isOver: IsOver): Promise<void> {
    const at = this.#options.clock.now();
    await Promise.all(this.live.all().map((live) => live.commit(signOut(live.room, personId, isOver, at))));
  }

  /** M14: the person's roles were changed outside the rooms. */
  async rightsChanged(personId: PersonId): Promise<void> {
    const { plans, clock } = this.#options;
    const watched = this.live.all().filter(({ room }) => [...room.seats.values()].some((seat) => seat.personId === personId));
    await Promise.all(
      watched.map(async (live) => {
        if ((await plans.roleOf(live.room.lessonId, personId)) === 'none') await live.commit(loseSight(live.room, personId, clock.now()));
      }),
    );
  }

  /** Throws unless this participant may write now. */
  author(ref: ConnectionRef): { readonly name: string } {
    this.#checkNotStuck();
    const { room } = this.#liveOf(ref);
    const seat = actorOf(room, ref, 'chat');
    if (!mayNow(room, seat, 'chat')) throw new Refused('chat-forbidden', 'the chat is closed to this participant');
    return { name: seat.name };
  }

  /** Throws when the lesson may not be recorded; the right itself is checked at the edge. */
  checkRecordable(ref: ConnectionRef): void {
    if (this.#liveOf(ref).room.plan.rules.recording === 'never')
      throw new Refused('recording-not-allowed', 'this lesson is never recorded');
  }

  /** B13: what the room does without from now on. Nothing happens when it is so already, or the room is not open. */
  async setPressure(lessonId: LessonId, wanted: Pressure): Promise<void> {
    const live = this.live.find(lessonId);
    if (live === undefined) return;
    const pressure = needsCameras.includes(live.room.plan.kind) ? 'none' : wanted;
    if (!live.room.isOpen || live.room.pressure === pressure) return;
    live.room.pressure = pressure;
    // Where nobody has been yet, nobody is to be told.
    if (live.isOpened) await live.commit([{ type: 'pressure-changed', lessonId, at: this.#options.clock.now(), pressure }]);
  }

  /** Remembers who speaks, for those who join later. */
  onFact(fact: Fact): void {
    const live = fact.type === 'speakers-changed' ? this.live.find(fact.lessonId) : undefined;
    if (live !== undefined && fact.type === 'speakers-changed') live.speakers = fact.speakers;
  }

  /** The server stops: everyone is told, hands and locks are kept. Safe twice. */
  async close(): Promise<void> {
    await this.live.closeAll();
  }

  #checkNotStuck(): void {
    if (this.#options.isStuck?.() === true) throw new Refused('database-away', 'nothing can be written down just now');
  }

  async #enter(claims: Claims, { resumeKey }: Join): Promise<{ readonly live: LiveRoom; readonly role: RoleInLesson }> {
    const live = await this.live.enter(claims.lessonId);
    try {
      return { live, role: await this.#roleOf(claims, live) };
    } catch (error) {
      // H23: whose account ends is out of the rooms at once (M12, M13), so a device that still has its place may have it back.
      if (!isDatabaseAway(error) || resumeKey === undefined) throw error;
      const { lessonId, personId, session } = claims;
      const device = { participantId: participantIdOf(lessonId, personId), resumeHash: hashOf(resumeKey), session };
      if (!hasPlace(live.room, device)) throw error;
      return { live, role: 'none' };
    }
  }

  async #roleOf({ lessonId, personId, guest, session }: Claims, live: LiveRoom): Promise<RoleInLesson> {
    const { plans } = this.#options;
    // M12: the room token was good before. Asked last, so that whoever is disabled after the answer is found in the room.
    const access = guest ? 'open' : await plans.accessOf(personId, session);
    if (access !== 'open') throw new Refused('not-signed-in', access === 'disabled' ? 'the account is disabled' : 'signed out meanwhile');
    const { teacherId, assistantIds, rosterIds } = live.room.plan;
    if (personId === teacherId || live.room.durable.teachers.includes(personId)) return 'teacher';
    if (assistantIds.has(personId)) return 'assistant';
    if (rosterIds.has(personId)) return 'student';
    if (guest) return 'none';
    // Someone put on the roster while the class runs is not sent to the lobby.
    const [plan, role] = await Promise.all([plans.plan(lessonId), plans.roleOf(lessonId, personId)]);
    if (plan !== null) live.room.plan = plan;
    return role;
  }

  #liveOf(ref: ConnectionRef): LiveRoom {
    const live = this.live.find(ref.lessonId);
    if (live === undefined) throw new Refused('seat-lost', 'the room is not open any more');
    return live;
  }
}
