// What the rest of the server may know of the live rooms, read without changing anything.
import type { Pressure } from '../contract/capacity.ts';
import type { ConnectionId, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';
import type { CheckResult, PlannedCheck } from '../contract/presence-check.ts';
import type { Action, ParticipantView, RecordingView, RoomView, WaitingView } from '../contract/room.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import { checkResult, plannedCheck } from './check-views.ts';
import type { ConnectionRef } from './connection-ref.ts';
import type { LiveRooms } from './live-rooms.ts';
import { mayDo } from './may.ts';
import { type Audience, audienceOf, seatsKnownToAll } from './observed.ts';
import type { Room } from './room.ts';
import {
  figuresOf,
  liveConnections,
  participantView,
  type RoomFigures,
  type RoomPerson,
  type RoomTrack,
  roomPeople,
  roomTracks,
  roomView,
  waitingViews,
} from './views.ts';

interface Recordings {
  view(lessonId: LessonId): RecordingView;
}

export class RoomReading {
  protected readonly live: LiveRooms;
  readonly #recording: Recordings;

  constructor(live: LiveRooms, recording: Recordings) {
    this.live = live;
    this.#recording = recording;
  }

  mayDo(ref: ConnectionRef, action: Action): boolean {
    const room = this.#room(ref.lessonId);
    const seat = room?.seats.get(ref.participantId);
    return room !== undefined && seat?.connections.has(ref.connectionId) === true && mayDo(room, seat, action);
  }

  /** With a live line. */
  isHere({ lessonId, participantId, connectionId }: ConnectionRef): boolean {
    return this.#room(lessonId)?.seats.get(participantId)?.connections.get(connectionId)?.line != null;
  }

  /** Those with a live line. */
  connectionsThatMay(lessonId: LessonId, action: Action): readonly ConnectionId[] {
    const room = this.#room(lessonId);
    return room === undefined ? [] : liveConnections([...room.seats.values()].filter((seat) => mayDo(room, seat, action)));
  }

  tracks(lessonId: LessonId): readonly RoomTrack[] {
    const room = this.#room(lessonId);
    return room === undefined ? [] : roomTracks(room);
  }

  isOpen(lessonId: LessonId): boolean {
    return this.#room(lessonId)?.isOpen ?? false;
  }

  /** Null when the participant is not in the room (any more). */
  participant(lessonId: LessonId, participantId: ParticipantId): ParticipantView | null {
    const room = this.#room(lessonId);
    const seat = room?.seats.get(participantId);
    return room === undefined || seat === undefined ? null : participantView(room, seat);
  }

  participants(lessonId: LessonId): readonly ParticipantView[] {
    const room = this.#room(lessonId);
    return room === undefined ? [] : [...room.seats.values()].map((seat) => participantView(room, seat));
  }

  view(lessonId: LessonId): RoomView | null {
    const room = this.#room(lessonId);
    return room === undefined ? null : roomView(room, this.#recording.view(lessonId));
  }

  waiting(lessonId: LessonId): WaitingView[] {
    const room = this.#room(lessonId);
    return room === undefined ? [] : waitingViews(room);
  }

  /** In the room and in its lobby; empty when it is not open. */
  people(lessonId: LessonId): readonly RoomPerson[] {
    const room = this.#room(lessonId);
    return room === undefined ? [] : roomPeople(room);
  }

  /** For those who may check presence. */
  checks(lessonId: LessonId): { readonly result: CheckResult | null; readonly planned: PlannedCheck | null } {
    const room = this.#room(lessonId);
    return room === undefined ? { result: null, planned: null } : { result: checkResult(room), planned: plannedCheck(room) };
  }

  /** M6: is a teacher here, whatever the timetable says. False when the room is not open. */
  wasGivenLead(lessonId: LessonId, personId: PersonId): boolean {
    return this.#room(lessonId)?.durable.teachers.includes(personId) === true;
  }

  /** People in the room now, as everybody may know of them (W23). */
  here(lessonId: LessonId): number {
    const room = this.#room(lessonId);
    return room === undefined ? 0 : seatsKnownToAll(room).length;
  }

  /** W22: whose devices may hear of those who observe; null: all. */
  audience(lessonId: LessonId): Audience | null {
    const room = this.#room(lessonId);
    return room === undefined ? null : audienceOf(room);
  }

  /** W22: whose devices alone may hear of this participant; null: all. */
  audienceFor({ lessonId, participantId }: Pick<ConnectionRef, 'lessonId' | 'participantId'>): readonly ConnectionId[] | null {
    const room = this.#room(lessonId);
    return room?.seats.get(participantId)?.role === 'observer' ? (audienceOf(room)?.knowing ?? null) : null;
  }

  figures(): RoomFigures[] {
    return this.live.all().map(({ room }) => figuresOf(room));
  }

  /** The rooms in memory. */
  open(): readonly LessonId[] {
    return this.live.all().map(({ room }) => room.lessonId);
  }

  /** What the timetable says of a room that is open; null when it is not. */
  planOf(lessonId: LessonId): RoomPlan | null {
    return this.#room(lessonId)?.plan ?? null;
  }

  pressureOf(lessonId: LessonId): Pressure {
    return this.#room(lessonId)?.pressure ?? 'none';
  }

  #room(lessonId: LessonId): Room | undefined {
    return this.live.find(lessonId)?.room;
  }
}
