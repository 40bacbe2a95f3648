// Has reports read on a thread with a connection of its own to the database: on SQLite whoever reads holds up its thread, and ours runs the live classes.
import { Worker } from 'node:worker_threads';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { Answer, Answers, Form, Report } from './answers.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** They take turns on the thread, so a short one does not wait for the long ones. */
const MOST_ASKED = 40;
const LONGEST_MS = 60_000;
const RETRY_MS = 5000;
const PATIENCE_MS = 2000;
/** A workbook's worth of lines at once takes some of it; more ends the thread, and not the server. */
const MOST_MEMORY_MB = 1024;

interface Asked {
  readonly done: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
  readonly late: NodeJS.Timeout;
}

export class ReportThread implements Answers {
  readonly #entry: URL;
  readonly #data: ThreadData;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #longestMs: number;
  readonly #asked = new Map<number, Asked>();
  #last = 0;
  #worker: Worker | null = null;
  #closed: Promise<void> | undefined;

  constructor(options: {
    /** The file that the thread runs. */
    readonly entry: URL;
    readonly data: ThreadData;
    readonly clock: Pick<Clock, 'now'>;
    readonly longestMs?: number;
  }) {
    this.#entry = options.entry;
    this.#data = options.data;
    this.#clock = options.clock;
    this.#longestMs = options.longestMs ?? LONGEST_MS;
  }

  /** Throws `Refused('too-many-requests')` when too many are asked for already. */
  ask(report: Report, form: Form): Promise<Answer> {
    return new Promise((done, failed) => {
      if (this.#closed !== undefined) throw new Refused('server-stopping', 'The server is stopping');
      if (this.#asked.size >= MOST_ASKED)
        throw new Refused('too-many-requests', 'Too many reports are being read', { retryAfterMs: RETRY_MS });
      this.#worker ??= this.#start();
      const worker = this.#worker;
      this.#last += 1;
      const number = this.#last;
      // What takes so long may be stuck in one statement, and would never hear that it is to stop.
      const late = setTimeout(() => this.#gone(worker, new Error(`The report ${report.kind} took too long`)), this.#longestMs);
      this.#asked.set(number, { done, failed, late });
      worker.postMessage({ type: 'ask', number, report, form, now: this.#clock.now() } satisfies ToThread);
    });
  }

  /** What is asked still is refused. Safe twice. */
  close(): Promise<void> {
    this.#closed ??= this.#stop();
    return this.#closed;
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, {
      workerData: this.#data,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    // Requests keep the server alive, not the thread.
    worker.unref();
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error) => this.#gone(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#gone(worker, new Error('The thread of reports ended')));
    return worker;
  }

  #hear(message: FromThread): void {
    const asked = this.#asked.get(message.number);
    if (asked === undefined) return;
    this.#asked.delete(message.number);
    clearTimeout(asked.late);
    if (message.type === 'answer') asked.done(message.answer);
    else if (message.type === 'refused') asked.failed(new Refused(message.code, message.message, message.details));
    else asked.failed(new Error(message.message));
  }

  /** The next question starts another. */
  #gone(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#failAll(error);
  }

  #failAll(error: Error): void {
    for (const { failed, late } of this.#asked.values()) {
      clearTimeout(late);
      failed(error);
    }
    this.#asked.clear();
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(new Refused('server-stopping', 'The server is stopping'));
    if (worker === null) return;
    const ended = new Promise<void>((over) => worker.once('exit', () => over()));
    worker.postMessage({ type: 'stop' } satisfies ToThread);
    const late = setTimeout(() => void worker.terminate(), PATIENCE_MS);
    await ended;
    clearTimeout(late);
  }
}
