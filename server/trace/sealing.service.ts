// Signs what the chains have come to, once a day shortly after midnight, and changes the key that signs.
import { setImmediate } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { DayHead, TraceKey } from '../contract/evidence.ts';
import { hints } from '../hints.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { noHash } from './chain.ts';
import type { HeadsStore } from './heads.store.ts';
import { endorse, rootOfLeaves, signHead } from './heads.ts';
import type { KeyFiles, SigningKey } from './key-files.ts';
import type { Witness } from './witness.ts';

const minuteMs = 60_000;
/** What happened at midnight itself is to be in the head of that day. */
const afterMidnightMs = 2 * minuteMs;
const headsPerPage = 500;

interface Parts {
  readonly store: HeadsStore;
  readonly files: KeyFiles;
  readonly witness: Witness;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
}

export class SealingService {
  readonly #parts: Parts;
  #timer: Timer | null = null;
  /** Keys and heads one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  /** The last day that has a head; null until it was asked. */
  #sealed: string | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Makes the first key, signs the days that were missed, and goes on every night. What fails is tried again every minute: classes need not wait for it. */
  async start(): Promise<void> {
    const { clock, log } = this.#parts;
    const attempt = () =>
      this.seal().catch((error: unknown) => log.error({ error }, 'The trace could not be signed; it is tried again every minute'));
    this.#timer ??= clock.every(minuteMs, () => void attempt());
    await this.#alone(() => this.#completeWitness()).catch((error: unknown) =>
      log.error({ error }, 'The copies of the signed heads could not be completed'),
    );
    await attempt();
  }

  /** Signs each day that is over and has no head yet, oldest first. */
  seal(): Promise<DayHead[]> {
    if (this.#sealed !== null && this.#sealed >= this.#lastDay()) return Promise.resolve([]);
    return this.#alone(() => this.#seal());
  }

  /** Signs with a new key from now on; the one before endorses it, and can sign no more. */
  rotate(): Promise<TraceKey> {
    return this.#alone(async () => this.#takeNew(await this.#current()));
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    await this.#work;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }

  #lastDay(): string {
    const { clock, timeZone } = this.#parts;
    return isoDay(DateTime.fromMillis(clock.now() - afterMidnightMs, { zone: timeZone }).minus({ days: 1 }));
  }

  async #seal(): Promise<DayHead[]> {
    const { store, log, clock } = this.#parts;
    const key = (await this.#current()) ?? (await this.#signingKey(await this.#takeNew(null)));
    const heads: DayHead[] = [];
    const lastDay = this.#lastDay();
    for (let day = dayAfter((await store.last())?.day) ?? lastDay; day <= lastDay; day = dayAfter(day) ?? '') {
      const head = await store.seal((before, leaves) => {
        // Another process was faster.
        if (before !== null && before.day >= day) return null;
        const { number, hash: previous } = before ?? { number: 0, hash: noHash };
        const root = rootOfLeaves(leaves);
        return signHead(
          { day, number: number + 1, lessons: leaves.length, root, previous, keyId: key.id, signedAt: clock.now() },
          key.privateKey,
        );
      });
      if (head === null) break;
      heads.push(head);
      await this.#parts.witness.add([head]);
      log.info({ day, lessons: head.lessons, number: head.number }, 'Signed the trace of a day');
      await setImmediate();
    }
    this.#sealed = lastDay;
    return heads;
  }

  /** The newest key whose private part is here, whatever the database says of it; null when there is none. */
  async #current(): Promise<SigningKey | null> {
    const { store, files, log } = this.#parts;
    const keys = await store.keys();
    for (const { id } of keys.toReversed()) {
      const key = await files.find(id);
      if (key === null) continue;
      for (const other of keys) if (other.id !== id) await files.forget(other.id);
      return key;
    }
    // Proofs will say so of every day from then on: nobody can tell any more whether the new key is ours.
    if (keys.length > 0)
      log.error(
        { keyId: keys.at(-1)?.id, hint: hints.traceKey },
        'The private key of the trace is missing; a new one is made that nothing endorses',
      );
    return null;
  }

  async #signingKey({ id }: TraceKey): Promise<SigningKey> {
    const key = await this.#parts.files.find(id);
    if (key === null) throw new Error('The key of the trace is not where it was put');
    return key;
  }

  async #createdAt(id: string): Promise<number> {
    return (await this.#parts.store.keys()).find((key) => key.id === id)?.createdAt ?? 0;
  }

  async #takeNew(before: SigningKey | null): Promise<TraceKey> {
    const { store, files, clock, log } = this.#parts;
    const { id, publicKey } = await files.generate();
    // Keys are told apart by their time: the clock may have been ahead when the one before was made.
    const createdAt = Math.max(clock.now(), before === null ? 0 : (await this.#createdAt(before.id)) + 1);
    const endorsed = before && { endorsedBy: before.id, endorsement: endorse({ id, publicKey, createdAt }, before.privateKey) };
    const key: TraceKey = { id, publicKey, createdAt, retiredAt: null, ...(endorsed ?? { endorsedBy: null, endorsement: null }) };
    await store.putInUse(key);
    if (before !== null) await files.forget(before.id);
    log.info({ keyId: id, endorsedBy: key.endorsedBy }, 'The trace is signed with a new key');
    return key;
  }

  /** A head that was signed when the power went may not have reached the file. */
  async #completeWitness(): Promise<void> {
    const { store, witness } = this.#parts;
    const numbers = [...((await witness.read()) ?? new Map<number, DayHead>()).keys()];
    for (let from = Math.max(0, ...numbers) + 1; ; ) {
      const heads = await store.heads(from, headsPerPage);
      await witness.add(heads);
      if (heads.length < headsPerPage) return;
      from = (heads.at(-1)?.number ?? from) + 1;
    }
  }
}

function dayAfter(day: string | undefined): string | undefined {
  return day === undefined ? undefined : isoDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }));
}

function isoDay(time: DateTime): string {
  return time.toFormat('yyyy-MM-dd');
}
