// Who had trouble in class, when, and by what cause: quality histories of people, as they cross the wire (Z1–Z29).
import { z } from 'zod';
import { ConnectionId, CourseId, FacultyId, Instant, LessonId, ParticipantId, PersonId } from './ids.ts';
import { LadderReason, LadderStep } from './ladder.ts';
import { ClientPath, LimitedBy } from './quality-report.ts';
import { IceState, LeaveReason, LossCause } from './reasons.ts';
import { RoomRole } from './room.ts';

/** A history is made of steps of this length, on the clock: at full tens of seconds. */
export const stepMs = 10_000;

/** What a person noticed. */
export const TroubleKind = z.enum([
  'not-let-in', // asked to come in, and was refused
  'no-media', // in the room, and sound and picture found no way
  'dropped', // the line to the server was lost
  'loss', // packets were lost on the way to or from the person
  'sound-gaps', // of what was heard, parts were made up by the browser
  'frozen', // pictures stood still
  'delay', // long ways there and back
  'reduced', // less was sent than the page shows, as the line carries no more
  'slow-device', // the device could not keep up with making its pictures
]);
export type TroubleKind = z.infer<typeof TroubleKind>;

/** Worst last. */
export const Severity = z.enum(['slight', 'bad', 'unusable']);
export type Severity = z.infer<typeof Severity>;

export const Cause = z.enum([
  'rules', // was refused for a reason that the rules of joining give
  'own-line', // this person's line
  'own-device', // this person's computer or browser
  'network', // the network that this person is on, with others
  'teacher-line', // what those who lead sent arrived badly at the server
  'room', // everyone in this class, and not those of other classes
  'worker', // the media worker that carries this person
  'server', // everyone on the server
  'unclear',
]);
export type Cause = z.infer<typeof Cause>;

/** So many of so many. */
export const Counted = z.object({ troubled: z.number().int(), of: z.number().int() });
export type Counted = z.infer<typeof Counted>;

