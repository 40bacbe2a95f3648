// Folds the server's notices into the room that the browser shows: pure, and a notice told twice changes nothing more.
import type { ChatMessage } from '../../server/contract/chat.ts';
import type { Instant } from '../../server/contract/ids.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { ParticipantView } from '../../server/contract/room.ts';
import { type RoomState, type ShownReaction, speaks } from './state.ts';

/** A reaction floats for this long. */
export const reactionShownMs = 5_000;

/** What a browser keeps of a long talk; older messages stay on the server. */
const messagesKept = 1_000;

export function reduce(state: RoomState, notice: Notice): RoomState {
  switch (notice.type) {
    case 'participant-joined':
    case 'participant-changed':
      return withParticipant(state, notice.participant);
    case 'participant-left':
      return without(state, notice.participantId);
    case 'room-changed':
      return { ...state, room: notice.room };
    case 'chat-posted':
      return withMessage(state, notice.message);
    case 'reaction-shown':
      return withReaction(state, { participantId: notice.participantId, reaction: notice.reaction, at: notice.at });
    case 'speakers-changed':
      return sameList(state.speakers, notice.speakers) ? state : { ...state, speakers: notice.speakers };
    case 'waiting-changed':
      return { ...state, waiting: notice.waiting };
    case 'quality-changed': {
      const lines = new Map(state.lines);
      for (const line of notice.lines) lines.set(line.participantId, line);
      return { ...state, lines };
    }
    case 'pressure-changed':
      return state.pressure === notice.pressure ? state : { ...state, pressure: notice.pressure };
    case 'check-changed':
      return { ...state, check: notice.check };
    case 'check-result':
      return { ...state, checkResult: notice.result, plannedCheck: notice.planned };
    case 'role-changed': {
      const { role, actions } = notice;
      const known = actions.includes('check-presence') ? {} : { checkResult: null, plannedCheck: null };
      return { ...state, ...known, self: { ...state.self, role, actions: new Set(actions) } };
    }
    case 'muted':
      return { ...state, mutedBy: notice.by };
    case 'floor-given':
      return { ...state, floorGivenAt: notice.at };
    case 'ladder-changed': {
      const { step, why } = notice;
      return state.ladder.step === step && state.ladder.why === why ? state : { ...state, ladder: { step, why } };
    }
    case 'send-limits':
      return { ...state, sendLimits: notice.limits };
    // These end or begin a phase, or concern the media engine: the room itself stays as it is.
    case 'admitted':
    case 'ended':
    case 'media-offered':
    case 'media-withdrawn':
    case 'media-flow':
    case 'media-reset':
    case 'stills-wanted':
    case 'still-part':
      return state;
    default:
      return unknownNotice(state, notice);
  }
}

export function reduceAll(state: RoomState, batch: readonly Notice[]): RoomState {
  return batch.reduce(reduce, state);
}

/** A newer server may tell more than this page knows; what it does not know it can do without. */
function unknownNotice(state: RoomState, _notice: never): RoomState {
  return state;
}

function withParticipant(state: RoomState, participant: ParticipantView): RoomState {
  const participants = new Map(state.participants).set(participant.id, participant);
  const speaksAgain = participant.id === state.self.participantId && speaks(participant);
  return { ...state, participants, mutedBy: speaksAgain ? null : state.mutedBy };
}

function without(state: RoomState, participantId: ParticipantView['id']): RoomState {
  if (!state.participants.has(participantId)) return state;
  const participants = new Map(state.participants);
  participants.delete(participantId);
  const lines = new Map(state.lines);
  lines.delete(participantId);
  return { ...state, participants, lines, speakers: state.speakers.filter((speaker) => speaker !== participantId) };
}

function withMessage(state: RoomState, message: ChatMessage): RoomState {
  if (state.chat.some((known) => known.id === message.id)) return state;
  const last = state.chat.at(-1);
  const chat = [...state.chat, message];
  // A message that was answered late may belong before others.
  if (last && message.at < last.at) chat.sort((one, other) => one.at - other.at);
  return { ...state, chat: chat.slice(-messagesKept) };
}

function withReaction(state: RoomState, shown: ShownReaction): RoomState {
  const known = state.reactions.some(
    (other) => other.participantId === shown.participantId && other.at === shown.at && other.reaction === shown.reaction,
  );
  if (known) return state;
  return { ...state, reactions: [...currentReactions(state.reactions, shown.at), shown] };
}

export function currentReactions(reactions: readonly ShownReaction[], now: Instant): readonly ShownReaction[] {
  return reactions.filter((reaction) => now - reaction.at < reactionShownMs);
}

function sameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
