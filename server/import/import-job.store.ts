// Owns the table of imports.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { ImportFormat as Formats, ImportClashes, type ImportFormat, ImportState, TableDifference, TableFault } from '../contract/import.ts';
import type { Database } from '../database/tables.ts';

export interface StoredJob {
  readonly id: string;
  readonly at: number;
  readonly byId: string;
  readonly byName: string;
  readonly name: string;
  readonly source: string;
  readonly format: ImportFormat | null;
  readonly state: ImportState;
  readonly bytes: number;
  readonly difference: TableDifference[] | null;
  readonly faults: TableFault[];
  readonly faultTotal: number;
  readonly clashes: ImportClashes;
  readonly finishedAt: number | null;
  /** What the upload said beside the file. */
  readonly options: z.output<typeof Options>;
}

const Options = z.object({ table: z.string().nullable(), course: z.string().nullable() });
const noClashes: ImportClashes = { total: 0, list: [] };
const Stored = z.object({ difference: z.array(TableDifference).nullable(), clashes: ImportClashes.default(noClashes), options: Options });
const Faults = z.object({ total: z.number().int(), first: z.array(TableFault) });
const none = { total: 0, first: [] };
const MOST_LISTED = 100;

export class ImportJobStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add(job: Pick<StoredJob, 'id' | 'at' | 'byId' | 'byName' | 'name' | 'source' | 'bytes' | 'options'>): Promise<void> {
    await this.#db
      .insertInto('import_job')
      .values({
        ...{ id: job.id, at: job.at, by_id: job.byId, by_name: job.byName, name: job.name, source: job.source, bytes: job.bytes },
        ...{ format: '', state: 'reading', faults: null, finished_at: null },
        summary: JSON.stringify({ difference: null, options: job.options }),
      })
      .execute();
  }

  async one(id: string): Promise<StoredJob | null> {
    const row = await this.#db.selectFrom('import_job').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? jobOf(row) : null;
  }

  /** @param byId only of this person; null: of all */
  async list(byId: string | null): Promise<StoredJob[]> {
    let query = this.#db.selectFrom('import_job').selectAll().orderBy('at', 'desc').orderBy('id').limit(MOST_LISTED);
    if (byId !== null) query = query.where('by_id', '=', byId);
    return (await query.execute()).map(jobOf);
  }

  async wasRead(
    job: StoredJob,
    read: Pick<StoredJob, 'format' | 'faults' | 'faultTotal' | 'clashes'> & { readonly difference: TableDifference[] },
  ): Promise<void> {
    const isFaulty = read.faultTotal > 0;
    await this.#db
      .updateTable('import_job')
      .set({
        ...{ format: read.format ?? '', state: isFaulty ? 'faulty' : 'ready' },
        summary: JSON.stringify({ difference: isFaulty ? null : read.difference, clashes: read.clashes, options: job.options }),
        faults: JSON.stringify({ total: read.faultTotal, first: read.faults }),
      })
      .where('id', '=', job.id)
      .execute();
  }

  /** Called in the transaction that applies it. */
  async applied(id: string, done: Pick<StoredJob, 'difference' | 'clashes'>): Promise<void> {
    const job = await this.one(id);
    if (job === null) throw new Error('There is no such import');
    await this.#db
      .updateTable('import_job')
      .set({ state: 'laying-out', summary: JSON.stringify({ difference: done.difference, clashes: done.clashes, options: job.options }) })
      .where('id', '=', id)
      .execute();
  }

  async set(id: string, state: ImportState, finishedAt: number | null): Promise<void> {
    await this.#db.updateTable('import_job').set({ state, finished_at: finishedAt }).where('id', '=', id).execute();
  }

  /** What a crash left: what was being read or written has failed, what was being laid out is in the database. */
  async endInterrupted(at: number): Promise<void> {
    await this.#db
      .updateTable('import_job')
      .set({ state: 'failed', finished_at: at })
      .where('state', 'in', ['reading', 'applying'])
      .execute();
    await this.#db.updateTable('import_job').set({ state: 'done', finished_at: at }).where('state', '=', 'laying-out').execute();
  }
}

function jobOf(row: Selectable<Database['import_job']>): StoredJob {
  const { difference, clashes, options } = Stored.parse(JSON.parse(row.summary ?? 'null'));
  const faults = row.faults === null ? none : Faults.parse(JSON.parse(row.faults));
  return {
    ...{ id: row.id, at: row.at, byId: row.by_id, byName: row.by_name, name: row.name, source: row.source, bytes: row.bytes },
    ...{ format: Formats.safeParse(row.format).data ?? null, state: ImportState.parse(row.state), finishedAt: row.finished_at },
    ...{ difference, clashes, options, faults: faults.first, faultTotal: faults.total },
  };
}
