// The union of all facts, and the bus that carries them: what has happened, told to whoever listens. Facts ask nothing and return nothing.
import type { AttendanceRule, Verdict } from './contract/attendance.ts';
import type { Pressure } from './contract/capacity.ts';
import type { ChatMessage } from './contract/chat.ts';
import type { ConnectionId, GroupId, Instant, LessonId, ParticipantId, PersonId, PlaceId, RecordingId, TrackId } from './contract/ids.ts';
import type { DeviceWord, LineEvidence, LostBeside } from './contract/line-evidence.ts';
import type { TrackSource } from './contract/media.ts';
import type {
  LeaveReason,
  PauseReason,
  PresenceCheckEndReason,
  RecordingEndReason,
  RoomCloseReason,
  TrackCloseReason,
} from './contract/reasons.ts';
import type { Quality, Reaction, RoomRole } from './contract/room.ts';
import type { Capability } from './contract/timetable.ts';

interface InRoom {
  readonly lessonId: LessonId;
  readonly at: Instant;
}
interface OfPerson extends InRoom {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
}
interface OfConnection extends OfPerson {
  readonly connectionId: ConnectionId;
}
interface OfTrack extends OfConnection {
  readonly trackId: TrackId;
  readonly source: TrackSource;
}

export type RoomFact =
  | (InRoom & { readonly type: 'room-opened' })
  /** `note`: why, in the words of who ended the class from outside (M16). */
  | (InRoom & { readonly type: 'room-closed'; readonly reason: RoomCloseReason; readonly by: PersonId | null; readonly note?: string })
  | (InRoom & { readonly type: 'rewind-allowed'; readonly allowed: boolean; readonly by: PersonId })
  | (InRoom & { readonly type: 'room-locked'; readonly locked: boolean; readonly by: PersonId })
  | (InRoom & { readonly type: 'lead-changed'; readonly leadId: PersonId; readonly by: PersonId })
  | (InRoom & { readonly type: 'supervision-changed'; readonly supervised: boolean })
  | (InRoom & { readonly type: 'students-permitted'; readonly capability: Capability; readonly allowed: boolean; readonly by: PersonId })
  | (InRoom & { readonly type: 'room-extended'; readonly closesAt: Instant; readonly by: PersonId })
  /** `asked` are the students and guests who were there, also those whose line was lost just then. */
  | (InRoom & {
      readonly type: 'presence-check-begun';
      readonly checkId: string;
      readonly closesAt: Instant;
      readonly asked: readonly PersonId[];
      readonly by: PersonId;
    })
  /** `missed` had a minute to answer, with an unbroken line, and did not; nobody else who was asked is judged. Empty unless the time was over. */
  | (InRoom & {
      readonly type: 'presence-check-ended';
      readonly checkId: string;
      readonly reason: PresenceCheckEndReason;
      readonly missed: readonly PersonId[];
    });

export type ParticipantFact =
  | (OfPerson & { readonly type: 'waiting-started'; readonly name: string; readonly why: 'guest' | 'not-on-roster' | 'everyone-waits' })
  | (OfPerson & {
      readonly type: 'waiting-ended';
      readonly how: 'admitted' | 'turned-away' | 'gave-up' | 'room-closed' | 'account-disabled' | 'signed-out';
      readonly by: PersonId | null;
      /** Why the room closed. */
      readonly reason?: RoomCloseReason;
      readonly note?: string;
    })
  | (OfPerson & { readonly type: 'participant-joined'; readonly name: string; readonly role: RoomRole })
  | (OfPerson & { readonly type: 'participant-left'; readonly reason: LeaveReason; readonly by: PersonId | null })
  | (OfPerson & { readonly type: 'role-changed'; readonly role: RoomRole; readonly by: PersonId })
  | (OfPerson & { readonly type: 'permitted'; readonly capability: Capability; readonly allowed: boolean | null; readonly by: PersonId })
  | (OfPerson & { readonly type: 'hand-raised' })
  | (OfPerson & { readonly type: 'hand-lowered'; readonly by: PersonId })
  | (OfPerson & { readonly type: 'floor-given'; readonly by: PersonId })
  | (OfPerson & { readonly type: 'reaction-shown'; readonly reaction: Reaction })
  | (OfPerson & { readonly type: 'message-posted'; readonly message: ChatMessage })
  | (OfPerson & { readonly type: 'consented' })
  | (OfPerson & { readonly type: 'presence-check-answered'; readonly checkId: string });

