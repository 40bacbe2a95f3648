// The socket requests of presence checks.
import type { presenceCheckRequests } from '../contract/presence-check.ts';
import type { Handlers } from '../edge/answer.ts';
import { answerCheck, startCheck, withdrawCheck } from './checks.ts';
import { newCheckId } from './identifiers.ts';
import type { RoomService } from './room.service.ts';

const inRoom = ['in-room'] as const;

/** @param random from 0 to 1, without 1 */
export function checkHandlers(
  rooms: Pick<RoomService, 'act'>,
  random: () => number,
): Handlers<keyof typeof presenceCheckRequests, 'in-room'> {
  const act = async (...asked: Parameters<RoomService['act']>) => {
    await rooms.act(...asked);
    return {};
  };
  return {
    'check:start': {
      phases: inRoom,
      handle: ({ withinMinutes }, { connection }) =>
        act(connection, (room, at) => startCheck(room, connection, { withinMinutes, random, newId: newCheckId }, at)),
    },
    'check:withdraw': {
      phases: inRoom,
      handle: (_, { connection }) => act(connection, (room, at) => withdrawCheck(room, connection, at)),
    },
    'check:answer': {
      phases: inRoom,
      handle: ({ checkId }, { connection }) => act(connection, (room, at) => answerCheck(room, connection, checkId, at)),
    },
  };
}
