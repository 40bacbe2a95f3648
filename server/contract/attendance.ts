// The register made from a lesson's trace, the rules that judge in it, and corrections, as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { CourseId, Instant, LessonId, LocalDate, PersonId, RegisterRuleId } from './ids.ts';
import { DeviceWord, LineEvidence, LostBeside } from './line-evidence.ts';
import { LeaveReason } from './reasons.ts';
import { LessonKind } from './timetable.ts';

export const Verdict = z.enum([
  'present',
  'late',
  'left-early',
  'absent',
  'expected', // not judged yet, or cancelled
  'excused', // absent, with an excuse that holds
  'asynchronous', // absent from the class, and made up for it by watching, where the rule says so
  'not-held', // nobody of those who teach was there: nobody is judged
]);
export type Verdict = z.infer<typeof Verdict>;

export const Span = z.object({ from: Instant, to: Instant });
export type Span = z.infer<typeof Span>;

/** A stretch of presence. `endedBy` is null while it lasts. */
export const Interval = Span.extend({ endedBy: LeaveReason.nullable() });
export type Interval = z.infer<typeof Interval>;

/** A time between stays, or before the end, in which the person was not there. */
export const Gap = z.object({
  from: Instant,
  /** Null when the person did not come back. */
  to: Instant.nullable(),
  /** What ended the stay before; null while the grace period lasts. */
  endedBy: LeaveReason.nullable(),
  /** The person's own doing, the line's, the server's, or another's. */
  kind: z.enum(['own', 'network', 'server', 'shown-out']),
  line: LineEvidence.nullable(),
  beside: LostBeside.nullable(),
  word: DeviceWord.nullable(),
  /** Counted as presence, because the rule forgives it. */
  forgiven: z.boolean(),
});
export type Gap = z.infer<typeof Gap>;

export const CheckOutcome = z.enum([
  'answered',
  'missed',
  'not-there', // had not come, or had left of their own accord
  'no-line', // was lost, or came back too late to be asked: not held against them
  'running',
  'not-judged', // the check was withdrawn, or ended with the class or the server, before they answered
]);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** Why the verdict is what it is, in the order in which it was weighed; the client has words for each. */
export const Reason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('cancelled') }),
  z.object({ code: z.literal('not-held') }),
  z.object({ code: z.literal('never-came') }),
  z.object({ code: z.literal('may-still-come') }),
  z.object({ code: z.literal('is-there') }),
  z.object({ code: z.literal('came-in-time'), at: Instant }),
  z.object({ code: z.literal('came-late'), at: Instant, minutes: z.number(), limitMinutes: z.number() }),
  z.object({ code: z.literal('share-reached'), share: z.number(), needed: z.number() }),
  z.object({ code: z.literal('share-missed'), share: z.number(), needed: z.number() }),
  z.object({ code: z.literal('stayed-since-coming'), share: z.number(), needed: z.number() }),
  z.object({ code: z.literal('left-before-end'), minutes: z.number(), toleratedMinutes: z.number() }),
  z.object({ code: z.literal('gaps-forgiven'), minutes: z.number(), limitMinutes: z.number() }),
  z.object({ code: z.literal('checks-missed'), missed: z.number().int(), allowed: z.number().int() }),
  /** `of`: of what was recorded, where that is less than the lesson; missing: of the lesson. */
  z.object({
    ...{ code: z.literal('watched'), share: z.number(), needed: z.number(), withinDays: z.number().int() },
    of: z.literal('recorded').optional(),
  }),
  z.object({ code: z.literal('excused'), reason: z.string(), note: z.string() }),
  z.object({ code: z.literal('corrected') }),
]);
export type Reason = z.infer<typeof Reason>;

export const Correction = z.object({
  verdict: Verdict,
  /** In the words of who did it. */
  reason: z.string(),
  by: PersonId,
  byName: z.string(),
  at: Instant,
});
export type Correction = z.infer<typeof Correction>;

