// How often a track's bytes failed to come, and what follows: asking again, asking more carefully, or giving them up.
import type { FileFault } from './files.ts';

const againMs = [500, 1000, 2000, 4000];
const slowMs = 8000;
/** So often what may be a passing breakdown of the server is believed to be one. */
const mostBreakdowns = 4;

export type Verdict = {
  readonly againMs: number;
  /** It will not come any more. */
  readonly isLost: boolean;
  /** Perhaps the manifest is too old. */
  readonly isStale: boolean;
};

export class Trials {
  #failures = 0;
  #isCareful = false;

  /** In one request; undefined is as many as there is room for. One when it must be found out which of them is bad. */
  get mostCount(): number | undefined {
    return this.#isCareful ? 1 : undefined;
  }

  beCareful(): void {
    this.#isCareful = true;
  }

  worked(): void {
    this.#failures = 0;
  }

  /** After it was decided, or by the viewer's wish. */
  forgive(): void {
    this.#failures = 0;
  }

  failed(fault: Pick<FileFault, 'code' | 'isPassing' | 'isRefusal'>): Verdict {
    this.#failures++;
    const wait = againMs[this.#failures - 1] ?? slowMs;
    if (fault.isRefusal) return { againMs: slowMs, isLost: false, isStale: this.#failures === 1 };
    const mayPass = fault.isPassing && (fault.code !== 'internal' || this.#failures < mostBreakdowns);
    if (mayPass) return { againMs: wait, isLost: false, isStale: false };
    // Once more with a fresh manifest; then one fragment after the other; then it is lost.
    if (this.#failures === 1) return { againMs: 1500, isLost: false, isStale: true };
    if (!this.#isCareful && fault.code !== 'not-found') {
      this.#isCareful = true;
      this.#failures = 1;
      return { againMs: 0, isLost: false, isStale: false };
    }
    return { againMs: 0, isLost: true, isStale: false };
  }
}
