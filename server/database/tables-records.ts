// The tables of attendance as evidence, as Kysely sees them: chains and heads of the trace, rules, excuses, results, and what goes out.
import type { ColumnType, Generated } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

/** Where the chain of a lesson stands. */
export interface TraceChainTable {
  lesson_id: Fixed<string>;
  /** Of the last entry. */
  seq: number;
  hash: string;
  /** As far as the latest head reaches. */
  sealed_seq: Generated<number>;
  /** When the rule of how long it is kept removed the entries. */
  expired_at: number | null;
}

/** Public keys of the heads. The private ones are files in the data folder. */
export interface TraceKeyTable {
  id: Fixed<string>;
  public_key: Fixed<string>;
  created_at: Fixed<number>;
  retired_at: number | null;
  endorsed_by: Fixed<string | null>;
  endorsement: Fixed<string | null>;
}

export interface TraceDayTable {
  /** ISO date in the university's time zone. */
  day: Fixed<string>;
  number: Fixed<number>;
  lessons: Fixed<number>;
  root: Fixed<string>;
  previous: Fixed<string>;
  hash: Fixed<string>;
  key_id: Fixed<string>;
  signature: Fixed<string>;
  signed_at: Fixed<number>;
}

export interface TraceDayLeafTable {
  day: Fixed<string>;
  lesson_id: Fixed<string>;
  seq: Fixed<number>;
  hash: Fixed<string>;
  expired: Generated<number>;
}

export interface RegisterRuleTable {
  id: Fixed<string>;
  /** university, kind, course. */
  scope: Fixed<string>;
  kind: Fixed<string | null>;
  course_id: Fixed<string | null>;
  /** ISO date. */
  valid_from: Fixed<string>;
  /** JSON of AttendanceRule. */
  rule: Fixed<string>;
  changed_at: Fixed<number>;
  changed_by: Fixed<string>;
}

export interface ExcusalTable {
  id: Fixed<string>;
  person_id: Fixed<string>;
  /** ISO dates. */
  first_on: Fixed<string>;
  last_on: Fixed<string>;
  reason: Fixed<string>;
  note: string;
  by_id: Fixed<string>;
  at: Fixed<number>;
  revoked_at: number | null;
}

interface Tallied {
  present: number;
  late: number;
  left_early: number;
  absent: number;
  excused: number;
  asynchronous: number;
  /** Of all students together. */
  minutes: number;
}

/** A lesson that is over and judged: what reports add up. Made from the trace, and can be made anew. */
export interface AttendanceLessonTable extends Tallied {
  lesson_id: Fixed<string>;
  course_id: string;
  faculty_id: string;
  teacher_id: string;
  kind: string;
  starts_at: number;
  judged_at: number;
  held: number;
  delay_minutes: number;
  taught_minutes: number;
  planned_minutes: number;
  signed_at: number | null;
  signed_by: string | null;
  /** 1: to be judged again. */
  stale: Generated<number>;
  /** The last entry of the trace that was looked at. */
  judged_seq: Generated<number>;
}

/** A student in a judged lesson. */
export interface AttendanceResultTable {
  lesson_id: Fixed<string>;
  person_id: Fixed<string>;
  course_id: string;
  starts_at: number;
  verdict: string;
  computed: string;
  minutes: number;
  share: number;
}

/** The students of one group in a judged lesson, added up. */
export interface AttendanceResultGroupTable extends Tallied {
  lesson_id: Fixed<string>;
  group_id: Fixed<string>;
  starts_at: number;
}

/** How many lessons of a course a student has missed in a row, up to the last. */
export interface AttendanceStreakTable {
  course_id: Fixed<string>;
  person_id: Fixed<string>;
  missed: number;
  /** Start of the first of them; null when none is missed. */
  since: number | null;
  last_at: number;
}

/** What other systems may be told, numbered without gaps, written with the entry that it tells of. */
export interface OutboxEventTable {
  seq: Fixed<number>;
  at: Fixed<number>;
  kind: Fixed<string>;
  lesson_id: Fixed<string>;
  entry_seq: Fixed<number>;
  person_id: Fixed<string | null>;
  /** JSON, nothing personal beside ids. */
  detail: Fixed<string>;
}

export interface OutboxDestinationTable {
  id: Fixed<string>;
  /** lrs, webhook. */
  kind: string;
  /** Without user, password and query. */
  url: string;
  position: number;
  /** The last number of what is being tried: until its end is known, the same is sent again, under the same id. */
  sending_to: number | null;
  paused: number;
  attempts: number;
  failing_since: number | null;
  next_at: number;
  error: string;
  delivered_at: number | null;
}

export interface OutboxDeadTable {
  destination_id: Fixed<string>;
  seq: Fixed<number>;
  failed_at: number;
  attempts: number;
  error: string;
  /** 1: to be sent again. */
  retry: Generated<number>;
}

export interface RecordsTables {
  trace_chain: TraceChainTable;
  trace_key: TraceKeyTable;
  trace_day: TraceDayTable;
  trace_day_leaf: TraceDayLeafTable;
  register_rule: RegisterRuleTable;
  excusal: ExcusalTable;
  attendance_lesson: AttendanceLessonTable;
  attendance_result: AttendanceResultTable;
  attendance_result_group: AttendanceResultGroupTable;
  attendance_streak: AttendanceStreakTable;
  outbox_event: OutboxEventTable;
  outbox_destination: OutboxDestinationTable;
  outbox_dead: OutboxDeadTable;
}
