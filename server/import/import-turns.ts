// One import at a time, whether of a file or of another system: who comes next waits a little, or is told to come again (I14).
import { Refused } from '../contract/reply.ts';
import type { ImportThread } from './import-thread.ts';

const RETRY_MS = 5000;
const WAIT_MS = 200;
const FEW_WAITS = 5;
const MOST_WAITS = 100;

export interface TakenTurn {
  /** Safe twice. */
  over(): void;
}

export class ImportTurns {
  readonly #thread: Pick<ImportThread, 'isBusy'>;
  /** A file that is being uploaded keeps the place of its import. */
  #taken: TakenTurn | null = null;
  #isOfFile = false;
  readonly #running = new Set<Promise<void>>();

  constructor(thread: Pick<ImportThread, 'isBusy'>) {
    this.#thread = thread;
  }

  /** Waits for what is as good as over: whoever has seen that a file is read may apply it at once. */
  take(): Promise<TakenTurn> {
    return this.#take(true, FEW_WAITS);
  }

  /** Calls of other systems follow one another within moments; they wait for each other, but not for the import of a university. */
  takeForPut(): Promise<TakenTurn> {
    return this.#take(false, MOST_WAITS);
  }

  /** What is being done; it never rejects. */
  runs(run: Promise<void>): void {
    const ended = run.finally(() => this.#running.delete(ended));
    this.#running.add(ended);
  }

  async allOver(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #take(isOfFile: boolean, most: number): Promise<TakenTurn> {
    for (let waited = 0; this.#taken !== null && !(this.#isOfFile && this.#thread.isBusy) && waited < most; waited += 1)
      await Promise.race([...this.#running, new Promise((over) => setTimeout(over, WAIT_MS))]);
    // Nothing is waited for from here on, or two that were waiting would both go.
    if (this.#taken !== null) throw new Refused('import-running', 'Another import is being read or applied', { retryAfterMs: RETRY_MS });
    const turn: TakenTurn = {
      over: () => {
        if (this.#taken === turn) this.#taken = null;
      },
    };
    this.#taken = turn;
    this.#isOfFile = isOfFile;
    return turn;
  }
}
