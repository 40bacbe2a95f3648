// What one socket, one person and one address may use of the server, so that a bad client harms nobody but itself.
import { type Pace, TokenBucket } from './token-bucket.ts';

export interface SocketLimits {
  readonly maximumMessageBytes: number;
  /** A socket that has not joined by then is closed. */
  readonly joinWithinMs: number;
  /** The server asks for a sign of life so often, and waits so long for it. */
  readonly heartbeatMs: number;
  readonly answerHeartbeatWithinMs: number;
  readonly socketsPerPerson: number;
  /** High, because a whole university may come from one address. */
  readonly socketsPerAddress: number;
  /** Refused requests that a socket survives. */
  readonly patience: Pace;
}

export const defaultLimits: SocketLimits = {
  maximumMessageBytes: 100_000,
  joinWithinMs: 30_000,
  heartbeatMs: 10_000,
  answerHeartbeatWithinMs: 10_000,
  socketsPerPerson: 8,
  socketsPerAddress: 4000,
  patience: { burst: 200, perSecond: 5 },
};

const paces = {
  'chat:post': { burst: 10, perSecond: 5 },
  'room:react': { burst: 5, perSecond: 5 },
  'check:start': { burst: 4, perSecond: 0.2 },
  'check:withdraw': { burst: 4, perSecond: 0.2 },
  'check:answer': { burst: 4, perSecond: 1 },
  'media:view': { burst: 20, perSecond: 10 },
  // Each is an entry of the trace.
  'room:page-seen': { burst: 10, perSecond: 0.2 },
} as const satisfies Readonly<Record<string, Pace>>;
const otherPace: Pace = { burst: 60, perSecond: 30 };

function isPaced(name: string): name is keyof typeof paces {
  return Object.hasOwn(paces, name);
}

/** The buckets of one socket. Names that do not exist share the bucket of the others. */
export class Pacing {
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #patience: TokenBucket;

  constructor(patience: Pace, nowMs: number) {
    this.#patience = new TokenBucket(patience, nowMs);
  }

  ask(
    name: string,
    nowMs: number,
  ): { readonly verdict: 'go' } | { readonly verdict: 'wait'; readonly retryAfterMs: number } | { readonly verdict: 'out' } {
    const key = isPaced(name) ? name : '';
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new TokenBucket(isPaced(name) ? paces[name] : otherPace, nowMs);
      this.#buckets.set(key, bucket);
    }
    if (bucket.take(nowMs)) return { verdict: 'go' };
    return this.#patience.take(nowMs) ? { verdict: 'wait', retryAfterMs: bucket.waitMs } : { verdict: 'out' };
  }
}

/** How many sockets each person or address has. */
export class Headcount {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  isFull(key: string): boolean {
    return (this.#counts.get(key) ?? 0) >= this.#limit;
  }

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  remove(key: string): void {
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}
