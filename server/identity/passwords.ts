// Hashes passwords with argon2id (RFC 9106), a few at a time, so that a lecture hall signing in cannot use up memory and cores.
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Refused } from '../contract/reply.ts';

/** OWASP's recommendation: 19 MiB, two passes. argon2id is the library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
/** Node hashes on the four threads that also read and write files: one of them stays free. */
const IN_BATCH_AT_ONCE = Math.min(Math.max(availableParallelism() - 1, 1), 3);
const MOST_WAITING = 2000;
/** No l, o, 0, 1, i: people copy these from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

export class Passwords {
  readonly #interactive = new Queue(AT_ONCE, MOST_WAITING);
  /** Imports of thousands go beside people who sign in, on as many cores as there are but one. */
  readonly #batch = new Queue(IN_BATCH_AT_ONCE, Number.POSITIVE_INFINITY);
  readonly #dummy = hash('nobody has this password', COST);

  hash(password: string): Promise<string> {
    return this.#interactive.run(() => hash(normalised(password), COST));
  }

  /** Throws `Refused` when the signal says that nobody waits for it any more. */
  hashInBatch(password: string, signal?: AbortSignal): Promise<string> {
    return this.#batch.run(async () => {
      if (signal?.aborted) throw new Refused('conflict', 'The request was given up');
      return hash(normalised(password), COST);
    });
  }

  /** Null is compared with a hash too, so that it takes as long to be refused. */
  async isRight(password: string, known: string | null): Promise<boolean> {
    const against = known ?? (await this.#dummy);
    const fits = await this.#interactive.run(() => verify(against, normalised(password)));
    return fits && known !== null;
  }
}

/** 59 random bits, like `kx4m-9ruf-2ztw`. */
export function generatePassword(): string {
  const part = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [part(), part(), part()].join('-');
}

/** The same password from keyboards that compose letters differently. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

class Queue {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#mostWaiting)
        throw new Refused('too-many-requests', 'Too many people sign in at once', { retryAfterMs: 5000 });
      // The one who ends hands its place on, so nobody who comes later slips in between.
      await new Promise<void>((go) => this.#waiting.push(go));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
