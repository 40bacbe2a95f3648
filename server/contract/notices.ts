// What the server tells a client unasked: facts that came up from the room, in order, in batches.
import { z } from 'zod';
import { Pressure } from './capacity.ts';
import { ChatMessage } from './chat.ts';
import { ConsumerId, Instant, ParticipantId, PersonId, TrackId } from './ids.ts';
import { LadderReason, LadderStep, ReceivedBytes, SendLimits, stillShape } from './ladder.ts';
import { LineQuality, Subscription } from './media.ts';
import { CheckResult, CheckView, PlannedCheck } from './presence-check.ts';
import { LeaveReason } from './reasons.ts';
import { Action, ParticipantView, Reaction, RoomRole, RoomView, WaitingView } from './room.ts';

const notice = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.object({ type: z.literal(type), ...shape });

/** Applying a notice twice leaves the same state as applying it once. */
export const Notice = z.discriminatedUnion('type', [
  notice('participant-joined', { participant: ParticipantView }),
  notice('participant-changed', { participant: ParticipantView }),
  notice('participant-left', { participantId: ParticipantId, reason: LeaveReason }),
  notice('room-changed', { room: RoomView }),
  notice('chat-posted', { message: ChatMessage }),
  notice('reaction-shown', { participantId: ParticipantId, reaction: Reaction, at: Instant }),
  notice('speakers-changed', { speakers: z.array(ParticipantId) }),
  /** To those who may admit. */
  notice('waiting-changed', { waiting: z.array(WaitingView) }),
  /** To those who may see it (all), and to each person about themself. */
  notice('quality-changed', { lines: z.array(LineQuality) }),

  /** To everybody in the room: what it does without for now. */
  notice('pressure-changed', { pressure: Pressure }),

  /** To each person with what holds for them; null when it is over. */
  notice('check-changed', { check: CheckView.nullable() }),
  /** To those who may check presence. */
  notice('check-result', { result: CheckResult.nullable(), planned: PlannedCheck.nullable() }),

  // To one participant.
  notice('admitted', {}),
  notice('role-changed', { role: RoomRole, actions: z.array(Action) }),
  notice('muted', { by: PersonId }),
  notice('floor-given', { by: PersonId, at: Instant }),
  /** The way out for this device; the socket is closed next. `note`: why, in the words of who ended the class from outside. */
  notice('ended', { reason: LeaveReason, note: z.string().optional() }),

  // Media of one device.
  notice('media-offered', { subscription: Subscription }),
  notice('media-withdrawn', { consumerId: ConsumerId }),
  /** Nothing flows on this consumer just now (its track is paused, or the client's page does not show it). */
  notice('media-flow', { consumerId: ConsumerId, flowing: z.boolean() }),
  /** Media must be set up anew: transports, published tracks, subscriptions. */
  notice('media-reset', {}),
  /** What this device is sent from now on, and why not more. `all` before anything was said. */
  notice('ladder-changed', { step: LadderStep, why: LadderReason }),
  /** What this device is to send at most from now on. No limits before anything was said. */
  notice('send-limits', { limits: SendLimits }),
  /** Somebody's line carries this own screen only as still pictures: they are to be made, of at most so many bytes; null: not any more. */
  notice('stills-wanted', { trackId: TrackId, mostBytes: z.number().int().positive().nullable() }),
  /** A slice of a screen's still picture, which stands in place of the moving one once all `size` bytes are there. They come in order. */
  notice('still-part', {
    ...{ trackId: TrackId, participantId: ParticipantId, ...stillShape },
    ...{ still: z.number().int(), offset: z.number().int(), size: z.number().int(), bytes: ReceivedBytes },
  }),
]);
export type Notice = z.infer<typeof Notice>;
export type NoticeOf<T extends Notice['type']> = Extract<Notice, { type: T }>;
