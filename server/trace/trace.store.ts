// Owns the table of trace entries: adds to it and reads it, never changes it.
import { isDeepStrictEqual } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import type { NewEntry, StoredEntry } from './trace.ts';

/** A statement may carry 32,766 parameters on SQLite; an entry has eight. */
const rowsPerStatement = 1000;
const hourMs = 3_600_000;
/** The longest lesson, extended, with its door; and how early the door opens. */
const reachBackMs = 40 * hourMs;
const reachAheadMs = 24 * hourMs;
const aliveAt = 'alive-at';
const Detail = z.record(z.string(), z.unknown());
type Row = ReturnType<typeof rowOf>;
type EntryRow = Omit<Row, 'lesson_id' | 'kind'> & { readonly kind: string };

export class TraceStore {
  readonly #db: Kysely<Database>;
  /** The last number given in each lesson, so that a commit need not ask. One process writes; the primary key guards that. */
  readonly #last = new Map<string, number>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All or nothing, in the order given. What was written although its answer was lost counts as written. */
  async append(entries: readonly NewEntry[]): Promise<void> {
    const last = new Map<string, number>();
    const rows: Row[] = [];
    try {
      await this.#db.transaction().execute(async (trx) => {
        for (const entry of entries) {
          const seq = (last.get(entry.lessonId) ?? this.#last.get(entry.lessonId) ?? (await lastSeq(trx, entry.lessonId))) + 1;
          last.set(entry.lessonId, seq);
          rows.push(rowOf(entry, seq));
        }
        for (let i = 0; i < rows.length; i += rowsPerStatement) {
          await trx
            .insertInto('trace_entry')
            .values(rows.slice(i, i + rowsPerStatement))
            .execute();
        }
      });
    } catch (error) {
      // Whatever stands in the table now, the next number is asked from it.
      for (const { lessonId } of entries) this.#last.delete(lessonId);
      if (await this.#isWritten(rows.at(-1)).catch(() => false)) return;
      throw error;
    }
    for (const [lessonId, seq] of last) this.#last.set(lessonId, seq);
    for (const entry of entries) if (entry.kind === 'room-closed') this.#last.delete(entry.lessonId);
  }

  /** One row stands for its whole transaction. It is compared in full: its number alone could be another's. */
  async #isWritten(row: Row | undefined): Promise<boolean> {
    if (row === undefined) return false;
    const { lesson_id, seq } = row;
    const found = await this.#db
      .selectFrom('trace_entry')
      .selectAll()
      .where('lesson_id', '=', lesson_id)
      .where('seq', '=', seq)
      .executeTakeFirst();
    return found !== undefined && isDeepStrictEqual({ ...found }, row);
  }

  async read(lessonId: string): Promise<StoredEntry[]> {
    return (await this.#entries(lessonId).execute()).map(entryFrom);
  }

  /**
   * What tells all of one person: the own entries, those of the room itself, and before each opening the one that came last,
   * for by its time a crash is dated (A4).
   */
  async readOf(lessonId: string, personId: string): Promise<StoredEntry[]> {
    const beforeOpenings = this.#db
      .selectFrom('trace_entry as opening')
      .select((eb) => eb('opening.seq', '-', 1).as('seq'))
      .where('opening.lesson_id', '=', lessonId)
      .where('opening.kind', '=', 'room-opened');
    const rows = await this.#entries(lessonId)
      .where((eb) => eb.or([eb('person_id', '=', personId), eb('person_id', 'is', null), eb('seq', 'in', beforeOpenings)]))
      .execute();
    return rows.map(entryFrom);
  }

  /** Lessons around an instant whose trace does not end with the closing of their room. */
  async unclosed(around: Instant): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('lesson')
      .select('id')
      .where('starts_at', '>=', around - reachBackMs)
      .where('starts_at', '<=', around + reachAheadMs)
      .where(
        (eb) =>
          eb.selectFrom('trace_entry').select('kind').whereRef('trace_entry.lesson_id', '=', 'lesson.id').orderBy('seq', 'desc').limit(1),
        '<>',
        'room-closed',
      )
      .execute();
    return rows.map((row) => row.id);
  }

  #entries(lessonId: string) {
    return this.#db
      .selectFrom('trace_entry')
      .select(['seq', 'at', 'kind', 'person_id', 'participant_id', 'connection_id', 'detail'])
      .where('lesson_id', '=', lessonId)
      .orderBy('seq');
  }

  /** The server's last sign of life; null on a new database. */
  async aliveAt(): Promise<Instant | null> {
    const row = await this.#db.selectFrom('server_value').select('value').where('name', '=', aliveAt).executeTakeFirst();
    return row === undefined ? null : Number(row.value);
  }

  async setAliveAt(at: Instant): Promise<void> {
    await this.#db
      .insertInto('server_value')
      .values({ name: aliveAt, value: String(at) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(at) }))
      .execute();
  }
}

function entryFrom(row: EntryRow): StoredEntry {
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    personId: row.person_id,
    participantId: row.participant_id,
    connectionId: row.connection_id,
    detail: Detail.parse(JSON.parse(row.detail)),
  };
}

function rowOf(entry: NewEntry, seq: number) {
  return {
    lesson_id: entry.lessonId,
    seq,
    at: entry.at,
    kind: entry.kind,
    person_id: entry.personId,
    participant_id: entry.participantId,
    connection_id: entry.connectionId,
    detail: JSON.stringify(entry.detail),
  };
}

async function lastSeq(trx: Transaction<Database>, lessonId: string): Promise<number> {
  const row = await trx
    .selectFrom('trace_entry')
    .select('seq')
    .where('lesson_id', '=', lessonId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
