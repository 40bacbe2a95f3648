// Courses, groups and lessons as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { CourseId, DepartmentId, FacultyId, GroupId, Instant, LessonId, PersonId, PlaceId, SeriesId } from './ids.ts';
import { RtpCapabilities } from './media.ts';

export const LessonKind = z.enum([
  'lecture',
  'seminar',
  'laboratory',
  'guided-study', // independent work with the teacher (СӨЖ, СРСП)
  'consultation',
  'examination',
  'defence',
  'curator-hour',
  'meeting',
  'conference',
  'public-event',
]);
export type LessonKind = z.infer<typeof LessonKind>;

export const Capability = z.enum(['microphone', 'camera', 'screen', 'chat']);
export type Capability = z.infer<typeof Capability>;

/** How a lesson's room behaves; each kind of lesson has its defaults. */
export const RoomRules = z.object({
  /** What students may do from the start; the teacher can change it in class. */
  students: z.object({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean(), chat: z.boolean() }),
  /** Who waits until admitted, besides guests and people off the roster, who always do. */
  lobby: z.enum(['outsiders', 'everyone']),
  guests: z.boolean(),
  recording: z.enum(['manual', 'always', 'never']),
  /** Whether students may look back at the class while it runs. */
  rewind: z.boolean().default(true),
  capacity: z.number().int().min(2).max(1000),
});
export type RoomRules = z.infer<typeof RoomRules>;

/** Where the people of a lesson are: all in the browser, part of them in a place, or all in the place with the room as an offer. */
export const TeachingMode = z.enum(['online', 'hybrid', 'on-site']);
export type TeachingMode = z.infer<typeof TeachingMode>;

export const RoleInLesson = z.enum(['teacher', 'assistant', 'student', 'observer', 'none']);
export type RoleInLesson = z.infer<typeof RoleInLesson>;

export const LessonPhase = z.enum(['planned', 'door-open', 'running', 'ended', 'cancelled']);

/** A lesson as one person sees it. */
export const Lesson = z.object({
  id: LessonId,
  title: z.string(),
  kind: LessonKind,
  course: z.object({ id: CourseId, code: z.string(), title: z.string() }),
  groups: z.array(z.object({ id: GroupId, name: z.string() })),
  teacher: z.object({ id: PersonId, displayName: z.string() }),
  startsAt: Instant,
  /** The end that holds now: later than planned when the lesson was extended. */
  endsAt: Instant,
  /** When the door opens and closes for the asking person. */
  opensAt: Instant,
  closesAt: Instant,
  /** `ended` from the end on, although one may still enter until the door closes. */
  phase: LessonPhase,
  role: RoleInLesson,
  /** True when *Enter class* would be answered with a room token now. */
  canEnter: z.boolean(),
  canManage: z.boolean(),
  /** People in the live room now; 0 when it is not open. */
  here: z.number().int(),
  rosterSize: z.number().int(),
  rules: RoomRules,
  /** Those that the asking person may open. */
  recordings: z.number().int(),
  facultyId: FacultyId,
  /** Null when nobody needs to be anywhere. */
  place: z.object({ id: PlaceId, name: z.string(), building: z.string() }).nullable(),
  mode: TeachingMode,
  /** Null for a single lesson. */
  seriesId: SeriesId.nullable(),
  /** What differs from the plan by hand, for a mark on the lesson; empty when nothing does. */
  marks: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('moved'), from: Instant }),
      z.object({ type: z.literal('substituted'), teacherName: z.string() }),
      z.object({ type: z.literal('place-changed'), from: z.string().nullable() }),
      z.object({ type: z.literal('groups-changed') }),
    ]),
  ),
  /** What was said with the latest change; empty without one, and for who has nothing to do with the lesson. */
  note: z.string(),
});
export type Lesson = z.infer<typeof Lesson>;