export const RegisterRow = z.object({
  personId: PersonId,
  name: z.string(),
  groups: z.array(z.string()),
  role: z.enum(['teacher', 'assistant', 'student', 'guest', 'observer']),
  /** False for people who came without being expected. */
  onRoster: z.boolean(),
  /** What holds: the correction's where there is one, else `computed`. */
  verdict: Verdict,
  computed: Verdict,
  why: z.array(Reason),
  /** The one that holds; withdrawn ones are in `Register.history`. */
  correction: Correction.nullable(),
  here: z.boolean(),
  /** Counted: live, within the lesson, forgiven gaps included. */
  minutes: z.number(),
  share: z.number(),
  firstJoinAt: Instant.nullable(),
  lastLeaveAt: Instant.nullable(),
  intervals: z.array(Interval),
  gaps: z.array(Gap),
  /** Losses of the line that were over within the grace period: presence went on (A2), and the evidence is kept. Within `intervals`. */
  lapses: z.array(Gap),
  /** Each counted apart, none of it presence. */
  lobby: z.array(Span),
  hidden: z.array(Span),
  hands: z.array(Span),
  microphone: z.array(Span),
  camera: z.array(Span),
  handsRaised: z.number().int(),
  messages: z.number().int(),
  microphoneMinutes: z.number(),
  cameraMinutes: z.number(),
  lobbyMinutes: z.number(),
  /** All devices of the person hidden at once, while present. */
  hiddenMinutes: z.number(),
  drops: z.number().int(),
  devices: z.number().int(),
  devicesAtOnce: z.number().int(),
  /** What was watched of the class while it ran, and of its recording afterwards: minutes of class, each counted once. */
  catchUpMinutes: z.number(),
  viewingMinutes: z.number(),
  checks: z.array(z.object({ checkId: z.string(), at: Instant, outcome: CheckOutcome, afterMs: z.number().int().nullable() })),
});
export type RegisterRow = z.infer<typeof RegisterRow>;

/** How a register judges. Rules A6 to A24 of the contract. */
export const AttendanceRule = z.object({
  lateAfterMinutes: z.number().int().min(0).max(600),
  presentFromShare: z.number().min(0).max(1),
  /** What the share is a share of: the lesson, or the time in which its teachers were there. */
  shareOf: z.enum(['lesson', 'teacher']).default('lesson'),
  /** Leaving this many minutes before the end still counts as staying to the end. */
  earlyLeaveMinutes: z.number().int().min(0).max(120).default(1),
  /** Gaps of the line and of the server that are shorter in all count as presence. */
  forgiveGapMinutes: z.number().int().min(0).max(120).default(0),
  /** What watching is worth: shown beside the register, or making up for absence when enough was watched in time. */
  viewing: z
    .discriminatedUnion('counts', [
      z.object({ counts: z.literal('apart') }),
      z.object({ counts: z.literal('asynchronous'), withinDays: z.number().int().min(1).max(180), fromShare: z.number().min(0.1).max(1) }),
    ])
    .default({ counts: 'apart' }),
  /** More missed presence checks than this make *left early*; null: they are only shown. */
  missedChecks: z.number().int().min(0).max(20).nullable().default(null),
});
export type AttendanceRule = z.infer<typeof AttendanceRule>;

export const RuleScope = z.discriminatedUnion('of', [
  z.object({ of: z.literal('university') }),
  z.object({ of: z.literal('kind'), kind: LessonKind }),
  z.object({ of: z.literal('course'), courseId: CourseId }),
]);
export type RuleScope = z.infer<typeof RuleScope>;

