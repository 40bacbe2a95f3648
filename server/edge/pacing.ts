// Counts what the people and rooms of all sockets ask for, and says whether it goes, has to wait, or is too much. Rules H3 and H4.
import { Headcount } from './headcount.ts';
import type { SocketLimits } from './socket-limits.ts';
import { type Pace, TokenBuckets } from './token-bucket.ts';

export type Verdict =
  | { readonly verdict: 'go' }
  | { readonly verdict: 'wait'; readonly retryAfterMs: number }
  /** Too much for too long: who asks is shown out. */
  | { readonly verdict: 'out' };

/** Of what is asked too often at the same moment it is not known when it ends. */
const busyRetryMs = 1000;

export class Pacing {
  readonly #person: ReadonlyMap<string, TokenBuckets>;
  readonly #others: TokenBuckets;
  readonly #room: ReadonlyMap<string, TokenBuckets>;
  readonly #patience: TokenBuckets;
  readonly #unanswered: Headcount;

  constructor({ paces, unansweredPerPerson }: Pick<SocketLimits, 'paces' | 'unansweredPerPerson'>) {
    this.#person = bucketsOf(paces.person);
    this.#others = new TokenBuckets(paces.others);
    this.#room = bucketsOf(paces.room);
    this.#patience = new TokenBuckets(paces.patience);
    this.#unanswered = new Headcount(unansweredPerPerson);
  }

  /** What is remembered of all people and rooms. */
  get size(): number {
    const buckets = [...this.#person.values(), this.#others, ...this.#room.values(), this.#patience];
    return buckets.reduce((sum, { size }) => sum + size, this.#unanswered.size);
  }

  /** After `go` comes `answered`. */
  ask(name: string, { personId, lessonId }: { readonly personId: string; readonly lessonId: string }, nowMs: number): Verdict {
    const waitMs = (this.#person.get(name) ?? this.#others).take(personId, nowMs);
    const isBusy = this.#unanswered.isFull(personId);
    if (waitMs > 0 || isBusy)
      return this.bears(personId, nowMs) ? { verdict: 'wait', retryAfterMs: waitMs || busyRetryMs } : { verdict: 'out' };
    // What the whole room asks is no fault of one person.
    const roomWaitMs = this.#room.get(name)?.take(lessonId, nowMs) ?? 0;
    if (roomWaitMs > 0) return { verdict: 'wait', retryAfterMs: roomWaitMs };
    this.#unanswered.add(personId);
    return { verdict: 'go' };
  }

  /** Something came that is good for nothing. False when it was too much. */
  bears(personId: string, nowMs: number): boolean {
    return this.#patience.take(personId, nowMs) === 0;
  }

  answered(personId: string): void {
    this.#unanswered.remove(personId);
  }
}

function bucketsOf(paces: Readonly<Partial<Record<string, Pace>>>): ReadonlyMap<string, TokenBuckets> {
  return new Map(Object.entries(paces).flatMap(([name, pace]) => (pace === undefined ? [] : [[name, new TokenBuckets(pace)] as const])));
}
