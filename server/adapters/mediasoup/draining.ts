// Which workers are drained: they take nothing new while another one lives that is not. A worker that is replaced is fresh. Rules B22 to B24.
import { Refused } from '../../contract/reply.ts';

export class Draining<Worker extends object> {
  readonly #drained = new WeakSet<Worker>();

  has(worker: Worker): boolean {
    return this.#drained.has(worker);
  }

  /** B23: of those that live now one has to stay open. */
  mayDrain(worker: Worker, live: readonly Worker[]): boolean {
    return live.some((other) => other !== worker && !this.#drained.has(other));
  }

  /** Answers whether that changed anything. Throws `Refused('conflict')` for the last one. */
  set(worker: Worker, drained: boolean, live: readonly Worker[]): boolean {
    if (this.#drained.has(worker) === drained) return false;
    if (!drained) return this.#drained.delete(worker);
    if (!this.mayDrain(worker, live)) throw new Refused('conflict', 'It is the last media worker that is not drained.');
    this.#drained.add(worker);
    return true;
  }

  /** Those that take what is new. Where all others have died, drained ones do: a class on a drained worker is better than none. */
  open(live: readonly Worker[]): readonly Worker[] {
    const open = live.filter((worker) => !this.#drained.has(worker));
    return open.length > 0 ? open : live;
  }
}
