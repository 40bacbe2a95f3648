// A room as its clients and the other modules see it.

import type { ConnectionId, Instant, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import { protocolVersion } from '../contract/index.ts';
import type { TrackSource } from '../contract/media.ts';
import type { ParticipantView, RecordingView, RoomRole, RoomSnapshot, RoomView, WaitingView } from '../contract/room.ts';
import { actionsOf, isLeading } from '../participant/rights.ts';
import { checkResult, checkView, plannedCheck } from './check-views.ts';
import { handOf } from './hands.ts';
import { mayNow } from './may.ts';
import { seatsKnownTo } from './observed.ts';
import { isLive, type Room, type Seat, type Waiting } from './room.ts';

export interface RoomTrack {
  readonly trackId: TrackId;
  readonly source: TrackSource;
  readonly participantId: ParticipantId;
  readonly personId: PersonId;
  readonly connectionId: ConnectionId;
  readonly name: string;
  readonly role: RoomRole;
  readonly live: boolean;
}

/** Somebody in the room or in its lobby. `since`: when they came, were lost, or began to wait. */
export interface RoomPerson {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: RoomRole;
  readonly state: 'here' | 'lost' | 'waiting';
  readonly since: Instant;
}

export interface RoomFigures extends Pick<RoomView, 'lessonId' | 'title' | 'courseTitle'> {
  readonly openedAt: Instant;
  readonly participants: number;
  readonly dropped: number;
  readonly waiting: number;
}

export function participantView(room: Room, seat: Seat): ParticipantView {
  return {
    id: seat.participantId,
    personId: seat.personId,
    name: seat.name,
    role: seat.role,
    joinedAt: seat.joinedAt,
    presence: isLive(seat) ? 'here' : 'dropped',
    devices: seat.connections.size,
    handRaisedAt: handOf(room, seat),
    may: {
      microphone: mayNow(room, seat, 'microphone'),
      camera: mayNow(room, seat, 'camera'),
      screen: mayNow(room, seat, 'screen'),
      chat: mayNow(room, seat, 'chat'),
    },
    tracks: [...seat.tracks.values()].map(({ id, source, pausedBy }) => ({ id, source, pausedBy: [...pausedBy] })),
  };
}

export function roomView(room: Room, recording: RecordingView): RoomView {
  const { plan, durable } = room;
  return {
    lessonId: room.lessonId,
    title: plan.title,
    courseTitle: plan.courseTitle,
    kind: plan.kind,
    startsAt: plan.startsAt,
    endsAt: plan.endsAt,
    closesAt: plan.closesAt,
    leadId: durable.leadId,
    locked: durable.locked,
    students: durable.students,
    supervised: room.supervised,
    recording,
    recordingRule: plan.rules.recording,
    rewind: room.durable.rewind ?? plan.rules.rewind,
    capacity: plan.rules.capacity,
  };
}

export function waitingViews(room: Room): WaitingView[] {
  return [...room.waiting.values()].map(({ participantId, name, since, why }: Waiting) => ({ participantId, name, since, why }));
}

/** Up to so many are told with the snapshot; the others of a larger room come after sound and picture. */
const toldAtOnce = 40;

/** Whom a page shows at once: those who lead, send, or want to speak. */
function isShownAtOnce(room: Room, seat: Seat): boolean {
  return isLeading(seat.role) || seat.tracks.size > 0 || handOf(room, seat) !== null;
}

/** Everybody whom the seat knows of, unless the snapshot of a joining device has held them all. */
export function othersOf(room: Room, seat: Seat): ParticipantView[] {
  return room.seats.size <= toldAtOnce ? [] : seatsKnownTo(room, seat).map((each) => participantView(room, each));
}

/** What a device is given when it comes in or comes back. What it cannot know of the room's domain comes in as `rest`. */
export function snapshotOf(
  room: Room,
  seat: Seat,
  rest: Pick<RoomSnapshot, 'now' | 'speakers' | 'media' | 'resumed'> &
    Pick<RoomSnapshot['self'], 'connectionId' | 'resumeKey'> & { readonly recording: RecordingView },
): RoomSnapshot {
  const { connectionId, resumeKey, recording, ...others } = rest;
  const actions = actionsOf(seat.role);
  const known = seatsKnownTo(room, seat);
  return {
    ...others,
    protocol: protocolVersion,
    self: { participantId: seat.participantId, connectionId, resumeKey, role: seat.role, actions },
    room: roomView(room, recording),
    participants: known
      .filter((each) => room.seats.size <= toldAtOnce || each === seat || isShownAtOnce(room, each))
      .map((each) => participantView(room, each)),
    people: known.length,
    pressure: room.pressure,
    waiting: actions.includes('see-waiting') ? waitingViews(room) : [],
    check: checkView(room, seat),
    checkResult: actions.includes('check-presence') ? checkResult(room) : null,
    plannedCheck: actions.includes('check-presence') ? plannedCheck(room) : null,
  };
}

/** Those with a live line. */
export function liveConnections(seats: readonly Seat[]): ConnectionId[] {
  return seats.flatMap(({ connections }) => [...connections.values()].filter(({ line }) => line !== null).map(({ id }) => id));
}

export function roomPeople(room: Room): RoomPerson[] {
  const seated = [...room.seats.values()].map((seat): RoomPerson => {
    const { personId, name, role, joinedAt, connections } = seat;
    if (isLive(seat)) return { personId, name, role, state: 'here', since: joinedAt };
    return { personId, name, role, state: 'lost', since: Math.max(...[...connections.values()].map(({ droppedAt }) => droppedAt)) };
  });
  const waiting = [...room.waiting.values()].map(({ personId, name, since, why }): RoomPerson => {
    return { personId, name, role: why === 'everyone-waits' ? 'student' : 'guest', state: 'waiting', since };
  });
  return [...seated, ...waiting];
}

export function roomTracks(room: Room): RoomTrack[] {
  return [...room.seats.values()].flatMap(({ participantId, personId, name, role, tracks }) =>
    [...tracks.values()].map(({ id, source, connectionId, pausedBy }) => ({
      ...{ trackId: id, source, participantId, personId, connectionId, name, role },
      live: pausedBy.size === 0,
    })),
  );
}

export function figuresOf({ lessonId, plan, durable, seats, waiting }: Room): RoomFigures {
  const { title, courseTitle } = plan;
  const dropped = [...seats.values()].filter((seat) => !isLive(seat)).length;
  const { openedAt } = durable;
  return { lessonId, title, courseTitle, openedAt, participants: seats.size, dropped, waiting: waiting.size };
}
