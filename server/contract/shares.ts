// The shares of distance teaching as they cross the wire: hours and credits taught here, against the limits of the field of study.
import { z } from 'zod';
import { FieldOfStudy } from './catalogue.ts';
import { FacultyId, Instant, ProgrammeId, SeriesId, TermId } from './ids.ts';
import { NewSeries } from './planning.ts';
import { NewLesson } from './timetable.ts';

/** `near` begins at the setting `shares.warnAtPercent` of the limit; `unknown` where the curriculum's hours are not known. */
export const ShareState = z.enum(['ok', 'near', 'over', 'unknown']);
export type ShareState = z.infer<typeof ShareState>;

export const ShareBy = z.enum(['course', 'programme', 'student']);
export type ShareBy = z.infer<typeof ShareBy>;

export const SharesQuery = z.object({
  by: ShareBy.default('course'),
  /** Missing: the term that runs, else the next one, else the last. */
  termId: TermId.optional(),
  /** Of the course; of the programme; of the student’s group. */
  facultyId: FacultyId.optional(),
  /** Of the groups that take the course; of the student’s groups. */
  programmeId: ProgrammeId.optional(),
  state: ShareState.optional(),
  search: z.string().max(120).optional(),
  /** `share`: highest first, unknown ones last. */
  sort: z.enum(['share', 'name']).default('share'),
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const Share = z.object({
  /** Of the curriculum, distance or not. Null when it is not known of a single course. */
  plannedHours: z.number().nullable(),
  /** Online and hybrid, `held` and `coming` together. Hours are academic ones. */
  hoursHere: z.number(),
  held: z.number(),
  coming: z.number(),
  /** Of the courses whose hours are known. */
  credits: z.number().nullable(),
  creditsHere: z.number().nullable(),
  /** Of a course: of its hours. Of a programme or a student: of the credits, else of the hours where credits are not known. */
  percent: z.number().nullable(),
  /** Of several fields the strictest. */
  field: FieldOfStudy,
  limitPercent: z.number(),
  state: ShareState,
});
export type Share = z.infer<typeof Share>;

export const ShareRow = Share.extend({
  /** Of the course, programme or person. */
  id: z.string(),
  name: z.string(),
  /** A course’s or programme’s code; a student’s groups. */
  detail: z.string(),
  faculty: z.object({ id: FacultyId, name: z.string() }).nullable(),
  /** How many courses are counted, and of how many the hours are not known. */
  courses: z.number().int(),
  coursesUnknown: z.number().int(),
});
export type ShareRow = z.infer<typeof ShareRow>;

export const Shares = z.object({
  /** Null while the calendar has no term; then there are no rows. */
  term: z.object({ id: TermId, name: z.string() }).nullable(),
  terms: z.array(z.object({ id: TermId, name: z.string() })),
  /** The hours are counted up to some minutes ago. */
  asOf: Instant,
  hourMinutes: z.number(),
  warnAtPercent: z.number(),
  rows: z.array(ShareRow),
  next: z.string().nullable(),
  total: z.number().int(),
  /** Of all rows that the query finds, whatever its `state`. */
  states: z.object({ ok: z.number().int(), near: z.number().int(), over: z.number().int(), unknown: z.number().int() }),
});

/** A student's own, in the term that runs, else in the next, else in the last; a null `share` is of who is taught nothing in it. */
export const OwnShare = z.object({
  term: Shares.shape.term,
  share: Share.extend({ courses: ShareRow.shape.courses, coursesUnknown: ShareRow.shape.coursesUnknown }).nullable(),
});

/** The form as it would be saved. `seriesId`, when it changes a weekly pattern that there is. */
export const SharesPreviewRequest = z.discriminatedUnion('of', [
  z.object({ of: z.literal('series'), series: NewSeries, seriesId: SeriesId.optional() }),
  z.object({ of: z.literal('lesson'), lesson: NewLesson }),
]);
/** What the course’s share is, and would become; both null outside of every term. */
export const SharesPreview = z.object({ before: Share.nullable(), after: Share.nullable() });
