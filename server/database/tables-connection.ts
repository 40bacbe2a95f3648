// The table of connection reports, as Kysely sees it.
import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

export interface ConnectionReportTable {
  id: Fixed<string>;
  person_id: Fixed<string>;
  at: Fixed<number>;
  address: Fixed<string>;
  user_agent: Fixed<string>;
  note: Fixed<string>;
  /** Of note and address; the name is the person's own row's. */
  search_text: Fixed<string>;
  /** video, sound, none. */
  verdict: Fixed<string>;
  /** JSON of TestResult. */
  result: Fixed<string>;
}

export interface ConnectionTables {
  connection_report: ConnectionReportTable;
}
