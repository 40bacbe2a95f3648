// Imports from the upload to the last lesson: who may, one at a time, what becomes of a file, and what is told when it is done.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { ImportId } from '../contract/ids.ts';
import { type ImportJob, type ImportJobDetail, ImportTable, type ImportUpload, type TableDifference } from '../contract/import.ts';
import { Refused } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import { arrangesSomewhere } from '../timetable/who.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportJobStore, StoredJob } from './import-job.store.ts';
import type { ImportThread } from './import-thread.ts';
import type { ImportTurns } from './import-turns.ts';
import { isUnlimitedAdministrator, scopeOf } from './scope.ts';
import type { ApplyResult, Task } from './work.ts';

type Job = z.input<typeof ImportJob>;
type Detail = z.input<typeof ImportJobDetail>;

/** After it is in the database: what the people of lessons hear, who is shown out, and which lessons have other people. */
export type Tell = (written: Partial<Pick<ApplyResult, 'facts' | 'disabledIds' | 'lessonIds'>>) => void;

export interface ImportParts {
  readonly store: ImportJobStore;
  readonly files: ImportFiles;
  readonly thread: ImportThread;
  readonly turns: ImportTurns;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeZone: string;
  readonly audit: Audit;
  readonly log: Log;
  readonly tell: Tell;
}

const jobAct = { kind: 'import' } as const;

export class ImportService {
  readonly #parts: ImportParts;
  #now: { readonly id: string; progress: Job['progress'] } | null = null;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** What a crash left is put in order. Called once, before the first call. */
  async begin(): Promise<void> {
    await this.#parts.store.endInterrupted(this.#parts.clock.now());
  }

