// Who asked to come into a class and was not let in: the same again within a minute is counted, not written anew. Rule Z8.
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { RefusalCode } from '../contract/reply.ts';
import { networkOf } from '../room/network.ts';
import type { EntryRefusal, RefusalPlace } from './history.store.ts';

export interface Turned {
  readonly lessonId: LessonId;
  readonly personId: PersonId;
  /** Of guests by link. */
  readonly guestName: string | null;
  readonly place: RefusalPlace;
  readonly code: RefusalCode;
  readonly device: string;
  readonly address: string;
}

const sameWithinMs = 60_000;
/** Kept to be counted; a flood of them is not worth more memory. */
const mostKept = 5000;

/** Part of the usual way in: the page asks, the person agrees, or the line comes back. */
const usual: readonly RefusalCode[] = ['consent-needed', 'too-many-requests', 'wrong-phase', 'token-expired', 'not-found'];

export class Refusals {
  readonly #kept = new Map<string, EntryRefusal>();
  /** Keys of those that are not written as they stand. */
  readonly #changed = new Set<string>();

  note({ address, ...turned }: Turned, at: Instant): void {
    if (usual.includes(turned.code)) return;
    const key = [turned.lessonId, turned.personId, turned.place, turned.code].join(' ');
    const before = this.#kept.get(key);
    const isSame = before !== undefined && at - before.at < sameWithinMs;
    // Anew behind the others: the first of the map is the oldest.
    if (!isSame) this.#kept.delete(key);
    this.#kept.set(
      key,
      isSame ? { ...before, times: before.times + 1 } : { ...turned, at, times: 1, network: address && networkOf(address) },
    );
    this.#changed.add(key);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
      this.#changed.delete(oldest);
    }
  }

  /** What has to be written; those that nobody can repeat any more are forgotten. */
  take(now: Instant): EntryRefusal[] {
    const taken = [...this.#changed].flatMap((key) => this.#kept.get(key) ?? []);
    this.#changed.clear();
    for (const [key, { at }] of this.#kept) if (now - at >= sameWithinMs) this.#kept.delete(key);
    return taken;
  }
}
