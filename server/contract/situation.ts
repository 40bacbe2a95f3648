// The situation centre's board as it crosses the wire: how each lesson of the timetable goes, or went, and what each day and week came to.
import { z } from 'zod';
import { CourseId, FacultyId, Instant, LessonId, LocalDate, PersonId } from './ids.ts';
import { TrackSource } from './media.ts';
import { LessonKind, TeachingMode } from './timetable.ts';

/**
 * `planned`: its start has not come. `not-begun`: its start is past and no teacher has come yet. `running`: begun, whoever is there now.
 * `on-site`: held in a place, and nobody opened its room: nothing is known of it, and nothing is missing. `over`: was held to its end.
 * `not-held`: is over and no teacher came. `unknown`: is over, and nothing tells whether it was held.
 */
export const SituationState = z.enum([
  'planned',
  'not-begun',
  'running',
  'on-site',
  'over',
  'ended-early',
  'not-held',
  'cancelled',
  'unknown',
]);
export type SituationState = z.infer<typeof SituationState>;

/** Worst first. */
export const TroubleKind = z.enum([
  'teacher-absent', // since the planned start; with an end: came so late
  'teacher-gone', // was there, and is not any more
  'media-failed', // the media of the room are down
  'no-sound', // the teacher's microphone is on, and nothing comes from it
  'nobody-heard', // the teacher is there, and nobody said a word for long
  'black', // the picture of the teacher's camera or screen
  'frozen',
  'not-recorded', // although the lesson is always recorded
  'recording-stopped', // in the middle, and not because somebody wanted it
  'no-students', // the teacher waits, and nobody who is expected has come
  'ended-early', // from the end to the planned one
]);
export type TroubleKind = z.infer<typeof TroubleKind>;

export const Trouble = z.object({
  kind: TroubleKind,
  since: Instant,
  /** Null: goes on. */
  until: Instant.nullable(),
  /** Of `no-sound`, `black` and `frozen`; else null. */
  source: TrackSource.nullable(),
});
export type Trouble = z.infer<typeof Trouble>;

/** What differs from the plan. */
export const SituationMark = z.discriminatedUnion('type', [
  z.object({ type: z.literal('moved'), from: Instant }),
  /** Who was to teach before. */
  z.object({ type: z.literal('substituted'), teacherName: z.string() }),
  z.object({ type: z.literal('place-changed'), from: z.string().nullable() }),
  z.object({ type: z.literal('groups-changed') }),
  /** The end as it was planned. */
  z.object({ type: z.literal('extended'), from: Instant }),
]);
export type SituationMark = z.infer<typeof SituationMark>;

export const SituationLesson = z.object({
  lessonId: LessonId,
  title: z.string(),
  kind: LessonKind,
  mode: TeachingMode,
  course: z.object({ id: CourseId, code: z.string(), title: z.string() }),
  facultyId: FacultyId,
  place: z.object({ name: z.string(), building: z.string() }).nullable(),
  groups: z.array(z.string()),
  /** Who is to teach by the plan that holds now. */
  teacher: z.object({ id: PersonId, displayName: z.string() }),
  /** Who led it in fact, when it was somebody else; else null. */
  ledBy: z.string().nullable(),
  startsAt: Instant,
  /** The end that holds now: later than planned when the lesson was extended. */
  endsAt: Instant,
  marks: z.array(SituationMark),
  state: SituationState,
  /** When a teacher was first there, though not before the planned start; null: not yet, never, or not known. */
  begunAt: Instant.nullable(),
  /** When it ended in fact; null: has not, or not known. */
  endedAt: Instant.nullable(),
  /** Of those who are expected: there now. 0 when the room is not open. */
  here: z.number().int(),
  /** Of those who are expected: were there at any time; null: not known. */
  came: z.number().int().nullable(),
  /** Students by the roster. */
  expected: z.number().int(),
  /** `recorded`: it is not recorded now, and something was. */
  recording: z.enum(['none', 'recording', 'paused', 'recorded']),
  /** The lesson's rule is to record always. */
  recordingDue: z.boolean(),
  /** By kind, worst first, then by time; those that are over too. */
  troubles: z.array(Trouble),
  /** Who asks would come in as an observer, and the door is open just now: POST /api/lessons/{id}/enter answers a token. */
  mayObserve: z.boolean(),
});
export type SituationLesson = z.infer<typeof SituationLesson>;

