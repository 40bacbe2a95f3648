// The live room as it crosses the wire: views, requests and what a joining client is given.
import { z } from 'zod';
import { Pressure } from './capacity.ts';
import { ChatMessage } from './chat.ts';
import { ConnectionId, Instant, LessonId, MessageId, ParticipantId, PersonId, RecordingId, RecordingMarkId, TrackId } from './ids.ts';
import { ReceivedBytes } from './ladder.ts';
import { DeviceWord } from './line-evidence.ts';
import { IceServer, JoinMedia, RtpCapabilities, TrackSource, TransportParameters } from './media.ts';
import { CheckResult, CheckView, PlannedCheck } from './presence-check.ts';
import { PauseReason } from './reasons.ts';
import { MarkKind, MarkText } from './recording-page.ts';
import { Capability, LessonKind } from './timetable.ts';

export const RoomRole = z.enum(['teacher', 'assistant', 'student', 'guest', 'observer']);
export type RoomRole = z.infer<typeof RoomRole>;

/** What a participant may do to the room or to others; `participant/rights.ts` says who may. */
export const Action = z.enum([
  'speak',
  'show-camera',
  'share-screen',
  'chat',
  'raise-hand',
  'react',
  'see-waiting',
  'admit',
  'mute',
  'forbid',
  'lower-hand',
  'remove',
  'lock',
  'hand-over-lead',
  'record',
  'extend',
  'end-class',
  'see-register',
  'check-presence',
  'see-quality',
]);
export type Action = z.infer<typeof Action>;

export const Quality = z.enum(['good', 'fair', 'bad', 'unknown']);
export type Quality = z.infer<typeof Quality>;

export const TrackView = z.object({
  id: TrackId,
  source: TrackSource,
  /** Empty while the track is live. */
  pausedBy: z.array(PauseReason),
});
export type TrackView = z.infer<typeof TrackView>;

export const ParticipantView = z.object({
  id: ParticipantId,
  personId: PersonId,
  name: z.string(),
  role: RoomRole,
  joinedAt: Instant,
  /** `dropped`: all lines are lost, the seat is kept. */
  presence: z.enum(['here', 'dropped']),
  devices: z.number().int(),
  /** When the hand went up; the queue is ordered by it. */
  handRaisedAt: Instant.nullable(),
  /** What the participant may send just now, all rules taken together. */
  may: z.record(Capability, z.boolean()),
  tracks: z.array(TrackView),
});
export type ParticipantView = z.infer<typeof ParticipantView>;

export const RecordingView = z.object({
  state: z.enum(['off', 'recording', 'paused']),
  recordingId: RecordingId.nullable(),
  startedAt: Instant.nullable(),
  /** Space runs out: cameras are not captured any more, sound and screens are. */
  withoutCameras: z.boolean(),
});
export type RecordingView = z.infer<typeof RecordingView>;

export const RoomView = z.object({
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  kind: LessonKind,
  startsAt: Instant,
  endsAt: Instant,
  /** The door: after this the class is closed by the server. */
  closesAt: Instant,
  /** Who leads the class now. */
  leadId: PersonId,
  locked: z.boolean(),
  /** What students may send, unless someone is allowed or forbidden by name. */
  students: z.record(Capability, z.boolean()),
  /** False while no teacher or assistant is here: microphones, cameras and screens of students are off. */
  supervised: z.boolean(),
  recording: RecordingView,
  recordingRule: z.enum(['manual', 'always', 'never']),
  /** Whether students may look back while the class runs; teachers and assistants always may. */
  rewind: z.boolean(),
  capacity: z.number().int(),
});
export type RoomView = z.infer<typeof RoomView>;

export const WaitingView = z.object({
  participantId: ParticipantId,
  name: z.string(),
  since: Instant,
  /** Why this person waits. */
  why: z.enum(['guest', 'not-on-roster', 'everyone-waits']),
});
export type WaitingView = z.infer<typeof WaitingView>;

