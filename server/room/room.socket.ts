// The socket requests of a room: names and shapes to calls of the service.

import type { LessonId, PersonId, RecordingMarkId } from '../contract/ids.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { MarkKind } from '../contract/recording-page.ts';
import type { roomRequests } from '../contract/room.ts';
import type { Handlers } from '../edge/answer.ts';
import { giveFloor, lowerHands, raiseHand } from './hands.ts';
import { allowRewind, handOverLead, lock, remove } from './leading.ts';
import { admit, turnAway } from './lobby.ts';
import { mute, permit } from './permissions.ts';
import { packRest } from './rest.socket.ts';
import type { RoomService } from './room.service.ts';
import { about, actorOf } from './room.ts';
import { pageSeen } from './seats.ts';

/** What a class asks of its recorder. */
export interface Recording {
  start(lessonId: LessonId, by: PersonId): Promise<unknown>;
  pause(lessonId: LessonId, by: PersonId): Promise<void>;
  resume(lessonId: LessonId, by: PersonId): Promise<void>;
  stop(lessonId: LessonId, by: PersonId, reason: RecordingEndReason): Promise<void>;
  /** Refused with `conflict` while nothing is captured. */
  mark(
    lessonId: LessonId,
    mark: { readonly kind: MarkKind; readonly text: string },
    by: { readonly personId: PersonId; readonly address: string },
  ): Promise<{ readonly id: RecordingMarkId; readonly atMs: number }>;
}

const inRoom = ['in-room'] as const;
type RoomRequest = keyof typeof roomRequests;
type Entrance = 'room:join' | 'room:leave';

export function entranceHandlers(rooms: RoomService): Handlers<Entrance> {
  return {
    'room:join': {
      phases: ['greeting', 'lobby'],
      handle: (input, { claims }, line) =>
        rooms.join(claims, input, { line: line.id, address: line.address }, (found) =>
          line.enter('connection' in found ? { phase: 'in-room', claims, ...found } : { phase: 'lobby', claims, ...found }),
        ),
    },
    'room:leave': {
      phases: ['lobby', 'in-room'],
      handle: async (_, session, line) => {
        if (session.phase === 'in-room') await rooms.leave(session.connection, 'left', line.id);
        if (session.phase === 'lobby') await rooms.leaveLobby(session.claims.lessonId, session.participantId, line.id);
        line.enter({ phase: 'greeting', claims: session.claims });
        return {};
      },
    },
  };
}

export function roomHandlers(rooms: RoomService, recording: Recording): Handlers<Exclude<RoomRequest, Entrance>, 'in-room'> {
  /** Changes the room by a function of its domain, and answers with nothing. */
  const act = async (...asked: Parameters<RoomService['act']>) => {
    await rooms.act(...asked);
    return {};
  };
  return {
    'room:page-seen': {
      phases: inRoom,
      handle: ({ seen }, { connection }) => act(connection, (room, at) => pageSeen(room, connection, seen, at)),
    },
    'room:rest': { phases: inRoom, handle: async ({ chatAfter }, { connection }) => packRest(rooms.rest(connection, chatAfter)) },
    'room:raise-hand': {
      phases: inRoom,
      handle: ({ raised }, { connection }) => act(connection, (room, at) => raiseHand(room, connection, raised, at)),
    },
    'room:react': {
      phases: inRoom,
      handle: ({ reaction }, { connection }) =>
        act(connection, (room, at) => [{ type: 'reaction-shown', ...about(room, actorOf(room, connection, 'react'), at), reaction }]),
    },
    'room:lower-hand': {
      phases: inRoom,
      handle: (target, { connection }) => act(connection, (room, at) => lowerHands(room, connection, target, at)),
    },
    'room:give-floor': {
      phases: inRoom,
      handle: ({ participantId }, { connection }) => act(connection, (room, at) => giveFloor(room, connection, participantId, at)),
    },
    'room:mute': { phases: inRoom, handle: (target, { connection }) => act(connection, (room, at) => mute(room, connection, target, at)) },
    'room:permit': {
      phases: inRoom,
      handle: ({ target, capability, allowed }, { connection }) =>
        act(connection, (room, at) => permit(room, connection, target, capability, allowed, at)),
    },
    'room:admit': {
      phases: inRoom,
      handle: (target, { connection }) => act(connection, (room, at) => admit(room, connection, target, at)),
    },
    'room:turn-away': {
      phases: inRoom,
      handle: ({ participantId }, { connection }) => act(connection, (room, at) => turnAway(room, connection, participantId, at)),
    },
    'room:remove': {
      phases: inRoom,
      handle: ({ participantId }, { connection }) => act(connection, (room, at) => remove(room, connection, participantId, at)),
    },
    'room:lock': {
      phases: inRoom,
      handle: ({ locked }, { connection }) => act(connection, (room, at) => lock(room, connection, locked, at)),
    },
    'room:hand-over-lead': {
      phases: inRoom,
      handle: ({ participantId }, { connection }) => act(connection, (room, at) => handOverLead(room, connection, participantId, at)),
    },
    'room:extend': {
      phases: inRoom,
      handle: async ({ minutes }, { connection }) => ({ closesAt: await rooms.extend(connection, minutes) }),
    },
    'room:end': {
      phases: inRoom,
      handle: async (_, { connection }) => {
        await rooms.endClass(connection);
        return {};
      },
    },
    'recording:start': {
      phases: inRoom,
      action: 'record',
      handle: async (_, { connection }) => {
        rooms.checkRecordable(connection);
        await recording.start(connection.lessonId, connection.personId);
        return {};
      },
    },
    'recording:pause': {
      phases: inRoom,
      action: 'record',
      handle: async (_, { connection }) => {
        await recording.pause(connection.lessonId, connection.personId);
        return {};
      },
    },
    'recording:resume': {
      phases: inRoom,
      action: 'record',
      handle: async (_, { connection }) => {
        await recording.resume(connection.lessonId, connection.personId);
        return {};
      },
    },
    'recording:stop': {
      phases: inRoom,
      action: 'record',
      handle: async (_, { connection }) => {
        await recording.stop(connection.lessonId, connection.personId, 'stopped');
        return {};
      },
    },
    'recording:mark': {
      phases: inRoom,
      action: 'record',
      handle: (mark, { connection: { lessonId, personId } }, { address }) => recording.mark(lessonId, mark, { personId, address }),
    },
    'recording:allow-rewind': {
      phases: inRoom,
      handle: ({ allowed }, { connection }) => act(connection, (room, at) => allowRewind(room, connection, allowed, at)),
    },
  };
}