  async list(actor: Actor): Promise<{ imports: Job[] }> {
    const own = requireArranger(actor);
    return { imports: (await this.#parts.store.list(own ? actor.id : null)).map((job) => this.#view(job)) };
  }

  async one(actor: Actor, id: string): Promise<Detail> {
    return this.#detail(await this.#job(actor, id));
  }

  /** @param body of the upload, at most 64 MB */
  async upload(
    actor: Actor,
    { name, source, table, course }: z.output<typeof ImportUpload>,
    body: AsyncIterable<Uint8Array>,
  ): Promise<Detail> {
    requireArranger(actor);
    const { store, files, clock, audit, turns } = this.#parts;
    const id = ImportId.parse(`import-${randomBytes(12).toString('base64url')}`);
    const { over } = await turns.take();
    try {
      const bytes = await files.keep(id, body);
      const job = {
        ...{ id, at: clock.now(), byId: actor.id, byName: actor.displayName, name, source, bytes },
        options: { table: table ?? null, course: course ?? null },
      };
      await store.add(job);
      await audit.record(actor, { act: 'import.uploaded', subject: { ...jobAct, id, name }, after: { source, bytes } });
    } catch (error) {
      over();
      await files.remove(id);
      throw error;
    }
    const job = await this.#stored(id);
    this.#start(job, over, () => this.#read(job, actor));
    return this.#detail(job);
  }

  async apply(actor: Actor, id: string, withGone: boolean): Promise<Detail> {
    const job = await this.#job(actor, id);
    const { store, files, turns } = this.#parts;
    if ((job.state !== 'ready' && job.state !== 'failed') || !(await files.has(id)))
      throw new Refused('conflict', 'This import cannot be applied');
    const { over } = await turns.take();
    try {
      await store.set(id, 'applying', null);
    } catch (error) {
      over();
      throw error;
    }
    this.#start(job, over, () => this.#apply(job, actor, withGone));
    return this.#detail({ ...job, state: 'applying' });
  }

  async discard(actor: Actor, id: string): Promise<void> {
    const job = await this.#job(actor, id);
    const { store, files, clock, audit } = this.#parts;
    if (!['ready', 'faulty', 'failed'].includes(job.state)) throw new Refused('conflict', 'This import cannot be discarded');
    await store.set(id, 'discarded', clock.now());
    await files.remove(id);
    await audit.record(actor, { act: 'import.discarded', subject: { ...jobAct, id, name: job.name } });
  }

  /** What is being written is finished. Safe twice. */
  async close(): Promise<void> {
    await this.#parts.thread.close();
    await this.#parts.turns.allOver();
  }

  #start(job: StoredJob, over: () => void, work: () => Promise<void>): void {
    const { store, clock, log, turns } = this.#parts;
    this.#now = { id: job.id, progress: null };
    const run = work()
      .catch(async (error: unknown) => {
        log.error({ error, importId: job.id }, 'An import failed');
        // While its lessons were being laid out the data were in the database already, and the lessons follow.
        const { state } = await this.#stored(job.id);
        await store.set(job.id, state === 'laying-out' ? 'done' : 'failed', clock.now());
      })
      .catch((error: unknown) => log.error({ error, importId: job.id }, 'An import’s end could not be written down'))
      .finally(() => {
        this.#now = null;
        over();
      });
    turns.runs(run);
  }

  async #read(job: StoredJob, actor: Actor): Promise<void> {
    const { thread, store, files } = this.#parts;
    const result = await thread.read(this.#taskOf(job, actor), { progress: (...progress) => this.#progress(...progress) });
    await store.wasRead(job, result);
    // What is wrong is corrected in the office's own file, and uploaded again.
    if (result.faultTotal > 0) await files.remove(job.id);
  }

  async #apply(job: StoredJob, actor: Actor, withGone: boolean): Promise<void> {
    const { thread, store, files, clock, audit, tell } = this.#parts;
    let recorded: Promise<void> = Promise.resolve();
    const result = await thread.apply(this.#taskOf(job, actor), withGone, job.id, {
      progress: (...progress) => this.#progress(...progress),
      facts: (facts) => tell({ facts }),
      applied: (written) => {
        if (!written.applied) return;
        tell(written);
        const changed = written.difference.map((table) => [table.table, counts(table)]);
        const after = { source: job.source, withGone, ...Object.fromEntries(changed) };
        recorded = audit.record(actor, { act: 'import.applied', subject: { ...jobAct, id: job.id, name: job.name }, after });
      },
    });
    await recorded;
    if (!result.applied) await store.wasRead(job, result);
    else await store.set(job.id, 'done', clock.now());
    await files.remove(job.id);
  }

  #progress(step: NonNullable<Job['progress']>['step'], done: number, total: number): void {
    if (this.#now) this.#now.progress = { step, done, total };
  }

  #taskOf(job: StoredJob, actor: Actor): Task {
    const { table, course } = job.options;
    const { files, clock, timeZone } = this.#parts;
    return {
      ...{ path: files.path(job.id), scope: scopeOf(actor), now: clock.now(), timeZone },
      ...{ name: job.name, source: job.source, put: null, course: course || null },
      table: table === null ? null : ImportTable.parse(table),
    };
  }

  async #job(actor: Actor, id: string): Promise<StoredJob> {
    const own = requireArranger(actor);
    const job = await this.#parts.store.one(id);
    if (job === null || (own && job.byId !== actor.id)) throw new Refused('not-found', 'There is no such import');
    return job;
  }

  async #stored(id: string): Promise<StoredJob> {
    const job = await this.#parts.store.one(id);
    if (job === null) throw new Error('An import is not where it was written');
    return job;
  }

  #view(job: StoredJob): Job {
    const { id, at, byName, name, source, format, bytes, state, faultTotal, finishedAt } = job;
    return {
      id,
      at,
      by: byName,
      name,
      source,
      format,
      bytes,
      state,
      faultTotal,
      finishedAt,
      progress: this.#now?.id === id ? this.#now.progress : null,
    };
  }

  #detail(job: StoredJob): Detail {
    return { ...this.#view(job), difference: job.difference, faults: job.faults, clashes: job.clashes };
  }
}

export function counts({ new: added, changed, gone }: TableDifference): { added: number; changed: number; gone: number } {
  return { added, changed, gone };
}

/** True when only one's own imports are shown. */
function requireArranger(actor: Actor): boolean {
  if (!arrangesSomewhere(actor)) throw new Refused('not-allowed', 'Only coordinators and administrators may import');
  return !isUnlimitedAdministrator(actor);
}
