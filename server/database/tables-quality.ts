// The tables of quality histories, as Kysely sees them.
import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

/** One device in one lesson. */
export interface QualityLineTable {
  id: Fixed<number>;
  lesson_id: Fixed<string>;
  /** Of guests by link there is no row among the people. */
  person_id: Fixed<string>;
  connection_id: Fixed<string>;
  role: string;
  guest_name: Fixed<string | null>;
  /** Like `Chrome, Windows`, as the device calls itself. */
  device: Fixed<string>;
  /** IPv4 /24, IPv6 /48. */
  network: Fixed<string>;
  opened_at: Fixed<number>;
  /** Null while it lasts. */
  closed_at: number | null;
}

export interface QualityMinuteTable {
  line_id: Fixed<number>;
  /** Since 1970. */
  minute: Fixed<number>;
  /** Process id of the media worker. */
  worker: number | null;
  /** 0 none, 1 slight, 2 bad, 3 unusable: the worst step. */
  severity: number;
  /** Bits in the order of `TroubleKind`. */
  kinds: number;
  /** Of how many steps something is known, and how many of them had trouble. */
  steps: number;
  troubled: number;
  /** Packed by `diagnosis/steps.ts`. */
  figures: string;
}

export interface EntryRefusalTable {
  lesson_id: Fixed<string>;
  person_id: Fixed<string>;
  /** token, door. */
  place: Fixed<string>;
  /** A `RefusalCode`. */
  code: Fixed<string>;
  at: Fixed<number>;
  /** The same again within a minute. */
  times: number;
  guest_name: Fixed<string | null>;
  device: Fixed<string>;
  network: Fixed<string>;
}

export interface QualityTables {
  quality_line: QualityLineTable;
  quality_minute: QualityMinuteTable;
  entry_refusal: EntryRefusalTable;
}