/** The narrowest scope wins: course, then kind, then university; of one scope the latest `validFrom` that is not after the lesson's day. */
export const RegisterRule = z.object({
  id: RegisterRuleId,
  scope: RuleScope,
  /** Of the course; empty else. */
  name: z.string(),
  validFrom: LocalDate,
  rule: AttendanceRule,
  changedAt: Instant,
  changedBy: z.string(),
});
export type RegisterRule = z.infer<typeof RegisterRule>;
export const RegisterRules = z.object({
  rules: z.array(RegisterRule),
  /** What holds where no rule does; from the configuration. */
  fallback: AttendanceRule,
  /** Scopes that the asking person may write. */
  mayWrite: z.object({ university: z.boolean(), courses: z.boolean() }),
});
export const NewRegisterRule = z.object({ scope: RuleScope, validFrom: LocalDate, rule: AttendanceRule });
export type NewRegisterRule = z.infer<typeof NewRegisterRule>;

/** What a rule would change in registers that are judged already and not signed: shown before it is saved. */
export const RuleDifference = z.object({
  lessons: z.number().int(),
  /** Left as they are, because they are signed. */
  signedLessons: z.number().int(),
  students: z.number().int(),
  changed: z.number().int(),
  /** From which verdict to which, how often. */
  moves: z.array(z.object({ from: Verdict, to: Verdict, count: z.number().int() })),
  samples: z.array(
    z.object({
      lessonId: LessonId,
      title: z.string(),
      startsAt: Instant,
      personId: PersonId,
      name: z.string(),
      from: Verdict,
      to: Verdict,
    }),
  ),
  /** False when there were more lessons than one preview reads; counts are of those read. */
  whole: z.boolean(),
});
export type RuleDifference = z.infer<typeof RuleDifference>;

/** Of a verdict by hand; null takes the correction back. The reason is appended to the trace, as everything here is. */
export const NewCorrection = z.object({
  verdict: z.enum(['present', 'late', 'left-early', 'absent', 'excused']).nullable(),
  reason: cleanName(500),
});
export type NewCorrection = z.infer<typeof NewCorrection>;
export const NewSignature = z.object({
  /** Of the register as the signer saw it; another answers `conflict`. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export const Reopening = z.object({ reason: cleanName(500) });

/** What was done to the register, oldest first. */
export const RegisterAct = z.object({
  at: Instant,
  by: PersonId,
  byName: z.string(),
  act: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('corrected'),
      personId: PersonId,
      name: z.string(),
      from: Verdict,
      to: Verdict.nullable(),
      reason: z.string(),
    }),
    z.object({ type: z.literal('signed'), digest: z.string() }),
    z.object({ type: z.literal('reopened'), reason: z.string() }),
  ]),
});
export type RegisterAct = z.infer<typeof RegisterAct>;

export const Register = z.object({
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  /** The instant up to which presence is counted. */
  asOf: Instant,
  final: z.boolean(),
  /** Whether the roster is the one recorded when the lesson was over, or today's. */
  rosterRecorded: z.boolean(),
  rule: AttendanceRule,
  /** Which rule it is; null for the configuration's. */
  ruleScope: RuleScope.nullable(),
  /** False when it is over and nobody who teaches came. */
  held: z.boolean(),
  /** When who teaches was there. */
  teaching: z.object({ firstAt: Instant.nullable(), delayMinutes: z.number(), minutes: z.number() }),
  signature: z.object({ by: PersonId, byName: z.string(), at: Instant, digest: z.string() }).nullable(),
  /** SHA-256, hex, of what would be signed now: rule and verdicts. */
  digest: z.string(),
  may: z.object({ correct: z.boolean(), sign: z.boolean(), reopen: z.boolean() }),
  history: z.array(RegisterAct),
  totals: z.object({
    expected: z.number().int(),
    here: z.number().int(),
    present: z.number().int(),
    late: z.number().int(),
    leftEarly: z.number().int(),
    absent: z.number().int(),
    excused: z.number().int(),
    asynchronous: z.number().int(),
  }),
  rows: z.array(RegisterRow),
});
export type Register = z.infer<typeof Register>;
