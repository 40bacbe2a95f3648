// Weekly patterns of lessons, changes of single lessons, and what clashes with what, as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import {
  BellScheduleId,
  CourseId,
  FacultyId,
  GroupId,
  Instant,
  LessonId,
  LocalDate,
  LocalTime,
  PersonId,
  PlaceId,
  SeriesId,
  StreamId,
  TermId,
  Weekday,
} from './ids.ts';
import { LessonKind, RoomRules, TeachingMode } from './timetable.ts';

/** Which weeks of the term; numbers count from week 1. */
export const PatternWeeks = z.union([z.enum(['every', 'odd', 'even']), z.array(z.number().int().min(1).max(60)).min(1).max(60)]);
export type PatternWeeks = z.infer<typeof PatternWeeks>;

/** By the bells (`first` to `last`, so that a double lesson is one), or by the clock. */
export const PatternTime = z.discriminatedUnion('by', [
  z.object({ by: z.literal('bell'), scheduleId: BellScheduleId, first: z.number().int().min(1), last: z.number().int().min(1) }),
  z.object({ by: z.literal('clock'), startsAt: LocalTime, endsAt: LocalTime }),
]);
export type PatternTime = z.infer<typeof PatternTime>;

export const NewSeries = z.object({
  termId: TermId,
  courseId: CourseId,
  kind: LessonKind,
  title: cleanName(200),
  teacherId: PersonId,
  groupIds: z.array(GroupId).max(60),
  /** The groups of these take part as well, as they are on the day. */
  streamIds: z.array(StreamId).max(20),
  placeId: PlaceId.nullable(),
  mode: TeachingMode,
  weekday: Weekday,
  weeks: PatternWeeks,
  time: PatternTime,
  /** Null: from the beginning, to the end of the term. */
  fromOn: LocalDate.nullable(),
  untilOn: LocalDate.nullable(),
  /** Null: the defaults of the kind. */
  rules: RoomRules.nullable(),
});
export type NewSeries = z.infer<typeof NewSeries>;
export const SeriesChange = NewSeries.omit({ termId: true }).partial();
export type SeriesChange = z.infer<typeof SeriesChange>;

const Named = <T extends z.ZodType>(id: T) => z.object({ id, name: z.string() });
export const Series = z.object({
  id: SeriesId,
  externalId: z.string().nullable(),
  termId: TermId,
  course: z.object({ id: CourseId, code: z.string(), title: z.string(), facultyId: FacultyId }),
  kind: LessonKind,
  title: z.string(),
  teacher: z.object({ id: PersonId, displayName: z.string() }),
  groups: z.array(Named(GroupId)),
  streams: z.array(Named(StreamId)),
  place: Named(PlaceId).nullable(),
  mode: TeachingMode,
  weekday: Weekday,
  weeks: PatternWeeks,
  time: PatternTime,
  /** What the bells say now. */
  startsAt: LocalTime,
  endsAt: LocalTime,
  fromOn: LocalDate.nullable(),
  untilOn: LocalDate.nullable(),
  rules: RoomRules.nullable(),
  /** Lessons that are laid out, cancelled ones not counted. */
  lessons: z.number().int(),
});
export type Series = z.infer<typeof Series>;
export const SeriesQuery = z.object({
  termId: TermId.optional(),
  courseId: CourseId.optional(),
  groupId: GroupId.optional(),
  teacherId: PersonId.optional(),
  facultyId: FacultyId.optional(),
  search: z.string().max(120).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** By weekday and time. */
export const SeriesPage = z.object({ series: z.array(Series), next: z.string().nullable(), total: z.number().int() });

/** Two lessons at once that share somebody or something. */
export const Conflict = z.object({
  over: z.enum(['teacher', 'group', 'place']),
  /** Of the teacher, the group, or the place. */
  name: z.string(),
  /** The span that is asked for. */
  startsAt: Instant,
  endsAt: Instant,
  /** What is there already. */
  lesson: z.object({
    id: LessonId,
    title: z.string(),
    courseTitle: z.string(),
    teacherName: z.string(),
    groups: z.array(z.string()),
    startsAt: Instant,
    endsAt: Instant,
  }),
});
export type Conflict = z.infer<typeof Conflict>;
/** `details.conflicts` of a refusal `clash`: the first 50 by time; `details.total` says how many there are. */
export const Conflicts = z.object({ conflicts: z.array(Conflict), total: z.number().int() });

export const LessonChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('substitute'), teacherId: PersonId }),
  /** A missing place stays. */
  z.object({ type: z.literal('move'), startsAt: Instant, endsAt: Instant, placeId: PlaceId.nullable().optional() }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('restore') }),
  z.object({ type: z.literal('groups'), groupIds: z.array(GroupId).max(60) }),
  z.object({ type: z.literal('place'), placeId: PlaceId.nullable(), mode: TeachingMode }),
  z.object({ type: z.literal('rename'), title: cleanName(200) }),
]);
export type LessonChange = z.infer<typeof LessonChange>;

export const LessonChangeRequest = z.object({
  change: LessonChange,
  /** For the people of the lesson: why. Shown to them and sent with the notification. */
  note: z.string().trim().max(300).default(''),
  /** `following`: this lesson and all later ones of its series. */
  scope: z.enum(['this', 'following']).default('this'),
  /** Coordinators and administrators may save although something clashes; it is written in the audit log. */
  despiteConflicts: z.boolean().default(false),
});
export type LessonChangeRequest = z.infer<typeof LessonChangeRequest>;

/** What would happen; nothing has. */
export const LessonChangePreview = z.object({
  conflicts: z.array(Conflict),
  total: z.number().int(),
  lessons: z.number().int(),
  /** Who will be told. */
  people: z.number().int(),
  mayDespite: z.boolean(),
});

/** What has been changed on a lesson, newest first. */
export const LessonChanges = z.object({
  changes: z.array(
    z.object({
      at: Instant,
      by: z.string(),
      change: LessonChange,
      note: z.string(),
      /** Before and after, in words that need no look-up: names, instants. */
      before: z.record(z.string(), z.unknown()),
      after: z.record(z.string(), z.unknown()),
    }),
  ),
});
