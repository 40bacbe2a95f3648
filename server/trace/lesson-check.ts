// Proves the chain of one lesson: its entries one after the other, and what signed heads say of it.
import { setImmediate } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { LessonId } from '../contract/ids.ts';
import { ChainCheck, type ChainEnd } from './chain.ts';
import type { Finding } from './finding.ts';
import type { Leaf } from './heads.ts';
import { isErased } from './personal.ts';
import type { ProofStore } from './proof.store.ts';

/** The rule of how long a trace is kept counts in years; a leap day and the day's end are forgiven. */
export const leastKeptMs = 360 * 86_400_000;

export type DayLeaf = Leaf & { readonly day: string };

export class LessonCheck {
  readonly #store: ProofStore;
  readonly #timeZone: string;

  constructor(store: ProofStore, timeZone: string) {
    this.#store = store;
    this.#timeZone = timeZone;
  }

  /** @param leaves of this lesson, by day; all there are, or those that are to be proven */
  async check(id: string, leaves: readonly DayLeaf[], finding: Finding): Promise<void> {
    const lessonId = LessonId.parse(id);
    const before = await this.#store.chain(id);
    const expiredLeaf = leaves.findLast(({ expired }) => expired);
    const isExpired = expiredLeaf !== undefined || (before !== null && before.expiredAt !== null);
    finding.lesson(id);

    const start = isExpired ? await this.#afterExpiry(id, expiredLeaf) : undefined;
    const check = new ChainCheck(id, start);
    const wanted = new Map(leaves.filter(({ expired }) => !expired).map((leaf) => [leaf.seq, leaf]));
    let entries = 0;
    let hash = start?.hash;
    for await (const rows of this.#store.pages(id)) {
      for (const row of rows) {
        check.take(row);
        entries += 1;
        hash = row.hash;
        if (row.personal_hash !== null && isErasedOrOdd(row.personal)) finding.erased += 1;
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

  /** The chain says that it was signed further than any head does: heads are gone. @param leaves all there are */
  async signedFurther(id: string, leaves: readonly DayLeaf[], finding: Finding): Promise<void> {
    const chain = await this.#store.chain(id);
    if (chain === null || chain.sealedSeq <= (leaves.at(-1)?.seq ?? 0)) return;
    let at = 0;
    for await (const rows of this.#store.pages(id)) at = rows.findLast(({ seq }) => seq <= chain.sealedSeq)?.at ?? at;
    finding.fault({ kind: 'day-missing', day: DateTime.fromMillis(at, { zone: this.#timeZone }).toFormat('yyyy-MM-dd') });
  }

  /** What came after the trace was removed goes on from where it stood then. */
  async #afterExpiry(id: string, leaf: DayLeaf | undefined): Promise<ChainEnd | undefined> {
    if (leaf !== undefined) return leaf;
    const chain = await this.#store.chain(id);
    return chain ?? undefined;
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
    if (expiry - heldAt >= leastKeptMs) return;
    const day = expiredLeaf?.day ?? first?.day ?? DateTime.fromMillis(expiry, { zone: this.#timeZone }).toFormat('yyyy-MM-dd');
    finding.fault({ kind: 'lesson-missing', lessonId: LessonId.parse(id), day });
  }
}

function isErasedOrOdd(personal: string | null): boolean {
  try {
    return isErased(personal);
  } catch {
    return false;
  }
}