/** What speaks for the cause and against others, weightiest first; the client has a sentence for each. People are counted once, at the time of the trouble. */
export const Evidence = z.discriminatedUnion('code', [
  /** This network against all others. `network` is null for those who may not see addresses. */
  z.object({ code: z.literal('network'), network: z.string().nullable(), here: Counted, elsewhere: Counted }),
  z.object({ code: z.literal('worker'), worker: z.number().int(), here: Counted, elsewhere: Counted }),
  z.object({ code: z.literal('room'), here: Counted, elsewhere: Counted }),
  /** All people in all classes but this one person. */
  z.object({ code: z.literal('others'), others: Counted }),
  /** Shares from 0 to 1: lost of what those who lead sent. */
  z.object({ code: z.literal('teacher-loss'), share: z.number() }),
  /** In this share of the steps the device said that it could not keep up. */
  z.object({ code: z.literal('device-slow'), share: z.number() }),
  /** The sound had gaps, though hardly a packet was lost. */
  z.object({ code: z.literal('gaps-without-loss'), concealed: z.number(), loss: z.number() }),
  /** The line was lost so many times. */
  z.object({ code: z.literal('drops'), times: z.number().int(), cause: LossCause.nullable() }),
  /** A `RefusalCode`. */
  z.object({ code: z.literal('refused'), refusal: z.string() }),
  /** Media went by a relay, or by TCP: the network lets nothing better through. */
  z.object({ code: z.literal('way'), relay: z.boolean(), tcp: z.boolean() }),
  z.object({ code: z.literal('server-stopped') }),
  /** The media worker ended, and the room had to begin its media anew. */
  z.object({ code: z.literal('media-failed') }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** `isSure`: what speaks for it is many times what speaks against it. */
export const Hint = z.object({ cause: Cause, isSure: z.boolean(), evidence: z.array(Evidence) });
export type Hint = z.infer<typeof Hint>;

/** The worst of a stretch; null: not measured, or nothing of that kind. Shares from 0 to 1. */
export const WorstFigures = z.object({
  lossDown: z.number().nullable(),
  lossUp: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  jitterMs: z.number().nullable(),
  concealed: z.number().nullable(),
  /** Together, not the worst. */
  freezes: z.number().int(),
  frozenMs: z.number().int(),
  drops: z.number().int(),
  /** The least that was sent. */
  ladder: LadderStep,
});
export type WorstFigures = z.infer<typeof WorstFigures>;

export const DiagnosedPerson = z.object({ id: PersonId, name: z.string(), role: RoomRole.nullable() });
export type DiagnosedPerson = z.infer<typeof DiagnosedPerson>;

export const DiagnosedLesson = z.object({
  id: LessonId,
  title: z.string(),
  course: z.object({ id: CourseId, code: z.string(), title: z.string(), facultyId: FacultyId }),
  startsAt: Instant,
  endsAt: Instant,
});
export type DiagnosedLesson = z.infer<typeof DiagnosedLesson>;

/** A time in which one person in one lesson had trouble, without a pause of more than half a minute. */
export const Trouble = z.object({
  /** Of this stretch in this answer; not kept anywhere. */
  id: z.string(),
  person: DiagnosedPerson,
  lesson: DiagnosedLesson,
  from: Instant,
  to: Instant,
  /** It had not ended when this was asked. */
  isNow: z.boolean(),
  /** In the order of `TroubleKind`, none twice. */
  kinds: z.array(TroubleKind).min(1),
  severity: Severity,
  worst: WorstFigures,
  /** Like `Chrome, Windows`; empty when the device did not say. */
  device: z.string(),
  /** IPv4 /24 or IPv6 /48; null for those who may not see addresses, and when it is not known. */
  network: z.string().nullable(),
  /** Process id of the media worker. */
  worker: z.number().int().nullable(),
  hint: Hint,
});
export type Trouble = z.infer<typeof Trouble>;

/** The minutes of later times are no numbers that PostgreSQL keeps in four bytes. */
const latest = (2 ** 31 - 1) * 60_000;
const Asked = {
  from: z.coerce.number().int().min(0).max(latest),
  /** Not included. At most 36 hours after `from`, unless a person or a lesson is named: then 31 days. */
  to: z.coerce.number().int().min(0).max(latest),
  personId: PersonId.optional(),
  lessonId: LessonId.optional(),
  /** Like 10.1.2.0/24, or any address in it. Refused (`not-allowed`) to those who may not see addresses. */
  network: z.string().trim().max(64).optional(),
  /** In people's names, and in codes and titles of courses. */
  search: z.string().trim().max(120).optional(),
};

export const TroublesQuery = z.object({
  ...Asked,
  kind: TroubleKind.optional(),
  /** This bad, or worse. */
  severity: Severity.optional(),
  /** The `next` of the page before. */
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type TroublesQuery = z.infer<typeof TroublesQuery>;

/** How many of the people there had trouble, in the whole time that was asked for, whatever the page. At most 12 of each, worst first. */
export const TroubleOverview = z.object({
  people: Counted,
  /** Empty for those who may not see addresses. */
  networks: z.array(Counted.extend({ network: z.string() })),
  workers: z.array(Counted.extend({ worker: z.number().int() })),
  lessons: z.array(Counted.extend({ lesson: DiagnosedLesson })),
});
export type TroubleOverview = z.infer<typeof TroubleOverview>;

/** Newest first. `next` is null on the last page. */
export const Troubles = z.object({
  now: Instant,
  /** Since when histories are kept; nothing is known of the time before. */
  keptSince: Instant,
  /** Whether the one who asks may see addresses and search by them. */
  seesNetworks: z.boolean(),
  overview: TroubleOverview,
  troubles: z.array(Trouble),
  next: z.string().nullable(),
  /** More was found than is looked through at a time: ask for a shorter time. */
  isCut: z.boolean(),
});
export type Troubles = z.infer<typeof Troubles>;

/** One person in one lesson, with trouble or without. */
export const StayLine = z.object({
  person: DiagnosedPerson,
  lesson: DiagnosedLesson,
  from: Instant,
  to: Instant,
  devices: z.array(z.string()),
  networks: z.array(z.string()),
  /** Steps of 10 s in which something was measured, and how many of these had trouble. */
  steps: z.number().int(),
  troubled: z.number().int(),
  severity: Severity.nullable(),
  refusals: z.number().int(),
});
export type StayLine = z.infer<typeof StayLine>;

export const StaysQuery = z.object({
  ...Asked,
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
/** Worst first within a lesson, later lessons first. */
export const Stays = z.object({
  now: Instant,
  seesNetworks: z.boolean(),
  stays: z.array(StayLine),
  next: z.string().nullable(),
  isCut: z.boolean(),
});

/** What the browser told of 10 s; null: it told nothing of it. */
export const DeviceFigures = z.object({
  /** Of what was heard, the share that was made up. */
  concealed: z.number().nullable(),
  jitterMs: z.number().nullable(),
  /** Of pictures that were shown. */
  freezes: z.number().int(),
  frozenMs: z.number().int(),
  /** How many, and of the largest one: lines, and pictures a second. */
  pictures: z.number().int(),
  height: z.number().int().nullable(),
  fps: z.number().nullable(),
  /** What held back the own picture. */
  limitedBy: LimitedBy.nullable(),
  /** Height of the largest own picture as it is sent. */
  sentHeight: z.number().int().nullable(),
});
export type DeviceFigures = z.infer<typeof DeviceFigures>;

/** How the media went, as far as it is known. */
export const Way = z.object({
  protocol: z.enum(['udp', 'tcp']).nullable(),
  /** As the browser says: its own candidate, whether a relay lies between, and the network it is on. */
  client: ClientPath.nullable(),
});
export type Way = z.infer<typeof Way>;

export const Step = z.object({
  /** The beginning of the 10 s. */
  at: Instant,
  /** Index in `connections`. */
  connection: z.number().int(),
  ice: IceState,
  lossDown: z.number().nullable(),
  lossUp: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  /** Of what arrives from the device. */
  jitterMs: z.number().nullable(),
  downBps: z.number().nullable(),
  upBps: z.number().nullable(),
  /** What the line was given, and why no more. */
  ladder: LadderStep,
  ladderWhy: LadderReason,
  device: DeviceFigures.nullable(),
  way: Way,
  worker: z.number().int().nullable(),
  kinds: z.array(TroubleKind),
  severity: Severity.nullable(),
});
export type Step = z.infer<typeof Step>;

export const StayConnection = z.object({
  connectionId: ConnectionId,
  device: z.string(),
  network: z.string().nullable(),
  openedAt: Instant,
  /** Null while it lasts. */
  closedAt: Instant.nullable(),
  closedBy: LeaveReason.nullable(),
});
export type StayConnection = z.infer<typeof StayConnection>;

const Event = { at: Instant };
const OfConnection = { ...Event, connection: z.number().int() };
/** What happened, from the trace of the lesson and from refusals. `connection`: index in `connections`. */
export const StayEvent = z.discriminatedUnion('type', [
  /** `where`: at the token for the room, or at its door. `times`: the same refusal again within a minute. */
  z.object({
    ...Event,
    type: z.literal('refused'),
    where: z.enum(['token', 'door']),
    refusal: z.string(),
    times: z.number().int(),
    device: z.string(),
  }),
  z.object({ ...Event, type: z.literal('waiting-began') }),
  z.object({ ...Event, type: z.literal('waiting-ended'), how: z.string() }),
  z.object({ ...Event, type: z.literal('joined'), role: RoomRole }),
  z.object({ ...Event, type: z.literal('left'), reason: LeaveReason }),
  z.object({ ...OfConnection, type: z.literal('opened') }),
  z.object({ ...OfConnection, type: z.literal('dropped'), cause: LossCause, ice: IceState, lossPercent: z.number().nullable() }),
  z.object({ ...OfConnection, type: z.literal('resumed'), gapMs: z.number() }),
  z.object({ ...OfConnection, type: z.literal('closed'), reason: LeaveReason }),
  z.object({ ...OfConnection, type: z.literal('page-hidden') }),
  z.object({ ...OfConnection, type: z.literal('page-shown') }),
  /** Of the whole room. */
  z.object({ ...Event, type: z.literal('media-failed') }),
  z.object({ ...Event, type: z.literal('media-restored') }),
]);
export type StayEvent = z.infer<typeof StayEvent>;

/** One person's stay in one lesson, with trouble or without. All in the order of time. */
export const Stay = z.object({
  now: Instant,
  seesNetworks: z.boolean(),
  person: DiagnosedPerson.extend({ participantId: ParticipantId.nullable() }),
  lesson: DiagnosedLesson,
  connections: z.array(StayConnection),
  events: z.array(StayEvent),
  steps: z.array(Step),
  troubles: z.array(Trouble),
});
export type Stay = z.infer<typeof Stay>;
