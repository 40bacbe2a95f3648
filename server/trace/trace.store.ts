// Owns the table of trace entries and where each chain stands: adds to them and reads them, never changes an entry.
import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { type Holding, noHolding } from '../holding/holding.ts';
import { canonical } from './canonical.ts';
import { type ChainEnd, hashOfEntry, noHash } from './chain.ts';
import { openPersonal, sealPersonal } from './personal.ts';
import type { EntryDetail, NewEntry, StoredEntry } from './trace.ts';

/** A statement may carry 32,766 parameters on SQLite; an entry has eleven. */
const rowsPerStatement = 1000;
const saltBytes = 16;
/** Ends of chains kept in mind. */
const mostEnds = 5000;
const hourMs = 3_600_000;
/** The longest lesson, extended, with its door; and how early the door opens. */
const reachBackMs = 40 * hourMs;
const reachAheadMs = 24 * hourMs;
const aliveAt = 'alive-at';
const Detail = z.record(z.string(), z.unknown());
const Id = z.string().nullable();
const Entries: z.ZodType<readonly NewEntry[]> = z.array(
  z.object({
    ...{ lessonId: z.string(), at: z.number(), personId: Id, participantId: Id, connectionId: Id, detail: Detail, personal: Detail },
    kind: z.custom<NewEntry['kind']>((kind) => typeof kind === 'string'),
  }),
);
type Row = ReturnType<typeof rowOf>;
type EntryRow = Omit<Row, 'lesson_id' | 'kind' | 'hash' | 'personal_hash'> & { readonly kind: string };

/** An entry as others may be told of it: nothing personal. */
export interface WrittenEntry {
  readonly lessonId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly detail: EntryDetail;
}

/** Writes what goes with the entries, in their transaction: both are there, or neither. */
export type AlsoWrite = (trx: Transaction<Database>, entries: readonly WrittenEntry[]) => Promise<void>;

interface TraceStoreOptions {
  readonly alsoWrite?: AlsoWrite | undefined;
  readonly holding?: Holding;
}

export class TraceStore {
  readonly #db: Kysely<Database>;
  readonly #alsoWrite: AlsoWrite | undefined;
  readonly #holding: Holding;
  readonly #put: (entries: readonly NewEntry[]) => Promise<unknown>;
  /** Where each chain stands, so that a commit need not ask. One process writes; the primary key guards that. */
  readonly #ends = new Map<string, ChainEnd>();

  constructor(db: Kysely<Database>, { alsoWrite, holding = noHolding }: TraceStoreOptions = {}) {
    this.#db = db;
    this.#alsoWrite = alsoWrite;
    this.#holding = holding;
    const write = (entries: readonly NewEntry[]) => this.#write(entries);
    this.#put = holding.through('trace', Entries, write, (held) => this.#writeHeld(held));
  }

  /** All or nothing, in the order given, chained. What was written although its answer was lost counts as written. */
  async append(entries: readonly NewEntry[]): Promise<void> {
    await this.#put(entries);
  }

  /** In one transaction, but for those that were written before the process that held them could know. */
  async #writeHeld(held: readonly (readonly NewEntry[])[]): Promise<void> {
    const missing: NewEntry[] = [];
    for (const entries of held) if (!(await this.#isThere(entries.at(-1)))) missing.push(...entries);
    if (missing.length > 0) await this.#write(missing);
  }

  async #write(entries: readonly NewEntry[]): Promise<void> {
    const ends = new Map<string, ChainEnd>();
    const rows: Row[] = [];
    try {
      await this.#db.transaction().execute(async (trx) => {
        for (const [lessonId, end] of await endsOf(trx, entries, this.#ends)) ends.set(lessonId, end);
        for (const entry of entries) {
          const row = rowOf(entry, ends.get(entry.lessonId) ?? { seq: 0, hash: noHash });
          ends.set(entry.lessonId, row);
          rows.push(row);
        }
        for (const piece of inPieces(rows, rowsPerStatement)) await trx.insertInto('trace_entry').values(piece).execute();
        await moveEnds(trx, ends);
        await this.#alsoWrite?.(
          trx,
          entries.map(({ lessonId, at, kind, personId, detail }, index) => ({
            ...{ lessonId, at, kind, personId, detail },
            seq: rows[index]?.seq ?? 0,
          })),
        );
      });
    } catch (error) {
      // Whatever stands in the table now, the end of the chain is asked from it.
      for (const { lessonId } of entries) this.#ends.delete(lessonId);
      if (await this.#isWritten(rows.at(-1)).catch(() => false)) return;
      throw error;
    }
    for (const [lessonId, { seq, hash }] of ends) this.#ends.set(lessonId, { seq, hash });
    for (const entry of entries) if (entry.kind === 'room-closed') this.#ends.delete(entry.lessonId);
    for (const [oldest] of this.#ends) {
      if (this.#ends.size <= mostEnds) break;
      this.#ends.delete(oldest);
    }
  }

  /** One row stands for its whole transaction. Its hash says all of it: its number alone could be another's. */
  async #isWritten(row: Row | undefined): Promise<boolean> {
    if (row === undefined) return false;
    const { lesson_id, seq } = row;
    const found = await this.#db
      .selectFrom('trace_entry')
      .select(['hash', 'personal_hash'])
      .where('lesson_id', '=', lesson_id)
      .where('seq', '=', seq)
      .executeTakeFirst();
    return found !== undefined && found.hash === row.hash;
  }

