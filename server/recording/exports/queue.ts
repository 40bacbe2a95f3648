// The one line in which files wait to be made of recordings: one at a time in the whole server, and after a restart where it was.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingId } from '../../contract/ids.ts';
import type { Log } from '../../log.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import { CalledOff, ExportFault, FilesGone, faultOf } from './fault.ts';
import type { Job, JobsStore, Titled } from './jobs.store.ts';
import { type Task, workName } from './make.ts';
import type { Made } from './making.ts';
import { againAfterMs, isMakeable, isOutdated } from './wanted.ts';

export interface QueueParts {
  readonly store: JobsStore;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly workRoot: string;
  readonly make: (task: Task) => Promise<Made>;
  /** Whether the disk has room for more than the recordings themselves. */
  readonly hasSpace: () => Promise<boolean>;
  /** Whether now is an hour for what nobody asked for. */
  readonly isTheHour: () => boolean;
}

/** What is due later is looked for so often. */
const lookEveryMs = 30_000;
/** Progress is written down when it is worth it. */
const leastProgress = 0.02;

interface Current {
  readonly recordingId: RecordingId;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class JobQueue {
  readonly #parts: QueueParts;
  #timer: Timer | undefined;
  #working: Promise<void> | undefined;
  #current: Current | undefined;
  #again = false;
  #closed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Goes on where a dead process was, and throws away what is not waited for any more, or was made of an encrypted recording. */
  async start(): Promise<void> {
    const { store, clock, workRoot } = this.#parts;
    await store.resume();
    const open = new Set((await store.open()).filter(({ sealed }) => !sealed).map(workName));
    for (const name of await readdir(workRoot).catch(() => []))
      if (!open.has(name)) await rm(join(workRoot, name), { recursive: true, force: true });
    this.#timer = clock.every(lookEveryMs, () => this.wake());
    this.wake();
  }

  /** Something may be due. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Resolves when nothing is due. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Resolves when nothing is being made of it, and nothing of it lies in a working folder. What waits is left to `isMakeable`. */
  async callOff(id: RecordingId): Promise<void> {
    if (this.#current?.recordingId === id) {
      this.#current.abort.abort();
      await this.#current.done;
    }
    for (const kind of ['insight', 'm4a', 'mp4'] as const)
      await rm(join(this.#parts.workRoot, workName({ recordingId: id, kind })), { recursive: true, force: true });
  }

  /** What was being made goes on after the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    this.#current?.abort.abort();
    await this.idle();
  }

  async #work(): Promise<void> {
    const { store, clock, isTheHour, log } = this.#parts;
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        for (;;) {
          const job = this.#closed ? undefined : await store.next(clock.now(), isTheHour());
          if (job === undefined) break;
          await this.#one(job);
        }
      }
    } catch (error) {
      log.warn({ error }, 'The files of recordings could not be looked after; they will be at the next turn');
    }
  }

  async #one(job: Job): Promise<void> {
    const abort = new AbortController();
    const done = this.#attempt(job, abort.signal);
    this.#current = { recordingId: job.recordingId, abort, done };
    try {
      await done;
    } finally {
      this.#current = undefined;
    }
  }

  async #attempt(job: Job, signal: AbortSignal): Promise<void> {
    const { store } = this.#parts;
    const found = await store.recording(job.recordingId);
    if (found === undefined || !isMakeable(found.recording)) return store.remove(job.recordingId, job.kind);
    const { edition } = found.recording;
    await store.begin(job, edition);
    await this.#make({ ...job, edition }, found, signal);
  }

  async #make(job: Job, found: Titled, signal: AbortSignal): Promise<void> {
    const { store, clock, log, make } = this.#parts;
    const { recordingId, kind } = job;
    const jobs = await store.of(recordingId);
    const hasSound = jobs.some((one) => one.kind === 'm4a' && one.state === 'ready' && !isOutdated(one, found.recording));
    const beganAt = clock.now();
    try {
      const { bytes } = await make({ ...found, job, signal, hasSound, reached: this.#reached(job, signal) });
      await store.ready(job, job.edition, bytes, clock.now());
      log.info({ recordingId, kind, bytes, tookMs: clock.now() - beganAt }, 'A file was made of a recording');
    } catch (error) {
      if (error instanceof CalledOff || signal.aborted) return this.#calledOff(job, found);
      if (error instanceof FilesGone) return this.#gone(job);
      await this.#failed(job, error);
    }
  }

  /** Not wanted, not wanted as it was, or we stop: then the pieces stay, unless they are of an encrypted recording. */
  async #calledOff(job: Job, { recording }: Titled): Promise<void> {
    const { store } = this.#parts;
    if (!this.#closed || recording.sealedKey !== null) await this.#clear(job);
    if (this.#closed) return;
    const now = await store.recording(job.recordingId);
    if (now === undefined || !isMakeable(now.recording)) return store.remove(job.recordingId, job.kind);
    await store.resume();
  }

  async #failed(job: Job, error: unknown): Promise<void> {
    const { store, clock, log } = this.#parts;
    const fault = faultOf(error);
    const after = againAfterMs(job.attempts + 1);
    if (fault === 'no-space' || after === null) await this.#clear(job);
    await store.failed(job, fault, clock.now(), after === null ? null : clock.now() + after);
    const { recordingId, kind } = job;
    log.warn({ error, recordingId, kind, fault, again: after !== null }, 'A file could not be made of a recording');
  }

  /** Nothing will ever be made of it. Who made them go knows; nobody is to be woken. */
  async #gone(job: Job): Promise<void> {
    const { store, clock, log } = this.#parts;
    await this.#clear(job);
    await store.failed(job, 'not-readable', clock.now(), null);
    log.info({ recordingId: job.recordingId, kind: job.kind }, 'Nothing is made of a recording whose files are gone');
  }

  async #clear(job: Job): Promise<void> {
    await rm(join(this.#parts.workRoot, workName(job)), { recursive: true, force: true });
  }

  #reached(job: Job, signal: AbortSignal): (progress: number) => Promise<void> {
    const { store, hasSpace } = this.#parts;
    let told = 0;
    return async (progress) => {
      const now = await store.recording(job.recordingId);
      if (signal.aborted || now === undefined || !isMakeable(now.recording) || now.recording.edition !== job.edition) throw new CalledOff();
      if (!(await hasSpace())) throw new ExportFault('no-space', 'the disk has room for recordings only');
      if (progress < told + leastProgress) return;
      told = progress;
      await store.progress(job, progress);
    };
  }
}
