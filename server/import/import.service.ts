// Imports from the upload to the last lesson: who may, one at a time, what becomes of a file, and what is told when it is done.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { ImportId } from '../contract/ids.ts';
import { type ImportJob, type ImportJobDetail, ImportTable, type ImportUpload, type TableDifference } from '../contract/import.ts';
import { Refused } from '../contract/reply.ts';
import type { TimetableFact } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import { arrangesSomewhere } from '../timetable/who.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportJobStore, StoredJob } from './import-job.store.ts';
import type { ImportThread } from './import-thread.ts';
import { isUnlimitedAdministrator, type Scope, scopeOf } from './scope.ts';
import type { ApplyResult, Task } from './work.ts';

type Job = z.input<typeof ImportJob>;
type Detail = z.input<typeof ImportJobDetail>;

export interface ImportParts {
  readonly store: ImportJobStore;
  readonly files: ImportFiles;
  readonly thread: ImportThread;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeZone: string;
  readonly audit: Audit;
  readonly log: Log;
  /** After it is in the database: what the people of lessons hear, and who is shown out. */
  readonly tell: (facts: readonly TimetableFact[], disabledIds: readonly string[]) => void;
}

const jobAct = { kind: 'import' } as const;

export class ImportService {
  readonly #parts: ImportParts;
  #now: { readonly id: string; progress: Job['progress'] } | null = null;
  /** A file that is being uploaded keeps the place of its import. */
  #isTaken = false;
  readonly #running = new Set<Promise<void>>();

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
    const { store, files, clock, audit } = this.#parts;
    const id = ImportId.parse(`import-${randomBytes(12).toString('base64url')}`);
    await this.#take();
    try {
      const bytes = await files.keep(id, body);
      const job = {
        ...{ id, at: clock.now(), byId: actor.id, byName: actor.displayName, name, source, bytes },
        options: { table: table ?? null, course: course ?? null },
      };
      await store.add(job);
      await audit.record(actor, { act: 'import.uploaded', subject: { ...jobAct, id, name }, after: { source, bytes } });
    } catch (error) {
      this.#isTaken = false;
      await files.remove(id);
      throw error;
    }
    const job = await this.#stored(id);
    this.#start(job, () => this.#read(job, actor));
    return this.#detail(job);
  }

  async apply(actor: Actor, id: string, withGone: boolean): Promise<Detail> {
    const job = await this.#job(actor, id);
    const { store, files } = this.#parts;
    if ((job.state !== 'ready' && job.state !== 'failed') || !(await files.has(id)))
      throw new Refused('conflict', 'This import cannot be applied');
    await this.#take();
    try {
      await store.set(id, 'applying', null);
    } catch (error) {
      this.#isTaken = false;
      throw error;
    }
    this.#start(job, () => this.#apply(job, actor, withGone));
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

  /**
   * Another system brings rows of a table, or one: applied at once, or refused `import-faulty` with `details.faults`.
   * Resolves when the data are there; their lessons follow.
   */
  async put(
    actor: Actor,
    {
      source,
      scope,
      table,
      item,
    }: { readonly source: string; readonly scope: Scope; readonly table: ImportTable; readonly item: string | null },
    body: AsyncIterable<Uint8Array>,
  ): Promise<TableDifference> {
    const { files, thread, audit, tell } = this.#parts;
    const id = `put-${randomBytes(12).toString('base64url')}`;
    await this.#takeForPut();
    let applied: ApplyResult;
    try {
      await files.keep(id, body);
      const task = { ...this.#task(files.path(id), scope), name: `${table}.json`, source, table, course: null, put: { table, item } };
      applied = await new Promise<ApplyResult>((done, failed) => {
        const run = thread
          .apply(task, true, null, { applied: done, facts: (facts) => tell(facts, []) })
          .then(() => undefined, failed)
          .finally(() => {
            this.#isTaken = false;
            this.#running.delete(run);
          });
        this.#running.add(run);
      });
    } catch (error) {
      this.#isTaken = thread.isBusy;
      throw error;
    } finally {
      await files.remove(id);
    }
    if (!applied.applied)
      throw new Refused('import-faulty', `${applied.faultTotal} faults; nothing was changed`, {
        faults: applied.faults,
        total: applied.faultTotal,
      });
    tell(applied.facts, applied.disabledIds);
    const difference = applied.difference[0] ?? { table, new: 0, changed: 0, gone: 0, same: 0, samples: [] };
    if (difference.new + difference.changed + difference.gone > 0)
      await audit.record(actor, {
        act: 'timetable.put',
        subject: { kind: 'table', id: table, name: item ?? table },
        after: counts(difference),
      });
    return difference;
  }

  /** What is being written is finished. Safe twice. */
  async close(): Promise<void> {
    await this.#parts.thread.close();
    await Promise.all(this.#running);
  }

  /** Waits for what is as good as over: whoever has seen that a file is read may apply it at once. */
  async #take(): Promise<void> {
    if (this.#isTaken && !this.#parts.thread.isBusy) await Promise.race([...this.#running, pause(WAIT_MS)]);
    this.#takeNow();
  }

  #takeNow(): void {
    if (this.#isTaken) throw new Refused('import-running', 'Another import is being read or applied', { retryAfterMs: RETRY_MS });
    this.#isTaken = true;
  }

  /** Calls of other systems follow one another within moments; they wait for each other, but not for the import of a university. */
  async #takeForPut(): Promise<void> {
    for (let waited = 0; this.#isTaken && this.#now === null && waited < MOST_WAITS; waited += 1)
      await Promise.race([...this.#running, pause(WAIT_MS)]);
    this.#takeNow();
  }

  #start(job: StoredJob, work: () => Promise<void>): void {
    const { store, clock, log } = this.#parts;
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
        this.#isTaken = false;
        this.#running.delete(run);
      });
    this.#running.add(run);
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
      facts: (facts) => tell(facts, []),
      applied: ({ applied, facts, disabledIds, difference }) => {
        if (!applied) return;
        tell(facts, disabledIds);
        const after = { source: job.source, withGone, ...Object.fromEntries(difference.map((table) => [table.table, counts(table)])) };
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
    return {
      ...this.#task(this.#parts.files.path(job.id), scopeOf(actor)),
      ...{ name: job.name, source: job.source, put: null, course: course || null },
      table: table === null ? null : ImportTable.parse(table),
    };
  }

  #task(path: string, scope: Scope) {
    return { path, scope, now: this.#parts.clock.now(), timeZone: this.#parts.timeZone };
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
    return { ...this.#view(job), difference: job.difference, faults: job.faults };
  }
}

const RETRY_MS = 5000;
const WAIT_MS = 200;
const MOST_WAITS = 100;
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));

function counts({ new: added, changed, gone }: TableDifference): { added: number; changed: number; gone: number } {
  return { added, changed, gone };
}

/** True when only one's own imports are shown. */
function requireArranger(actor: Actor): boolean {
  if (!arrangesSomewhere(actor)) throw new Refused('not-allowed', 'Only coordinators and administrators may import');
  return !isUnlimitedAdministrator(actor);
}
