// Proves the chain of one lesson: its entries one after the other, and what signed heads say of it.
import { setImmediate } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Clock } from '../ports/clock.ts';
import { ChainCheck, lessonIdOf } from './chain.ts';
import type { Finding } from './finding.ts';
import type { Leaf } from './heads.ts';
import { isErased } from './personal.ts';
import type { ProofStore } from './proof.store.ts';

/** The rule of how long a trace is kept counts in years; a leap day and the day's end are forgiven. */
export const leastKeptMs = 360 * 86_400_000;

export type DayLeaf = Leaf & { readonly day: string };

export class LessonCheck {
  readonly #store: ProofStore;
  readonly #clock: Clock;
  readonly #timeZone: string;

  constructor({ store, clock, timeZone }: { readonly store: ProofStore; readonly clock: Clock; readonly timeZone: string }) {
    this.#store = store;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  /** @param leaves of this lesson, by day; all there are, or those that are to be proven */
  async check(id: string, leaves: readonly DayLeaf[], finding: Finding): Promise<void> {
    const lessonId = lessonIdOf(id);
    const before = await this.#store.chain(id);
    const expiredLeaf = leaves.findLast(({ expired }) => expired);
    const isExpired = expiredLeaf !== undefined || (before !== null && before.expiredAt !== null);
    finding.lesson(id);

    let check = new ChainCheck(id);
    const wanted = new Map(leaves.map((leaf) => [leaf.seq, leaf]));
    let entries = 0;
    let hash: string | undefined;
    for await (const rows of this.#store.pages(id)) {
      const [first] = rows;
      if (entries === 0 && first !== undefined && isExpired) check = new ChainCheck(id, startOf(first.seq, leaves));
      for (const row of rows) {
        check.take(row);
        entries += 1;
        hash = row.hash;
        if (row.personal_hash !== null && isErased(row.personal)) finding.erased += 1;
        if (row.personal_hash === null && row.personal !== null) finding.fault({ kind: 'personal-changed', lessonId, seq: row.seq });
        const leaf = wanted.get(row.seq);
        if (leaf !== undefined && leaf.hash !== row.hash) finding.fault({ kind: 'not-as-sealed', lessonId, seq: row.seq, day: leaf.day });
      }
      // The classes go on meanwhile.
      await setImmediate();
    }
    check.end();
    finding.entries += entries;
    finding.fault(...check.faults);

    if (isExpired) return this.#judgeExpiry(id, { expiredAt: before?.expiredAt ?? null, leaves, finding });
    const chain = await this.#store.chain(id);
    const last = leaves.findLast(() => true);
    const signed = last?.seq ?? 0;
    const chained = Math.max(before?.seq ?? 0, signed);
    if (entries === 0 && last !== undefined) {
      finding.fault({ kind: 'lesson-missing', lessonId, day: last.day });
      return;
    }
    if (check.seq < chained) finding.fault({ kind: 'cut-off', lessonId, seq: check.seq, sealedSeq: chained });
    if (check.seq > Math.max(chain?.seq ?? 0, signed))
      finding.fault({ kind: 'entry-inserted', lessonId, seq: Math.max(chain?.seq ?? 0, signed) + 1 });
    if (chain !== null && chain.seq === check.seq && chain.hash !== hash)
      finding.fault({ kind: 'entry-changed', lessonId, seq: check.seq, at: null });
    finding.unsealed += Math.max(0, check.seq - Math.max(signed, chain?.sealedSeq ?? 0));
  }

  /** The chain says that it was signed further than any head does: heads are gone. @param leavesOf all there are */
  async signedFurther(id: string, leavesOf: (id: string) => Promise<readonly DayLeaf[]>, finding: Finding): Promise<void> {
    // In this order: it may be signed meanwhile.
    const chain = await this.#store.chain(id);
    const leaves = await leavesOf(id);
    if (chain === null || chain.sealedSeq <= (leaves.at(-1)?.seq ?? 0)) return;
    let at = 0;
    for await (const rows of this.#store.pages(id)) at = rows.findLast(({ seq }) => seq <= chain.sealedSeq)?.at ?? at;
    finding.fault({ kind: 'day-missing', day: DateTime.fromMillis(at, { zone: this.#timeZone }).toFormat('yyyy-MM-dd') });
  }

  /** Whoever removes a trace and calls it expired has to have waited for it. */
  async #judgeExpiry(
    id: string,
    { expiredAt, leaves, finding }: { expiredAt: number | null; leaves: readonly DayLeaf[]; finding: Finding },
  ): Promise<void> {
    finding.expired(id);
    const expiredLeaf = leaves.find(({ expired }) => expired);
    const first = leaves.find(({ expired }) => !expired);
    const expiry = Math.min(expiredAt ?? Number.POSITIVE_INFINITY, expiredLeaf ? Date.parse(expiredLeaf.day) : Number.POSITIVE_INFINITY);
    const heldAt = (first && Date.parse(first.day)) ?? (await this.#store.endsAt(id)) ?? 0;
    // What is removed only in time to come is removed by somebody else.
    if (expiry - heldAt >= leastKeptMs && (expiredAt ?? 0) <= this.#clock.now()) return;
    const day = expiredLeaf?.day ?? first?.day ?? DateTime.fromMillis(expiry, { zone: this.#timeZone }).toFormat('yyyy-MM-dd');
    finding.fault({ kind: 'lesson-missing', lessonId: lessonIdOf(id), day });
  }
}

/** What came after a trace was removed goes on from where it stood: a head may have signed it then, or a while before, or later. */
function startOf(firstSeq: number, leaves: readonly DayLeaf[]): { readonly seq: number; readonly hash: string | null } {
  const before = leaves.findLast(({ seq, expired }) => !expired || seq < firstSeq);
  return before !== undefined && before.seq >= firstSeq - 1 ? before : { seq: firstSeq - 1, hash: null };
}
