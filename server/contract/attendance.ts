// The trace of a lesson and the register made from it, as they cross the wire.
import { z } from 'zod';
import { Instant, LessonId, PersonId } from './ids.ts';
import { LeaveReason } from './reasons.ts';

export const Verdict = z.enum(['present', 'late', 'left-early', 'absent', 'expected']);
export type Verdict = z.infer<typeof Verdict>;

/** A stretch of presence. `endedBy` is null while it lasts. */
export const Interval = z.object({ from: Instant, to: Instant, endedBy: LeaveReason.nullable() });
export type Interval = z.infer<typeof Interval>;

export const RegisterRow = z.object({
  personId: PersonId,
  name: z.string(),
  groups: z.array(z.string()),
  role: z.enum(['teacher', 'assistant', 'student', 'guest', 'observer']),
  /** False for people who came without being expected. */
  onRoster: z.boolean(),
  /** `expected` while the lesson has not ended and the person may still come. */
  verdict: Verdict,
  here: z.boolean(),
  minutes: z.number(),
  share: z.number(),
  firstJoinAt: Instant.nullable(),
  lastLeaveAt: Instant.nullable(),
  intervals: z.array(Interval),
  handsRaised: z.number().int(),
  messages: z.number().int(),
  microphoneMinutes: z.number(),
  cameraMinutes: z.number(),
  drops: z.number().int(),
  devices: z.number().int(),
});
export type RegisterRow = z.infer<typeof RegisterRow>;

export const AttendanceRule = z.object({ lateAfterMinutes: z.number().int().min(0), presentFromShare: z.number().min(0).max(1) });
export type AttendanceRule = z.infer<typeof AttendanceRule>;

export const Register = z.object({
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  /** The instant up to which presence is counted. */
  asOf: Instant,
  final: z.boolean(),
  rule: AttendanceRule,
  totals: z.object({
    expected: z.number().int(),
    here: z.number().int(),
    present: z.number().int(),
    late: z.number().int(),
    leftEarly: z.number().int(),
    absent: z.number().int(),
  }),
  rows: z.array(RegisterRow),
});
export type Register = z.infer<typeof Register>;
