// A room as its clients see it.
import type { ParticipantView, RecordingView, RoomView, WaitingView } from '../contract/room.ts';
import { handOf } from './hands.ts';
import { mayNow } from './may.ts';
import { isLive, type Room, type Seat, type Waiting } from './room.ts';

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
    capacity: plan.rules.capacity,
  };
}

export function waitingViews(room: Room): WaitingView[] {
  return [...room.waiting.values()].map(({ participantId, name, since, why }: Waiting) => ({ participantId, name, since, why }));
}
