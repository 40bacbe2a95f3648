// Looking back at a class while it runs: who may, and what is known of a gap.
import type { ChatMessage } from '../../../../server/contract/chat.ts';
import type { Instant, RecordingId } from '../../../../server/contract/ids.ts';
import type { RoomState } from '../../../session/state.ts';
import type { Classroom } from '../classroom.ts';

/**
 * `instead`: the past takes the place and the sound of the class. `beside`: the class goes on to be seen and heard, and the past is
 * a small window without sound. `fromMs` is class time.
 */
export interface LookBack {
  readonly recordingId: RecordingId;
  readonly fromMs: number;
  readonly how: 'instead' | 'beside';
}

export interface LookedAt {
  readonly recordingId: RecordingId;
  /** Class time. */
  readonly atMs: number;
}

/** By this person's own wish: the class that ends meanwhile leaves the moment as it is. */
export function stopLookingBack({ lookBack, lookedAt }: Pick<Classroom, 'lookBack' | 'lookedAt'>): void {
  lookBack.set(null);
  lookedAt.set(null);
}

/** Where to watch after class: at the moment that was being looked at when it ended. */
export function addressAfterClass(latest: RecordingId, lookedAt: LookedAt | null): string {
  return lookedAt === null ? `/recordings/${latest}` : `/recordings/${lookedAt.recordingId}?t=${Math.floor(lookedAt.atMs / 1000)}`;
}

/** What can be looked back at just now; null when nothing is recorded, or this person may not. The server decides at every request. */
export function recordingToLookBackAt({ room, self }: RoomState): RecordingId | null {
  const { recordingId } = room.recording;
  if (recordingId === null || self.role === 'guest') return null;
  return room.rewind || self.role !== 'student' ? recordingId : null;
}

/** All of the server's time. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
  /** `late`: the class was recorded before this person came. */
  readonly why: 'dropped' | 'late';
}

/** Shorter ones are not worth a word. */
const shortestGapMs = 5_000;
const shortestLateMs = 60_000;

export function gapAfterDrop(since: Instant, now: Instant): Gap | null {
  return now - since < shortestGapMs ? null : { from: since, to: now, why: 'dropped' };
}

export function gapOfLateComer(room: RoomState, now: Instant): Gap | null {
  const { startedAt } = room.room.recording;
  return startedAt === null || now - startedAt < shortestLateMs ? null : { from: startedAt, to: now, why: 'late' };
}

/** Own messages that were sent later from here are no news. */
export function messagesIn(chat: readonly ChatMessage[], { from, to }: Gap, self: RoomState['self']): number {
  return chat.filter(({ at, participantId }) => at >= from && at <= to && participantId !== self.participantId).length;
}