/** A device comes, is lost, comes back, goes. */
export type ConnectionFact =
  /** `word` only of a device that came back with a key too late for its place. */
  | (OfConnection & { readonly type: 'connection-opened'; readonly device: string; readonly address: string; readonly word?: DeviceWord })
  | (OfConnection & { readonly type: 'connection-dropped'; readonly graceUntil: Instant; readonly line: LineEvidence })
  | (OfConnection & {
      readonly type: 'connection-resumed';
      readonly gapMs: number;
      readonly beside: LostBeside;
      readonly word: DeviceWord | null;
    })
  /** `beside` only after a drop that nobody came back from. */
  | (OfConnection & { readonly type: 'connection-closed'; readonly reason: LeaveReason; readonly beside: LostBeside | null })
  | (OfConnection & { readonly type: 'page-hidden' })
  | (OfConnection & { readonly type: 'page-shown' });

export type TrackFact =
  | (OfTrack & { readonly type: 'track-published'; readonly pausedBy: readonly PauseReason[] })
  | (OfTrack & { readonly type: 'track-paused'; readonly by: PauseReason; readonly byPerson: PersonId | null })
  /** `pausedBy` is what still holds; the track is live when it is empty. */
  | (OfTrack & { readonly type: 'track-resumed'; readonly pausedBy: readonly PauseReason[] })
  | (OfTrack & { readonly type: 'track-closed'; readonly reason: TrackCloseReason });

export type RecordingFact =
  | (InRoom & { readonly type: 'recording-started'; readonly recordingId: RecordingId; readonly by: PersonId | null })
  | (InRoom & { readonly type: 'recording-paused'; readonly recordingId: RecordingId; readonly by: PersonId | null })
  | (InRoom & { readonly type: 'recording-resumed'; readonly recordingId: RecordingId; readonly by: PersonId | null })
  /** For want of space cameras are left out, or captured again. */
  | (InRoom & { readonly type: 'recording-cameras-changed'; readonly recordingId: RecordingId; readonly captured: boolean })
  | (InRoom & {
      readonly type: 'recording-stopped';
      readonly recordingId: RecordingId;
      readonly by: PersonId | null;
      readonly reason: RecordingEndReason;
    });

/** Of a live track: `silent` is a microphone's; `black` (dark) and `frozen` (nothing moves, or nothing comes) are a picture's. */
export type Signal = 'fine' | 'silent' | 'black' | 'frozen';

export type MediaFact =
  | (InRoom & { readonly type: 'media-failed' })
  | (InRoom & { readonly type: 'media-restored' })
  | (InRoom & { readonly type: 'speakers-changed'; readonly speakers: readonly ParticipantId[] })
  | (OfPerson & { readonly type: 'quality-changed'; readonly quality: Quality })
  /** W40: of those who lead; begins as fine. `since`: from when on it was so. What is paused or closed has no signal any more, and no fact says so. */
  | (OfTrack & { readonly type: 'signal-changed'; readonly signal: Signal; readonly since: Instant })
  /** What the room does without for now, as the server is near what it can carry. */
  | (InRoom & { readonly type: 'pressure-changed'; readonly pressure: Pressure });

