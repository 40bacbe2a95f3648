// Runs imports in a thread of their own, one after the other, and lends it the server's turn to write.
import { Worker } from 'node:worker_threads';
import type { ImportStep } from '../contract/import.ts';
import type { TimetableFact } from '../facts.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import type { ApplyResult, ReadResult, Task } from './work.ts';

/** Keeps the one connection of the server at rest from when it resolves until what it is given resolves. */
export type LendTurn = (until: () => Promise<void>) => Promise<void>;

export interface Hears {
  progress?(step: ImportStep, done: number, total: number): void;
  applied?(result: ApplyResult): void;
  facts?(facts: readonly TimetableFact[]): void;
}

interface Running {
  readonly hears: Hears;
  readonly done: (answer: ReadResult | ApplyResult) => void;
  readonly failed: (error: Error) => void;
  answer: ReadResult | ApplyResult | null;
}

/** A workbook of 64 MB takes some of it; a hostile one ends the thread, and not the server. */
const MOST_MEMORY_MB = 2048;
const IDLE_MS = 30_000;
const PATIENCE_MS = 20_000;
const LONGEST_REST_MS = 500;

export class ImportThread {
  readonly #data: ThreadData;
  readonly #entry: URL;
  readonly #lendTurn: LendTurn;
  readonly #isHurried: () => boolean;
  #lastTurnMs = 0;
  #worker: Worker | null = null;
  #running: Running | null = null;
  #turnOver: () => void = () => undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: {
    /** The file that the thread runs. */
    readonly entry: URL;
    readonly database: string;
    readonly lendTurn: LendTurn;
    /** Whether people wait for answers of the server: then it has the database for as long as the thread had it, turn by turn. */
    readonly isHurried: () => boolean;
  }) {
    this.#entry = options.entry;
    this.#data = { database: options.database };
    this.#lendTurn = options.lendTurn;
    this.#isHurried = options.isHurried;
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  async read(task: Task, hears: Hears): Promise<ReadResult> {
    return this.#perform({ type: 'read', task }, hears);
  }

  /** `hears.applied` is told when the data are there; resolves when the lessons are laid out too. */
  async apply(task: Task, withGone: boolean, jobId: string | null, hears: Hears): Promise<ApplyResult> {
    const answer = await this.#perform({ type: 'apply', task, withGone, jobId }, hears);
    if (!('applied' in answer)) throw new Error('The thread answered something else');
    return answer;
  }

  #perform(message: ToThread, hears: Hears): Promise<ReadResult | ApplyResult> {
    if (this.#running !== null) throw new Error('One import at a time');
    if (this.#isClosed) throw new Error('The server is stopping');
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    this.#worker = worker;
    return new Promise((done, failed) => {
      this.#running = { hears, done, failed, answer: null };
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, {
      workerData: this.#data,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    worker.on('message', (message: FromThread) => this.#hear(worker, message));
    worker.on('error', (error) => this.#gone(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#gone(worker, new Error('The thread of imports ended')));
    return worker;
  }

  #hear(worker: Worker, message: FromThread): void {
    const running = this.#running;
    switch (message.type) {
      case 'turn-wanted':
        if (this.#isHurried()) setTimeout(() => this.#lend(worker), Math.min(this.#lastTurnMs, LONGEST_REST_MS));
        else this.#lend(worker);
        return;
      case 'turn-over':
        this.#turnOver();
        return;
      case 'progress':
        running?.hears.progress?.(message.step, message.done, message.total);
        return;
      case 'facts':
        running?.hears.facts?.(message.facts);
        return;
      case 'read':
        if (running) running.answer = message.result;
        return;
      case 'applied':
        if (running) running.answer = message.result;
        running?.hears.applied?.(message.result);
        return;
      case 'done':
        this.#end(running?.answer ? { answer: running.answer } : { error: new Error('The thread answered nothing') });
        return;
      case 'failed':
        this.#end({ error: new Error(message.message) });
        return;
    }
  }

  #lend(worker: Worker): void {
    const until = () =>
      new Promise<void>((over) => {
        const began = performance.now();
        this.#turnOver = () => {
          this.#lastTurnMs = performance.now() - began;
          over();
        };
        worker.postMessage({ type: 'your-turn' } satisfies ToThread);
      });
    // Without the database there is no turn, and the thread waits until it is ended.
    this.#lendTurn(until).catch((error: unknown) => this.#gone(worker, error instanceof Error ? error : new Error(String(error))));
  }

  #gone(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#turnOver();
    void worker.terminate();
    this.#end({ error });
  }

  #end(how: { readonly answer: ReadResult | ApplyResult } | { readonly error: Error }): void {
    const running = this.#running;
    this.#running = null;
    if (this.#worker !== null && !this.#isClosed) this.#idle = setTimeout(() => void this.#stop(), IDLE_MS).unref();
    if (running === null) return;
    if ('answer' in how) running.done(how.answer);
    else running.failed(how.error);
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** What is being written is finished; what is being laid out waits in the database. Safe twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    const running = this.#running;
    if (running !== null) {
      this.#worker?.postMessage({ type: 'stop' } satisfies ToThread);
      const ended = new Promise<void>((over) => {
        const then =
          <T>(tell: (value: T) => void) =>
          (value: T) => {
            tell(value);
            over();
          };
        this.#running = { ...running, done: then(running.done), failed: then(running.failed) };
      });
      await Promise.race([ended, pause(PATIENCE_MS)]);
    }
    await this.#stop();
  }
}

const pause = (ms: number) => new Promise<void>((over) => setTimeout(over, ms).unref());
