// Reports of attendance over many lessons, as they cross the wire.
import { z } from 'zod';
import { Verdict } from './attendance.ts';
import { CourseId, FacultyId, GroupId, Instant, LessonId, LocalDate, PersonId } from './ids.ts';
import { LessonKind } from './timetable.ts';

/** The term is the usual choice; both days belong to it. Missing: the term of today. */
export const ReportQuery = z.object({ from: LocalDate.optional(), to: LocalDate.optional(), courseId: CourseId.optional() });
export type ReportQuery = z.infer<typeof ReportQuery>;
const Period = z.object({ from: LocalDate, to: LocalDate });

/**
 * Of judged lessons. Attended: present, late, left early, asynchronous. The share is attended of all but the excused; null of none.
 * `lessons` counts each lesson that was held once; of several students together, the verdicts count each student in each lesson.
 */
export const Tally = z.object({
  lessons: z.number().int(),
  present: z.number().int(),
  late: z.number().int(),
  leftEarly: z.number().int(),
  absent: z.number().int(),
  excused: z.number().int(),
  asynchronous: z.number().int(),
  share: z.number().min(0).max(1).nullable(),
  minutes: z.number(),
});
export type Tally = z.infer<typeof Tally>;

/** A week, by its Monday. */
export const Trend = z.array(z.object({ week: LocalDate, tally: Tally }));

/** How many lessons of a course were missed in a row, up to now. Three and more are a risk. */
export const riskFrom = 3;
export const Risk = z.object({ courseId: CourseId, courseTitle: z.string(), missedInRow: z.number().int(), since: Instant });
export type Risk = z.infer<typeof Risk>;

export const MatrixLesson = z.object({
  id: LessonId,
  title: z.string(),
  courseId: CourseId,
  courseTitle: z.string(),
  kind: LessonKind,
  startsAt: Instant,
  held: z.boolean(),
  signed: z.boolean(),
  tally: Tally,
});
export type MatrixLesson = z.infer<typeof MatrixLesson>;

/** Lessons by students. `cells` goes with `lessons`; null: was not expected there. */
export const Matrix = z.object({
  period: Period,
  /** Name of the group or the course. */
  title: z.string(),
  lessons: z.array(MatrixLesson),
  students: z.array(
    z.object({
      personId: PersonId,
      name: z.string(),
      groups: z.array(z.string()),
      cells: z.array(z.object({ verdict: Verdict, corrected: z.boolean() }).nullable()),
      tally: Tally,
      risks: z.array(Risk),
    }),
  ),
  total: Tally,
  trend: Trend,
});
export type Matrix = z.infer<typeof Matrix>;

export const StudentReport = z.object({
  period: Period,
  person: z.object({ id: PersonId, name: z.string(), groups: z.array(z.string()) }),
  total: Tally,
  courses: z.array(z.object({ courseId: CourseId, title: z.string(), tally: Tally, missedInRow: z.number().int() })),
  lessons: z.array(
    z.object({
      id: LessonId,
      title: z.string(),
      courseId: CourseId,
      courseTitle: z.string(),
      kind: LessonKind,
      startsAt: Instant,
      verdict: Verdict,
      corrected: z.boolean(),
      minutes: z.number(),
      share: z.number(),
    }),
  ),
  trend: Trend,
});
export type StudentReport = z.infer<typeof StudentReport>;

/** A teacher's own lessons: held or not, and how late they were begun. */
export const TeacherReport = z.object({
  period: Period,
  person: z.object({ id: PersonId, name: z.string() }),
  lessons: z.array(
    z.object({
      id: LessonId,
      title: z.string(),
      courseTitle: z.string(),
      kind: LessonKind,
      startsAt: Instant,
      held: z.boolean(),
      delayMinutes: z.number(),
      taughtMinutes: z.number(),
      plannedMinutes: z.number(),
      signed: z.boolean(),
      tally: Tally,
    }),
  ),
  held: z.number().int(),
  notHeld: z.number().int(),
  unsigned: z.number().int(),
  /** Begun five minutes late or more. */
  late: z.number().int(),
  averageDelayMinutes: z.number(),
  total: Tally,
  trend: Trend,
});
export type TeacherReport = z.infer<typeof TeacherReport>;

const line = <S extends z.ZodType>(id: S) => z.object({ id, name: z.string(), tally: Tally });
export const FacultyReport = z.object({
  period: Period,
  faculty: z.object({ id: FacultyId, name: z.string() }),
  total: Tally,
  heldLessons: z.number().int(),
  notHeldLessons: z.number().int(),
  unsignedLessons: z.number().int(),
  groups: z.array(line(GroupId)),
  courses: z.array(line(CourseId)),
  teachers: z.array(line(PersonId).extend({ held: z.number().int(), notHeld: z.number().int(), averageDelayMinutes: z.number() })),
  trend: Trend,
  atRisk: z.number().int(),
});
export type FacultyReport = z.infer<typeof FacultyReport>;

/** All faculties that the asking person sees. */
export const TermReport = z.object({
  period: Period,
  total: Tally,
  faculties: z.array(
    line(FacultyId).extend({
      heldLessons: z.number().int(),
      notHeldLessons: z.number().int(),
      unsignedLessons: z.number().int(),
      atRisk: z.number().int(),
    }),
  ),
  trend: Trend,
});
export type TermReport = z.infer<typeof TermReport>;

export const AtRiskQuery = z.object({
  facultyId: FacultyId.optional(),
  groupId: GroupId.optional(),
  courseId: CourseId.optional(),
  page: z.coerce.number().int().min(0).max(10_000).default(0),
});
export const AtRisk = z.object({
  students: z.array(z.object({ personId: PersonId, name: z.string(), groups: z.array(z.string()), risks: z.array(Risk) })),
  total: z.number().int(),
});

/** What one may open: for the choice on the page. */
export const ReportScopes = z.object({
  own: z.object({ student: z.boolean(), teacher: z.boolean() }),
  faculties: z.array(z.object({ id: FacultyId, name: z.string() })),
  /** That one teaches, or helps in, in the term of today; of the groups one sees these courses only. */
  courses: z.array(z.object({ id: CourseId, name: z.string() })),
  groups: z.array(z.object({ id: GroupId, name: z.string() })),
  /** Terms, for the period; newest first. */
  terms: z.array(z.object({ name: z.string(), from: LocalDate, to: LocalDate })),
});
export type ReportScopes = z.infer<typeof ReportScopes>;

/** A line of the electronic journal; its columns are described in `server/reports/README.md`. */
export const JournalLine = z.object({
  lessonId: LessonId,
  lessonExternalId: z.string().nullable(),
  date: LocalDate,
  startsAt: z.string(),
  endsAt: z.string(),
  courseCode: z.string(),
  courseTitle: z.string(),
  kind: LessonKind,
  group: z.string(),
  studentId: PersonId,
  studentExternalId: z.string().nullable(),
  studentName: z.string(),
  verdict: Verdict,
  minutes: z.number(),
  teacherName: z.string(),
  signedAt: z.string().nullable(),
});
export const JournalQuery = z.object({
  courseId: CourseId.optional(),
  groupId: GroupId.optional(),
  from: LocalDate,
  to: LocalDate,
  /** The `next` of the answer before. */
  after: z.string().max(200).optional(),
});
export const Journal = z.object({ lines: z.array(JournalLine), next: z.string().nullable() });
