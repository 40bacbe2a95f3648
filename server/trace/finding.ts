// What a proof has counted and found wrong so far.
import { TraceFault, type TraceProof } from '../contract/evidence.ts';
import { LocalDate } from '../contract/ids.ts';
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
    for (const fault of faults.map(sayable)) if (this.#faults.size < mostFaults) this.#faults.set(canonical(fault), fault);
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
      ...{ entries: this.entries, lessons: this.#lessons.size, days: this.days, erased: this.erased },
      // Numbers that are none are named already.
      unsealed: Number.isSafeInteger(this.unsealed) ? this.unsealed : 0,
      expired: this.#expired.size,
      faults,
      checkedAt: endedAt,
      durationMs: endedAt - startedAt,
    };
  }
}

/** What somebody wrote into the tables may be no number and no day: then the fault is told without it. */
function sayable(fault: TraceFault): TraceFault {
  if (TraceFault.safeParse(fault).success) return fault;
  const number = (value: number) => (Number.isSafeInteger(value) ? value : 0);
  return {
    ...fault,
    ...('seq' in fault && { seq: number(fault.seq) }),
    ...('sealedSeq' in fault && { sealedSeq: number(fault.sealedSeq) }),
    ...('at' in fault && { at: null }),
    ...('day' in fault && !LocalDate.safeParse(fault.day).success && { day: noDay }),
    ...('keyId' in fault && { keyId: String(fault.keyId) }),
  };
}

const noDay = LocalDate.parse('1970-01-01');
