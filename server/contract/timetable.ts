// Courses, groups and lessons as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { CourseId, FacultyId, GroupId, Instant, LessonId, PersonId } from './ids.ts';

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
  capacity: z.number().int().min(2).max(1000),
});
export type RoomRules = z.infer<typeof RoomRules>;

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
});
export type Lesson = z.infer<typeof Lesson>;

export const LessonsQuery = z.object({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().nonnegative(),
  /** `mine` (default): lessons the person teaches, assists or is on the roster of; `all`: administrators, coordinators, observers. */
  scope: z.enum(['mine', 'all']).default('mine'),
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
  })
  .refine(
    (lesson) => lesson.endsAt > lesson.startsAt && lesson.endsAt - lesson.startsAt <= 12 * 3_600_000,
    'ends before it starts, or lasts over 12 hours',
  );
export type NewLesson = z.infer<typeof NewLesson>;

/** Later end of the lesson that runs now, at most 3 hours after the planned one. */
export const LessonExtension = z.object({ endsAt: Instant });
export const LessonEntered = z.object({ roomToken: z.string(), url: z.string() });
export const GuestLink = z.object({ url: z.string().nullable() });

/** What the form for a new lesson offers. */
export const TimetableChoices = z.object({
  courses: z.array(z.object({ id: CourseId, code: z.string(), title: z.string(), facultyId: FacultyId })),
  groups: z.array(z.object({ id: GroupId, name: z.string(), size: z.number().int() })),
  teachers: z.array(z.object({ id: PersonId, displayName: z.string() })),
  defaults: z.record(LessonKind, RoomRules),
});

/** What a page of a list is asked by; `after` is the `next` of the page before. */
const Page = { search: z.string().max(120).optional(), after: z.string().max(400).optional() };

export const Faculty = z.object({ id: FacultyId, name: z.string() });
export type Faculty = z.infer<typeof Faculty>;
export const Faculties = z.object({ faculties: z.array(Faculty) });
export const NewFaculty = z.object({ name: cleanName(200) });

export const Course = z.object({
  id: CourseId,
  facultyId: FacultyId,
  code: z.string(),
  title: z.string(),
  /** People of the course itself; those of its lessons' groups come on top. */
  assistants: z.number().int(),
  students: z.number().int(),
});
export type Course = z.infer<typeof Course>;
export const CatalogueQuery = z.object({
  ...Page,
  facultyId: FacultyId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** `next` is null on the last page. */
export const Courses = z.object({ courses: z.array(Course), next: z.string().nullable(), total: z.number().int() });
export const NewCourse = z.object({ facultyId: FacultyId, code: cleanName(40), title: cleanName(200) });
export type NewCourse = z.infer<typeof NewCourse>;
/** A missing key stays as it is. */
export const CourseChange = NewCourse.partial();

export const Group = z.object({ id: GroupId, facultyId: FacultyId, name: z.string(), size: z.number().int() });
export type Group = z.infer<typeof Group>;
export const Groups = z.object({ groups: z.array(Group), next: z.string().nullable(), total: z.number().int() });
export const NewGroup = z.object({ facultyId: FacultyId, name: cleanName(80) });
export type NewGroup = z.infer<typeof NewGroup>;
export const GroupChange = z.object({ name: cleanName(80) });

export const Member = z.object({ id: PersonId, signInName: z.string(), displayName: z.string() });
export type Member = z.infer<typeof Member>;

/** At most 500; all or nothing. Names that nobody has are refused `import-faulty`, `line` being their place in the list. */
export const SignInNames = z.array(z.string().trim().min(1).max(200)).max(500);
export const GroupMembers = z.object({ members: z.array(Member) });
export const GroupMembersChange = z.object({ signInNames: SignInNames });
export const CoursePeople = z.object({ assistants: z.array(Member), students: z.array(Member) });
export const CoursePeopleChange = z.object({ assistants: SignInNames, students: SignInNames });
