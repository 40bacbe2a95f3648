// What is wrong with signed heads: in themselves, in their order, and beside the copies that were kept of them.
import type { DayHead, TraceFault, TraceKey } from '../contract/evidence.ts';
import { canonical } from './canonical.ts';
import { noHash } from './chain.ts';
import { hashOfHead, isSignedBy, type Leaf, rootOfLeaves, trustedKeys } from './heads.ts';

const dayMs = 86_400_000;

export interface HeadChecking {
  readonly keys: readonly TraceKey[];
  /** Keys that this data folder has made; null: it cannot tell. */
  readonly knownKeys: ReadonlySet<string> | null;
  readonly witnessed: ReadonlyMap<number, DayHead> | null;
}

export class HeadCheck {
  readonly #trusted: ReadonlyMap<string, TraceKey>;
  readonly #known: ReadonlySet<string> | null;
  readonly #witnessed: ReadonlyMap<number, DayHead> | null;

  constructor({ keys, knownKeys, witnessed }: HeadChecking) {
    this.#trusted = trustedKeys(keys);
    this.#known = knownKeys;
    this.#witnessed = witnessed;
  }

  /** @param leaves in order; null: they are not looked at */
  head(head: DayHead, leaves: readonly Leaf[] | null): TraceFault[] {
    const { day, keyId } = head;
    const faults: TraceFault[] = [];
    const isAsRooted = leaves === null || (leaves.length === head.lessons && rootOfLeaves(leaves) === head.root);
    const key = this.#known === null || this.#known.has(keyId) ? this.#trusted.get(keyId) : undefined;
    if (!isAsRooted || hashOfHead(head) !== head.hash) faults.push({ kind: 'day-changed', day });
    if (key === undefined) faults.push({ kind: 'key-unknown', day, keyId });
    else if (!isSignedBy(head, key.publicKey)) faults.push({ kind: 'signature-wrong', day, keyId });
    if (!this.#isWitnessed(head)) faults.push({ kind: 'not-as-witnessed', day });
    return faults;
  }

  /** A head that was signed just now may not have reached the witness yet. */
  #isWitnessed(head: DayHead): boolean {
    if (this.#witnessed === null || head.number > Math.max(0, ...this.#witnessed.keys())) return true;
    const copy = this.#witnessed.get(head.number);
    return copy !== undefined && canonical(copy) === canonical(head);
  }

  /** @param before the head that stands before it in the table; null: none does */
  link(before: DayHead | null, head: DayHead): TraceFault[] {
    const expected = (before?.number ?? 0) + 1;
    if (head.number === expected) {
      if (head.previous === (before?.hash ?? noHash)) return [];
      return [{ kind: 'day-changed', day: before?.day ?? head.day }];
    }
    const missing = Math.min(Math.max(head.number - expected, 1), 100);
    return Array.from({ length: missing }, (_, index) => ({ kind: 'day-missing', day: daysBefore(head.day, missing - index) }) as const);
  }

  /** Heads that the witness remembers after the last one. */
  after(last: DayHead | null): TraceFault[] {
    const later = [...(this.#witnessed?.values() ?? [])].filter(({ number }) => number > (last?.number ?? 0));
    return later.map(({ day }) => ({ kind: 'day-missing', day }));
  }
}

function daysBefore(day: string, count: number): string {
  const time = new Date(Date.parse(day) - count * dayMs);
  return Number.isNaN(time.getTime()) ? day : time.toISOString().slice(0, 10);
}