/** Written to the trace when nobody may be in the room any more; they travel on no bus. */
interface OfRegister {
  readonly lessonId: LessonId;
  readonly at: Instant;
}
export type RegisterFact =
  /** Who was expected, once the lesson is over: later changes of groups do not reach it. */
  | (OfRegister & {
      readonly type: 'roster-recorded';
      readonly people: readonly {
        readonly personId: PersonId;
        readonly role: 'teacher' | 'assistant' | 'student';
        readonly groupIds: readonly GroupId[];
      }[];
    })
  /** `verdict` null takes the correction back; `from` is what held before. */
  | (OfRegister & {
      readonly type: 'register-corrected';
      readonly personId: PersonId;
      readonly from: Verdict;
      readonly verdict: Verdict | null;
      readonly reason: string;
      readonly by: PersonId;
      readonly byName: string;
    })
  | (OfRegister & {
      readonly type: 'register-signed';
      readonly digest: string;
      /** The last entry of the trace that the signed register was judged from. */
      readonly judgedTo?: number;
      readonly rule: AttendanceRule;
      readonly by: PersonId;
      readonly byName: string;
    })
  | (OfRegister & { readonly type: 'register-reopened'; readonly reason: string; readonly by: PersonId; readonly byName: string })
  /** Milliseconds of class time; `live` while the lesson ran. */
  | (OfRegister & {
      readonly type: 'recording-watched';
      readonly personId: PersonId;
      readonly recordingId: RecordingId;
      readonly fromMs: number;
      readonly toMs: number;
      readonly live: boolean;
      /** When the last report of it came; missing in what was told by one report. */
      readonly toldAt?: Instant;
      /** How much of the lesson there was to watch by then; missing while the class ran, and in older entries. */
      readonly watchableMs?: number;
    });

/** What changed in the plan of a lesson that has not begun. They travel on a bus of their own: they are no part of a room's trace. */
interface OfPlan {
  readonly lessonId: LessonId;
  readonly at: Instant;
  /** Null: an import, or the calendar. */
  readonly by: PersonId | null;
  /** Why, in the words of who did it; may be empty. */
  readonly note: string;
}
export type TimetableFact =
  | (OfPlan & {
      readonly type: 'lesson-moved';
      readonly from: { readonly startsAt: Instant; readonly endsAt: Instant };
      readonly to: { readonly startsAt: Instant; readonly endsAt: Instant };
    })
  | (OfPlan & { readonly type: 'lesson-cancelled' })
  | (OfPlan & { readonly type: 'lesson-restored' })
  | (OfPlan & { readonly type: 'teacher-substituted'; readonly fromId: PersonId; readonly toId: PersonId })
  | (OfPlan & { readonly type: 'groups-changed'; readonly added: readonly GroupId[]; readonly removed: readonly GroupId[] })
  | (OfPlan & { readonly type: 'place-changed'; readonly fromId: PlaceId | null; readonly toId: PlaceId | null });

/** All that a lesson's trace can hold. */
export type TracedFact = Fact | RegisterFact;
export type Fact = RoomFact | ParticipantFact | ConnectionFact | TrackFact | RecordingFact | MediaFact;
export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;
type AnyFact = { readonly type: string };
export type FactListener<F extends AnyFact = Fact> = (fact: F) => void;

/** Delivers each fact to every listener, in the order of `app.ts`. A listener that throws is reported and harms no other. */
export class FactBus<F extends AnyFact = Fact> {
  readonly #listeners: { readonly name: string; readonly listener: FactListener<F> }[] = [];
  readonly #onError: (name: string, fact: F, error: unknown) => void;

  constructor(onError: (name: string, fact: F, error: unknown) => void) {
    this.#onError = onError;
  }

  listen(name: string, listener: FactListener<F>): void {
    this.#listeners.push({ name, listener });
  }

  publish(facts: readonly F[]): void {
    for (const fact of facts) {
      for (const { name, listener } of this.#listeners) {
        try {
          listener(fact);
        } catch (error) {
          this.#onError(name, fact, error);
        }
      }
    }
  }
}