const Narrowed = z.object({
  facultyId: FacultyId.optional(),
  building: z.string().max(200).optional(),
  kind: LessonKind.optional(),
});

/** `at` missing: now, with what begins within a quarter of an hour. Else all lessons that ran, or were to run, at that moment. */
export const SituationQuery = Narrowed.extend({ at: z.coerce.number().int().nonnegative().optional() });
export type SituationQuery = z.infer<typeof SituationQuery>;

/** After so many minutes the board speaks of trouble. */
export const SituationSettings = z.object({
  teacherAbsentMinutes: z.number(),
  nobodyHeardMinutes: z.number(),
  endedEarlyMinutes: z.number(),
});
export type SituationSettings = z.infer<typeof SituationSettings>;

/** Who in a class sees that somebody observes it (setting `room.observersTold`); other observers always do. */
export const ObserversTold = z.enum(['everyone', 'teachers', 'nobody']);
export type ObserversTold = z.infer<typeof ObserversTold>;

/** The answer carries an ETag: asked again with If-None-Match (browsers do so by themselves) it is 304 while nothing changed. */
export const Situation = z.object({
  /** The server's clock when this was put together; minutes of what goes on count from here on. */
  madeAt: Instant,
  /** The moment that was asked for; null: now. */
  at: Instant.nullable(),
  timeZone: z.string(),
  settings: SituationSettings,
  observersTold: ObserversTold,
  /** By name; those that the lessons belong to. */
  faculties: z.array(z.object({ id: FacultyId, name: z.string() })),
  /** By planned start, then title. */
  lessons: z.array(SituationLesson),
  /** There are more than fit into one answer. */
  more: z.boolean(),
});
export type Situation = z.infer<typeof Situation>;

/** Missing: today. */
export const SlotsQuery = z.object({ day: LocalDate.optional() });
/** The times of that day at which lessons begin, of those that one sees; `at` of the board is a slot's `startsAt`. */
export const Slots = z.object({
  day: LocalDate,
  timeZone: z.string(),
  slots: z.array(z.object({ startsAt: Instant, endsAt: Instant, lessons: z.number().int() })),
});
export type Slots = z.infer<typeof Slots>;

/** Of lessons whose planned start lies in the days. Each is counted once: held, ended early (held as well), not held, cancelled, on site or unknown. */
export const SituationFigures = z.object({
  lessons: z.number().int(),
  /** Also those that were ended early, and those that run. */
  held: z.number().int(),
  notHeld: z.number().int(),
  cancelled: z.number().int(),
  onSite: z.number().int(),
  unknown: z.number().int(),
  /** Not yet begun, or planned. */
  coming: z.number().int(),
  /** Lessons with this kind of trouble, each counted once. */
  troubles: z.record(TroubleKind, z.number().int()),
  /** Lessons with any trouble. */
  troubled: z.number().int(),
  /** Of held lessons that began late: minutes, all together. */
  lateMinutes: z.number(),
  substituted: z.number().int(),
  /** Of held lessons: that were to be recorded, and those of them that were. */
  recordingDue: z.number().int(),
  recorded: z.number().int(),
  /** Of held lessons whose turnout is known. */
  expected: z.number().int(),
  came: z.number().int(),
});
export type SituationFigures = z.infer<typeof SituationFigures>;

/** Both days belong to it; at most 31. Missing: today. A week is its seven days. */
export const SummaryQuery = Narrowed.extend({ from: LocalDate.optional(), to: LocalDate.optional() });
export type SummaryQuery = z.infer<typeof SummaryQuery>;

export const SituationSummary = z.object({
  from: LocalDate,
  to: LocalDate,
  timeZone: z.string(),
  settings: SituationSettings,
  total: SituationFigures,
  days: z.array(z.object({ day: LocalDate, figures: SituationFigures })),
  /** By name. */
  faculties: z.array(z.object({ id: FacultyId, name: z.string(), figures: SituationFigures })),
  /** By name; the empty name is for lessons without a place. */
  buildings: z.array(z.object({ name: z.string(), figures: SituationFigures })),
  kinds: z.array(z.object({ kind: LessonKind, figures: SituationFigures })),
  /** Those that were not held or had trouble, by start: at most 300. */
  troubled: z.array(SituationLesson),
  more: z.boolean(),
});
export type SituationSummary = z.infer<typeof SituationSummary>;