  /** The last entry stands for its whole transaction. */
  async #isThere(entry: NewEntry | undefined): Promise<boolean> {
    if (entry === undefined) return true;
    const { lessonId, at, kind, personId, participantId, connectionId } = entry;
    const detail = canonical(wellFormed(entry.detail));
    const rows = await this.#entries(lessonId).where('at', '=', at).where('kind', '=', kind).execute();
    const isSame = (row: EntryRow) =>
      row.detail === detail && row.person_id === personId && row.participant_id === participantId && row.connection_id === connectionId;
    return rows.some(isSame);
  }

  /** Whether an entry says the same, of whatever time. Throws `DatabaseAway` while entries wait that were acknowledged. */
  async tells({ lessonId, kind, personId, ...said }: NewEntry): Promise<boolean> {
    this.#holding.checkComplete();
    const detail = canonical(wellFormed(said.detail));
    const rows = await this.#entries(lessonId).where('kind', '=', kind).where('person_id', 'is not distinct from', personId).execute();
    return rows.some((row) => row.detail === detail);
  }

  /** Throws `DatabaseAway` while entries wait that were acknowledged: the trace would not be whole. */
  async read(lessonId: string): Promise<StoredEntry[]> {
    this.#holding.checkComplete();
    return (await this.#entries(lessonId).execute()).map(entryFrom);
  }

  /**
   * What tells all of some people: their entries, those of the room itself, those of whoever was given another role, for that may be the lead,
   * and before each opening the one that came last, for by its time a crash is dated (A4).
   */
  async readOf(lessonId: string, ...personIds: readonly string[]): Promise<StoredEntry[]> {
    this.#holding.checkComplete();
    const beforeOpenings = this.#db
      .selectFrom('trace_entry as opening')
      .select((eb) => eb('opening.seq', '-', 1).as('seq'))
      .where('opening.lesson_id', '=', lessonId)
      .where('opening.kind', '=', 'room-opened');
    const promoted = this.#db
      .selectFrom('trace_entry as promoted')
      .select('promoted.person_id')
      .where('promoted.lesson_id', '=', lessonId)
      .where('promoted.kind', '=', 'role-changed');
    const rows = await this.#entries(lessonId)
      .where((eb) =>
        eb.or([
          eb('person_id', 'in', [...personIds, '']),
          eb('person_id', 'in', promoted),
          eb('person_id', 'is', null),
          eb('seq', 'in', beforeOpenings),
        ]),
      )
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
      .select(['seq', 'at', 'kind', 'person_id', 'participant_id', 'connection_id', 'detail', 'personal'])
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
    detail: { ...Detail.parse(JSON.parse(row.detail)), ...openPersonal(row.personal) },
  };
}

function rowOf(entry: NewEntry, after: ChainEnd) {
  const { personal, personalHash } = sealPersonal(wellFormed(entry.personal), newSalt);
  const row = {
    lesson_id: entry.lessonId,
    seq: after.seq + 1,
    at: entry.at,
    kind: entry.kind,
    person_id: entry.personId,
    participant_id: entry.participantId,
    connection_id: entry.connectionId,
    detail: canonical(wellFormed(entry.detail)),
    personal,
    personal_hash: personalHash,
  };
  return { ...row, hash: hashOfEntry(row, after.hash) };
}

/** Drawn many at a time: each call for randomness costs more than the rest of an entry. */
function salts(): () => string {
  let drawn = Buffer.alloc(0);
  return () => {
    if (drawn.length < saltBytes) drawn = randomBytes(256 * saltBytes);
    const salt = drawn.toString('base64url', 0, saltBytes);
    drawn = drawn.subarray(saltBytes);
    return salt;
  };
}
const newSalt = salts();

/** Half a surrogate pair, as a browser may send one, has no canonical form. */
function wellFormed(detail: EntryDetail): EntryDetail {
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? value.toWellFormed() : value]));
}

async function endsOf(
  trx: Transaction<Database>,
  entries: readonly NewEntry[],
  known: ReadonlyMap<string, ChainEnd>,
): Promise<[string, ChainEnd][]> {
  const lessonIds = [...new Set(entries.map(({ lessonId }) => lessonId))];
  const ends = lessonIds.flatMap((id): [string, ChainEnd][] => {
    const end = known.get(id);
    return end === undefined ? [] : [[id, end]];
  });
  for (const piece of inPieces(lessonIds.filter((id) => !known.has(id)))) {
    const rows = await trx.selectFrom('trace_chain').select(['lesson_id', 'seq', 'hash']).where('lesson_id', 'in', piece).execute();
    for (const { lesson_id, seq, hash } of rows) ends.push([lesson_id, { seq, hash }]);
  }
  return ends;
}

/** In the order of their ids, as all who change several do: two that wait for each other would both be in vain. */
async function moveEnds(trx: Transaction<Database>, ends: ReadonlyMap<string, ChainEnd>): Promise<void> {
  const rows = [...ends]
    .map(([lesson_id, { seq, hash }]) => ({ lesson_id, seq, hash }))
    .sort((a, b) => (a.lesson_id < b.lesson_id ? -1 : 1));
  for (const piece of inPieces(rows)) {
    await trx
      .insertInto('trace_chain')
      .values(piece)
      .onConflict((conflict) =>
        conflict.column('lesson_id').doUpdateSet((e) => ({ seq: e.ref('excluded.seq'), hash: e.ref('excluded.hash') })),
      )
      .execute();
  }
}
