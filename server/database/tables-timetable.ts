// The tables of the timetable as Kysely sees them: calendar, catalogue, weekly patterns, changes, imports, keys, feeds; and the audit log.
import type { ColumnType, Generated } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

/** Found and sorted alike in each list of the catalogue. */
interface Listed {
  id: Fixed<string>;
  external_id: string | null;
  sort_key: string;
  search_text: string;
  /** Which import brought it; null when made by hand. */
  source: Generated<string | null>;
}

export interface DepartmentTable extends Listed {
  faculty_id: string;
  name: string;
}
export interface ProgrammeTable extends Listed {
  faculty_id: string;
  department_id: string | null;
  code: string;
  name: string;
  field: string;
}
export interface StreamTable extends Listed {
  faculty_id: string;
  name: string;
}
export interface StreamGroupTable {
  stream_id: Fixed<string>;
  group_id: Fixed<string>;
}
/** A physical room. */
export interface PlaceTable extends Listed {
  building: string;
  name: string;
  capacity: number | null;
}

/** Days are ISO dates in the university's time zone. */
export interface AcademicYearTable {
  id: Fixed<string>;
  name: string;
  starts_on: string;
  ends_on: string;
}
export interface TermTable {
  id: Fixed<string>;
  year_id: string;
  name: string;
  starts_on: string;
  ends_on: string;
  external_id: string | null;
  source: Generated<string | null>;
}
export interface BellScheduleTable {
  id: Fixed<string>;
  name: string;
  is_default: number;
  external_id: string | null;
  source: Generated<string | null>;
}
export interface BellTable {
  schedule_id: Fixed<string>;
  number: Fixed<number>;
  /** HH:MM. */
  starts_at: string;
  ends_at: string;
}
export interface CalendarDayTable {
  id: Fixed<string>;
  kind: string;
  name: string;
  first_on: string;
  last_on: string;
  taught_as_weekday: number | null;
  taught_as_week: string | null;
  faculty_id: string | null;
}

/** The truth about weekly lessons; the rows of `lesson` with its id follow from it, the calendar, and what was changed by hand. */
export interface SeriesTable {
  id: Fixed<string>;
  external_id: string | null;
  /** Which import it came from; null when made by hand. */
  source: string | null;
  term_id: Fixed<string>;
  course_id: string;
  kind: string;
  title: string;
  teacher_id: string;
  place_id: string | null;
  mode: string;
  weekday: number;
  /** JSON of PatternWeeks. */
  weeks: string;
  /** By the bells, or else by the clock. */
  bell_schedule_id: string | null;
  bell_first: number | null;
  bell_last: number | null;
  clock_starts_at: string | null;
  clock_ends_at: string | null;
  from_on: string | null;
  until_on: string | null;
  /** JSON of RoomRules; null follows the kind. */
  rules: string | null;
  removed_at: number | null;
  /** 1 while its lessons do not follow it yet. */
  needs_layout: Generated<number>;
  created_at: Fixed<number>;
}
export interface SeriesGroupTable {
  series_id: Fixed<string>;
  group_id: Fixed<string>;
}
export interface SeriesStreamTable {
  series_id: Fixed<string>;
  stream_id: Fixed<string>;
}

/** Append-only. */
export interface LessonChangeTable {
  id: Fixed<string>;
  lesson_id: Fixed<string>;
  at: Fixed<number>;
  by_id: Fixed<string | null>;
  by_name: Fixed<string>;
  /** JSON of LessonChange. */
  change: Fixed<string>;
  note: Fixed<string>;
  /** JSON objects. */
  before: Fixed<string>;
  after: Fixed<string>;
}

export interface CalendarFeedTable {
  id: Fixed<string>;
  token_hash: Fixed<string>;
  /** Kept, so that its owner can copy the link again. */
  token: Fixed<string>;
  /** person, group. */
  owner_kind: Fixed<string>;
  owner_id: Fixed<string>;
  language: string;
  created_by: Fixed<string>;
  created_at: Fixed<number>;
  last_read_at: number | null;
}

export interface ImportJobTable {
  id: Fixed<string>;
  at: Fixed<number>;
  by_id: Fixed<string>;
  by_name: Fixed<string>;
  /** Of the file. */
  name: Fixed<string>;
  /** Whose records these are: what is gone from a source is gone, what comes from another stays. */
  source: Fixed<string>;
  format: string;
  state: string;
  bytes: Fixed<number>;
  /** JSON: the difference. */
  summary: string | null;
  /** JSON: faults by line. */
  faults: string | null;
  finished_at: number | null;
}

export interface ApiKeyTable {
  id: Fixed<string>;
  name: string;
  /** SHA-256 of the key, hex; the key itself is kept nowhere. */
  key_hash: Fixed<string>;
  /** JSON array of rights. */
  rights: string;
  created_by: Fixed<string>;
  created_at: Fixed<number>;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** Append-only. */
export interface AuditEntryTable {
  seq: Generated<number>;
  at: Fixed<number>;
  actor_kind: Fixed<string>;
  actor_id: Fixed<string>;
  actor_name: Fixed<string>;
  address: Fixed<string>;
  act: Fixed<string>;
  subject_kind: Fixed<string>;
  subject_id: Fixed<string>;
  subject_name: Fixed<string>;
  search_text: Fixed<string>;
  /** JSON objects of what differs. */
  before: Fixed<string | null>;
  after: Fixed<string | null>;
}

export interface TimetableTables {
  department: DepartmentTable;
  programme: ProgrammeTable;
  stream: StreamTable;
  stream_group: StreamGroupTable;
  place: PlaceTable;
  academic_year: AcademicYearTable;
  term: TermTable;
  bell_schedule: BellScheduleTable;
  bell: BellTable;
  calendar_day: CalendarDayTable;
  series: SeriesTable;
  series_group: SeriesGroupTable;
  series_stream: SeriesStreamTable;
  lesson_change: LessonChangeTable;
  calendar_feed: CalendarFeedTable;
  import_job: ImportJobTable;
  api_key: ApiKeyTable;
  audit_entry: AuditEntryTable;
}
