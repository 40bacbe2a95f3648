// What a proof has counted and found wrong so far.
import type { TraceFault, TraceProof } from '../contract/evidence.ts';
import { canonical } from './canonical.ts';

const mostFaults = 100;

export class Finding {
  entries = 0;
  days = 0;
  unsealed = 0;
  erased = 0;
  readonly #lessons = new Set<string>();
  readonly #expired = new Set<string>();
  /** By their text: the same fault may come to light in two ways. */
  readonly #faults = new Map<string, TraceFault>();

  fault(...faults: readonly TraceFault[]): void {
    for (const fault of faults) if (this.#faults.size < mostFaults) this.#faults.set(canonical(fault), fault);
  }

  lesson(id: string): void {
    this.#lessons.add(id);
  }

  expired(id: string): void {
    this.#expired.add(id);
  }

  proof(startedAt: number, endedAt: number): TraceProof {
    const faults = [...this.#faults.values()];
    return {
      ok: faults.length === 0,
      ...{ entries: this.entries, lessons: this.#lessons.size, days: this.days, unsealed: this.unsealed, erased: this.erased },
      expired: this.#expired.size,
      faults,
      checkedAt: endedAt,
      durationMs: endedAt - startedAt,
    };
  }
}
