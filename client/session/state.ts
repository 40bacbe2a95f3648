// What the browser knows of its class, as a union of phases.

import type { Pressure } from '../../server/contract/capacity.ts';
import type { ChatMessage } from '../../server/contract/chat.ts';
import type { ConnectionId, Instant, LessonId, ParticipantId, PersonId } from '../../server/contract/ids.ts';
import type { LadderReason, LadderStep, SendLimits } from '../../server/contract/ladder.ts';
import type { LineQuality } from '../../server/contract/media.ts';
import type { CheckResult, CheckView, PlannedCheck } from '../../server/contract/presence-check.ts';
import type { LeaveReason } from '../../server/contract/reasons.ts';
import type { RefusalDetails } from '../../server/contract/reply.ts';
import type {
  Action,
  ParticipantView,
  Reaction,
  RestOfRoom,
  RoomRole,
  RoomSnapshot,
  RoomView,
  WaitingView,
} from '../../server/contract/room.ts';
import type { FailureCode } from './outcome.ts';

export interface Self {
  readonly participantId: ParticipantId;
  readonly connectionId: ConnectionId;
  readonly resumeKey: string;
  readonly role: RoomRole;
  readonly actions: ReadonlySet<Action>;
}

export interface ShownReaction {
  readonly participantId: ParticipantId;
  readonly reaction: Reaction;
  readonly at: Instant;
}

/** A live room. Parts that a notice does not touch keep their identity, so that only what changed is drawn again. */
export interface RoomState {
  /** Server time minus this device's time. */
  readonly clockOffsetMs: number;
  readonly self: Self;
  readonly room: RoomView;
  readonly participants: ReadonlyMap<ParticipantId, ParticipantView>;
  /** How many are in the room; known before all of them are. */
  readonly people: number;
  /** All participants and messages of before have been told; they come after sound and picture. */
  readonly isWhole: boolean;
  /** Oldest first. */
  readonly chat: readonly ChatMessage[];
  readonly waiting: readonly WaitingView[];
  /** Loudest first. */
  readonly speakers: readonly ParticipantId[];
  readonly lines: ReadonlyMap<ParticipantId, LineQuality>;
  /** What the room does without, for the server is near what it can carry. */
  readonly pressure: Pressure;
  readonly reactions: readonly ShownReaction[];
  /** Who switched this person's microphone off, until it is on again. */
  readonly mutedBy: PersonId | null;
  /** When this person was last given the floor. */
  readonly floorGivenAt: Instant | null;
  /** The presence check that runs, as it concerns this person. */
  readonly check: CheckView | null;
  /** Only for those who may check presence: the one that runs, or the last one, and one that waits for its moment. */
  readonly checkResult: CheckResult | null;
  readonly plannedCheck: PlannedCheck | null;
  /** What this device is sent, and why not more. */
  readonly ladder: { readonly step: LadderStep; readonly why: LadderReason };
  /** What this device is to send at most; null while nothing was said. */
  readonly sendLimits: SendLimits | null;
  readonly media: RoomSnapshot['media'];
}

const everything: RoomState['ladder'] = { step: 'all', why: 'line' };

export type SessionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'joining' }
  | { readonly phase: 'waiting'; readonly title: string; readonly courseTitle: string }
  | { readonly phase: 'in-room'; readonly room: RoomState }
  /** The line broke; the seat is kept and the last picture of the room with it. */
  | { readonly phase: 'dropped'; readonly room: RoomState; readonly since: Instant }
  | { readonly phase: 'ended'; readonly reason: LeaveReason; readonly note?: string | undefined; readonly lessonId: LessonId }
  | { readonly phase: 'refused'; readonly code: FailureCode; readonly details: RefusalDetails | undefined };

export const idle: SessionState = { phase: 'idle' };

/** The room as last known, while there is one to show. */
export function roomOf(state: SessionState): RoomState | undefined {
  return state.phase === 'in-room' || state.phase === 'dropped' ? state.room : undefined;
}

/**
 * A room from the answer to a join or a resume; `now` is this device's time.
 * What only notices tell is taken over from `before` when the seat was kept.
 */
export function roomFrom(snapshot: RoomSnapshot, now: number, before?: RoomState): RoomState {
  const { participantId, connectionId, resumeKey, role, actions } = snapshot.self;
  const kept = snapshot.resumed ? before : undefined;
  const self = snapshot.participants.find((participant) => participant.id === participantId);
  return {
    clockOffsetMs: snapshot.now - now,
    self: { participantId, connectionId, resumeKey, role, actions: new Set(actions) },
    room: snapshot.room,
    participants: participantsFrom(snapshot, kept),
    people: snapshot.people,
    isWhole: false,
    chat: before?.chat ?? [],
    waiting: snapshot.waiting,
    speakers: snapshot.speakers,
    lines: new Map(),
    pressure: snapshot.pressure,
    reactions: [],
    mutedBy: self && speaks(self) ? null : (kept?.mutedBy ?? null),
    floorGivenAt: kept?.floorGivenAt ?? null,
    check: snapshot.check,
    checkResult: snapshot.checkResult,
    plannedCheck: snapshot.plannedCheck,
    ladder: kept?.ladder ?? everything,
    sendLimits: kept?.sendLimits ?? null,
    media: snapshot.media,
  };
}

/** In a large room those who were known before the gap are shown until all are told anew. */
function participantsFrom({ participants, people }: RoomSnapshot, kept: RoomState | undefined): RoomState['participants'] {
  const told = new Map(participants.map((participant) => [participant.id, participant]));
  return told.size >= people ? told : new Map([...(kept?.participants ?? []), ...told]);
}

export function peopleIn({ isWhole, participants, people }: RoomState): number {
  return isWhole ? participants.size : Math.max(people, participants.size);
}

/** The microphone is on and nothing holds it back. */
export function speaks(participant: ParticipantView): boolean {
  return participant.tracks.some((track) => track.source === 'microphone' && track.pausedBy.length === 0);
}

/** What came after the picture. An empty list of participants says that the snapshot held them all. */
export function withRest(room: RoomState, rest: RestOfRoom): RoomState {
  const known = new Set(room.chat.map(({ id }) => id));
  const earlier = rest.chat.filter(({ id }) => !known.has(id));
  const told = rest.participants.length > 0 ? rest.participants : null;
  const participants = told ? new Map(told.map((participant) => [participant.id, participant])) : room.participants;
  return { ...room, participants, isWhole: true, chat: [...earlier, ...room.chat].sort((one, other) => one.at - other.at) };
}