export const LessonsQuery = z.object({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().nonnegative(),
  /** `mine` (default): lessons the person teaches, assists or is on the roster of; `all`: administrators, coordinators, observers. */
  scope: z.enum(['mine', 'all']).default('mine'),
  // Any of these asks for everybody's lessons of that kind, whatever the scope: the timetable is open to all who are signed in.
  groupId: GroupId.optional(),
  teacherId: PersonId.optional(),
  facultyId: FacultyId.optional(),
  courseId: CourseId.optional(),
  placeId: PlaceId.optional(),
  kind: LessonKind.optional(),
});
/** By start. `more` is true when there are more than fit into one answer: ask for a shorter span. */
export const Lessons = z.object({ now: Instant, timeZone: z.string(), lessons: z.array(Lesson), more: z.boolean().optional() });

export const NewLesson = z
  .object({
    courseId: CourseId,
    title: cleanName(200),
    kind: LessonKind,
    startsAt: Instant,
    endsAt: Instant,
    /** A teacher may only name themself; missing means the asking teacher. */
    teacherId: PersonId.optional(),
    groupIds: z.array(GroupId).max(40),
    /** Missing: the defaults of the kind. */
    rules: RoomRules.optional(),
    placeId: PlaceId.nullable().default(null),
    mode: TeachingMode.default('online'),
    /** As in LessonChangeRequest. */
    despiteConflicts: z.boolean().default(false),
  })
  .refine(
    (lesson) => lesson.endsAt > lesson.startsAt && lesson.endsAt - lesson.startsAt <= 12 * 3_600_000,
    'ends before it starts, or lasts over 12 hours',
  );
export type NewLesson = z.infer<typeof NewLesson>;

/** Later end of the lesson that runs now, at most 3 hours after the planned one. */
export const LessonExtension = z.object({ endsAt: Instant });

export const LessonEntered = z.object({
  roomToken: z.string(),
  url: z.string(),
  /** What every room offers: with it a browser makes its device ready before the join. */
  rtpCapabilities: RtpCapabilities,
});
export type LessonEntered = z.output<typeof LessonEntered>;

export const GuestLink = z.object({ url: z.string().nullable() });

/** What the form for a new lesson offers. */
export const TimetableChoices = z.object({
  courses: z.array(z.object({ id: CourseId, code: z.string(), title: z.string(), facultyId: FacultyId })),
  groups: z.array(z.object({ id: GroupId, name: z.string(), size: z.number().int() })),
  teachers: z.array(z.object({ id: PersonId, displayName: z.string() })),
  defaults: z.record(LessonKind, RoomRules),
});

/** Something to choose from while typing, found in the database: at most 20, best first. */
export const FindQuery = z.object({
  search: z.string().max(120).default(''),
  facultyId: FacultyId.optional(),
  /** Only this one, whatever the search: what an address names gets its name back. */
  id: z.string().max(64).optional(),
});
export const Found = z.object({ found: z.array(z.object({ id: z.string(), name: z.string(), detail: z.string() })) });

/** The page of a course, for its people and for whoever looks at the timetable. */
export const CoursePage = z.object({
  course: z.object({
    id: CourseId,
    code: z.string(),
    title: z.string(),
    credits: z.number().int().nullable(),
    faculty: z.object({ id: FacultyId, name: z.string() }),
    department: z.object({ id: DepartmentId, name: z.string() }).nullable(),
  }),
  teachers: z.array(z.object({ id: PersonId, displayName: z.string() })),
  groups: z.array(z.object({ id: GroupId, name: z.string() })),
  /** The one address that never changes: it leads to the lesson that runs, or to the next. */
  link: z.string(),
  role: RoleInLesson,
  /** Of all time, cancelled ones not counted. */
  lessons: z.object({ past: z.number().int(), coming: z.number().int() }),
});
/** The lesson that runs or whose door is open, else the next one, else null. */
export const CourseNow = z.object({ lesson: Lesson.nullable() });
/** Of the lessons that are over, newest first: a student's own verdicts, or for staff the totals. */
export const CourseAttendance = z.object({
  lessons: z.array(
    z.object({
      lessonId: LessonId,
      title: z.string(),
      startsAt: Instant,
      /** Null for staff. */
      own: z.object({ verdict: z.string(), minutes: z.number() }).nullable(),
      /** Null for students. */
      totals: z
        .object({
          roster: z.number().int(),
          present: z.number().int(),
          late: z.number().int(),
          leftEarly: z.number().int(),
          absent: z.number().int(),
        })
        .nullable(),
    }),
  ),
});