/** The answer to a join and to a resume alike: all that a client needs to draw the room. */
export const RoomSnapshot = z.object({
  protocol: z.number().int(),
  now: Instant,
  self: z.object({
    participantId: ParticipantId,
    connectionId: ConnectionId,
    /** Brings this device back to its seat after a lost line. Secret. */
    resumeKey: z.string(),
    role: RoomRole,
    actions: z.array(Action),
  }),
  room: RoomView,
  /** In a large room only those whom a page shows at once; `room:rest` answers everybody. */
  participants: z.array(ParticipantView),
  /** How many are in the room, whether they are told above or not. */
  people: z.number().int(),
  /** Only for those who may see them; else empty. */
  waiting: z.array(WaitingView),
  speakers: z.array(ParticipantId),
  /** What the room does without for now. */
  pressure: Pressure,
  /** The presence check that runs; null when none does. */
  check: CheckView.nullable(),
  /** Only for those who may check presence; else null. */
  checkResult: CheckResult.nullable(),
  plannedCheck: PlannedCheck.nullable(),
  media: z.object({
    rtpCapabilities: RtpCapabilities,
    iceServers: z.array(IceServer),
    /** Opened because the join brought what it needs; else null, and to be asked for by `media:open`. */
    receive: TransportParameters.nullable(),
  }),
  /** True when the seat was kept: media and hand are as they were. */
  resumed: z.boolean(),
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;

/** What may come after the picture. */
export const RestOfRoom = z.object({
  /** Empty when the snapshot held everybody. */
  participants: z.array(ParticipantView),
  /** The latest 200 messages, of those after the one that was named. */
  chat: z.array(ChatMessage),
});
export type RestOfRoom = z.infer<typeof RestOfRoom>;

export const Join = z.object({
  protocol: z.number().int(),
  /** How the device calls itself, for the list of devices: "Chrome, Windows". */
  device: z.string().max(80),
  /** The person was told that the class may be recorded, and agreed. Needed unless the lesson is never recorded. */
  consent: z.boolean(),
  resumeKey: z.string().max(200).optional(),
  /** Of a device that comes back: what it knows of its gap. */
  word: DeviceWord.optional(),
  /** Missing: the device keeps its way to receive, or opens one later. */
  media: JoinMedia.optional(),
});
export type Join = z.infer<typeof Join>;
export const Joined = z.discriminatedUnion('state', [
  z.object({ state: z.literal('in'), snapshot: RoomSnapshot }),
  /** In the lobby; the notice `admitted` tells when to join again. */
  z.object({ state: z.literal('waiting'), room: z.object({ title: z.string(), courseTitle: z.string() }) }),
]);
export type Joined = z.infer<typeof Joined>;

export const Reaction = z.enum(['thumbs-up', 'applause', 'heart', 'laugh', 'surprise', 'thinking', 'yes', 'no']);
export type Reaction = z.infer<typeof Reaction>;

/** One participant, or all students and guests. */
export const Target = z.union([z.object({ participantId: ParticipantId }), z.object({ all: z.literal(true) })]);
export type Target = z.infer<typeof Target>;

export const Nothing = z.object({});

export const roomRequests = {
  'room:join': { input: Join, output: Joined },
  /** Whether the page is to be seen; said when it changes, and after each join when it is not. */
  'room:page-seen': { input: z.object({ seen: z.boolean() }), output: Nothing },
  /** `packed`: a `RestOfRoom` as JSON, deflated (RFC 1951), where it is long. */
  'room:rest': {
    input: z.object({ chatAfter: MessageId.optional() }),
    output: z.union([RestOfRoom, z.object({ packed: ReceivedBytes })]),
  },
  'room:leave': { input: Nothing, output: Nothing },
  'room:raise-hand': { input: z.object({ raised: z.boolean() }), output: Nothing },
  'room:react': { input: z.object({ reaction: Reaction }), output: Nothing },
  'room:lower-hand': { input: Target, output: Nothing },
  /** Lowers the hand and permits the microphone; whether it goes on is its owner's own decision. */
  'room:give-floor': { input: z.object({ participantId: ParticipantId }), output: Nothing },
  /** Mutes microphones; the owners may unmute unless forbidden. */
  'room:mute': { input: Target, output: Nothing },
  /** `allowed: null` gives the participant back to the rule for all students. With `all` it changes that rule. */
  'room:permit': { input: z.object({ target: Target, capability: Capability, allowed: z.boolean().nullable() }), output: Nothing },
  'room:admit': { input: Target, output: Nothing },
  'room:turn-away': { input: z.object({ participantId: ParticipantId }), output: Nothing },
  /** Out with all devices, and kept out until the lesson is over. */
  'room:remove': { input: z.object({ participantId: ParticipantId }), output: Nothing },
  'room:lock': { input: z.object({ locked: z.boolean() }), output: Nothing },
  'room:hand-over-lead': { input: z.object({ participantId: ParticipantId }), output: Nothing },
  'room:extend': { input: z.object({ minutes: z.number().int().min(5).max(60) }), output: z.object({ closesAt: Instant }) },
  'room:end': { input: Nothing, output: Nothing },
  'recording:start': { input: Nothing, output: Nothing },
  'recording:pause': { input: Nothing, output: Nothing },
  'recording:resume': { input: Nothing, output: Nothing },
  'recording:stop': { input: Nothing, output: Nothing },
  /** A moment to be found again, at the time when the server hears of it. Refused with `conflict` while nothing is captured. */
  'recording:mark': { input: z.object({ kind: MarkKind, text: MarkText }), output: z.object({ id: RecordingMarkId, atMs: z.number() }) },
  'recording:allow-rewind': { input: z.object({ allowed: z.boolean() }), output: Nothing },
} as const;
