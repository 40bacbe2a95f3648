// The tables of the situation centre's board, as Kysely sees them.
import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

/** Of a lesson whose time has come while the server watched. */
export interface LessonSituationTable {
  lesson_id: Fixed<string>;
  watched_since: Fixed<number>;
  /** 1: a teacher was there. */
  held: number;
  begun_at: number | null;
  ended_at: number | null;
  /** Of those expected. */
  came: number;
  expected: number;
  /** Person who led it, when it was not the teacher of the plan. */
  led_by: string | null;
}

export interface LessonTroubleTable {
  lesson_id: Fixed<string>;
  /** TroubleKind. */
  kind: Fixed<string>;
  /** TrackSource, or empty. */
  source: Fixed<string>;
  since: Fixed<number>;
  /** Null: goes on. */
  until: number | null;
}

export interface SituationTables {
  lesson_situation: LessonSituationTable;
  lesson_trouble: LessonTroubleTable;
}
