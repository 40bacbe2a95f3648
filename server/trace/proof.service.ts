// Proves that nothing in the trace was changed, removed or put in: of a lesson, of a day, or of all.
import { setImmediate } from 'node:timers/promises';
import type { DayHead, TraceKey, TraceProof, TraceState } from '../contract/evidence.ts';
import type { LessonId, LocalDate } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { lessonIdOf } from './chain.ts';
import { Finding } from './finding.ts';
import { HeadCheck } from './head-check.ts';
import type { HeadsStore } from './heads.store.ts';
import { keyIdOf } from './heads.ts';
import type { KeyFiles } from './key-files.ts';
import { LessonCheck, leastKeptMs } from './lesson-check.ts';
import type { ProofStore } from './proof.store.ts';
import type { Witness } from './witness.ts';

const headsPerPage = 200;
const headsShown = 50;

interface Parts {
  readonly heads: HeadsStore;
  readonly trace: ProofStore;
  readonly files: KeyFiles;
  readonly witness: Witness;
  readonly clock: Clock;
  readonly timeZone: string;
}

export class ProofService {
  readonly #parts: Parts;
  readonly #lessons: LessonCheck;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lessons = new LessonCheck({ store: parts.trace, clock: parts.clock, timeZone: parts.timeZone });
  }

  /** Those that this data folder has made: whoever can write to the database must not have another published. */
  async keys(): Promise<TraceKey[]> {
    const [keys, known] = await Promise.all([this.#parts.heads.keys(), this.#parts.files.known()]);
    return known === null ? keys : keys.filter(({ id, publicKey }) => known.has(id) && id === keyIdOf(publicKey));
  }

  async state(page: number): Promise<TraceState> {
    const { heads, trace } = this.#parts;
    const [keys, newest, totalHeads, unsealedLessons, entries] = await Promise.all([
      ...[heads.keys(), heads.newest(page * headsShown, headsShown), heads.countHeads(), heads.countUnsealed()],
      trace.countEntries(),
    ] as const);
    return { keys, heads: newest, totalHeads, unsealedLessons, entries };
  }

  /** The lesson's entries, and every head from the first that knows of it. */
  async lesson(id: LessonId): Promise<TraceProof> {
    const { heads, trace } = this.#parts;
    return this.#prove(async (finding, check) => {
      const leaves = await heads.leavesOf(id);
      if (leaves.length === 0 && (await trace.chain(id)) === null && !(await trace.hasEntries(id)))
        throw new Refused('not-found', 'Nothing is recorded of this lesson');
      await this.#lessons.check(id, leaves, finding);
      await this.#lessons.signedFurther(id, (one) => heads.leavesOf(one), finding);
      const first = leaves[0] && (await heads.head(leaves[0].day));
      if (leaves[0] !== undefined && !first) finding.fault({ kind: 'day-missing', day: leaves[0].day });
      if (!first) return;
      const days = new Set(leaves.map(({ day }) => day));
      const last = await this.#heads(first.number, { finding, check, withLeaves: ({ day }) => days.delete(day) });
      for (const day of days) finding.fault({ kind: 'day-missing', day });
      finding.fault(...check.after(last));
    });
  }

  /** The day's head, its place in the order, and all lessons in it. */
  async day(day: LocalDate): Promise<TraceProof> {
    const { heads } = this.#parts;
    return this.#prove(async (finding, check) => {
      const [head, leaves] = await Promise.all([heads.head(day), heads.leaves(day)]);
      if (head === null) {
        const [last] = await heads.newest(0, 1);
        if (leaves.length === 0 && (last === undefined || last.day < day)) throw new Refused('not-found', 'This day is not signed yet');
        finding.fault({ kind: 'day-missing', day });
      } else {
        const [before, after] = await Promise.all([heads.beside(head.number, 'before'), heads.beside(head.number, 'after')]);
        finding.fault(...check.head(head, leaves), ...check.link(before, head), ...(after ? check.link(head, after) : []));
        finding.days += 1;
      }
      for (const leaf of leaves) await this.#lessons.check(leaf.lessonId, [{ ...leaf, day }], finding);
    });
  }

  /** All heads and their order, and that the entry each leaf points to is still the one. */
  async order(): Promise<TraceProof> {
    return this.#prove((finding, check) => this.#order(finding, check));
  }

  /** Everything, entry by entry. @param told how many lessons are proven, now and then */
  async all(told: (lessons: number) => void = () => undefined): Promise<TraceProof> {
    return this.#prove(async (finding, check) => {
      await this.#order(finding, check);
      finding.entries = 0;
      let lessons = 0;
      for await (const id of this.#parts.trace.lessonIds()) {
        const leavesOf = (one: string) => this.#parts.heads.leavesOf(one);
        await this.#lessons.check(id, await leavesOf(id), finding);
        await this.#lessons.signedFurther(id, leavesOf, finding);
        lessons += 1;
        told(lessons);
      }
    });
  }

  async #order(finding: Finding, check: HeadCheck): Promise<void> {
    const last = await this.#heads(1, {
      ...{ finding, check },
      withLeaves: () => true,
      also: (head) => this.#beside(head, finding),
    });
    finding.fault(...check.after(last));
  }

  /** All heads from a number on; answers the last. */
  async #heads(
    fromNumber: number,
    options: {
      readonly finding: Finding;
      readonly check: HeadCheck;
      readonly withLeaves: (head: DayHead) => boolean;
      readonly also?: (head: DayHead) => Promise<void>;
    },
  ): Promise<DayHead | null> {
    const { heads } = this.#parts;
    const { finding, check, withLeaves, also } = options;
    let before = await heads.beside(fromNumber, 'before');
    for (let from = fromNumber; ; ) {
      const page = await heads.heads(from, headsPerPage);
      for (const head of page) {
        const leaves = withLeaves(head) ? await heads.leaves(head.day) : null;
        finding.fault(...check.link(before, head), ...check.head(head, leaves));
        finding.days += 1;
        await also?.(head);
        before = head;
        await setImmediate();
      }
      if (page.length < headsPerPage) return before;
      from = (before?.number ?? from) + 1;
    }
  }

  async #beside({ day }: DayHead, finding: Finding): Promise<void> {
    const { trace, clock } = this.#parts;
    for (const leaf of await trace.besideLeaves(day)) {
      const lessonId = lessonIdOf(leaf.lessonId);
      finding.lesson(lessonId);
      if (leaf.stored !== null) finding.entries += 1;
      const keptMs = (leaf.expiredAt ?? 0) > clock.now() ? 0 : (leaf.expiredAt ?? 0) - Date.parse(day);
      if (leaf.expiredAt !== null) finding.expired(lessonId);
      if (leaf.expiredAt !== null && leaf.expired === 0 && keptMs < leastKeptMs) finding.fault({ kind: 'lesson-missing', lessonId, day });
      if (leaf.expiredAt !== null || leaf.expired === 1) continue;
      if (leaf.stored === null && !(await trace.hasEntries(lessonId))) finding.fault({ kind: 'lesson-missing', lessonId, day });
      else if (leaf.stored === null) finding.fault({ kind: 'entry-missing', lessonId, seq: leaf.seq });
      else if (leaf.stored !== leaf.hash) finding.fault({ kind: 'not-as-sealed', lessonId, seq: leaf.seq, day });
    }
  }

  async #prove(work: (finding: Finding, check: HeadCheck) => Promise<void>): Promise<TraceProof> {
    const { heads, files, witness, clock } = this.#parts;
    const startedAt = clock.now();
    const [keys, knownKeys, witnessed] = await Promise.all([heads.keys(), files.known(), witness.read()]);
    const finding = new Finding();
    await work(finding, new HeadCheck({ keys, knownKeys, witnessed }));
    return finding.proof(startedAt, clock.now());
  }
}
