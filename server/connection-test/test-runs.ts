// The connection tests that run now: few at a time, each for a minute and a half at most, none while classes need the machine.
import type { TestBegun, TestNeeds } from '../contract/connection-test.ts';
import { Refused } from '../contract/reply.ts';
import { RateLimit } from '../edge/limits.ts';
import { neighbourhoodOf } from '../edge/neighbourhood.ts';
import { type IceOptions, iceServers } from '../media/ice.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { MediaEngine } from '../ports/media.ts';
import { allowance, TestRun } from './test-run.ts';

const lastsMs = 90_000;
const lookEveryMs = 2_000;
/** A dormitory has one address for all. */
const atOnce = { all: 12, perAddress: 6 } as const;
const begunPerAddress = { times: 60, perSeconds: 600 } as const;
/** Only to open the relay; what is open stays so until the test ends. */
const relayPasswordMs = 3 * 60_000;

export interface TestRunsOptions {
  readonly engine: MediaEngine;
  readonly ice: IceOptions;
  readonly needs: TestNeeds;
  readonly keptDays: number;
  readonly clock: Clock;
  /** Unguessable and unique. */
  newId(): string;
  /** Classes do without something already. */
  isPressed(): boolean;
  failed(error: unknown): void;
}

export class TestRuns {
  readonly #options: TestRunsOptions;
  readonly #runs = new Map<string, TestRun>();
  readonly #begun = new RateLimit(begunPerAddress.times, begunPerAddress.perSeconds);
  readonly #timer: Timer;
  /** Of tests that are about to begin, beside those that have. */
  readonly #opening: string[] = [];

  constructor(options: TestRunsOptions) {
    this.#options = options;
    this.#timer = options.clock.every(lookEveryMs, () => {
      this.#look().catch((error: unknown) => options.failed(error));
    });
  }

  async begin(address: string): Promise<TestBegun> {
    const { engine, ice, needs, keptDays, clock, newId, isPressed } = this.#options;
    if (isPressed()) throw new Refused('too-many-requests', 'Classes need the machine just now.', { retryAfterMs: 60_000, busy: true });
    const whence = neighbourhoodOf(address);
    const running = [...this.#opening, ...[...this.#runs.values()].map((run) => neighbourhoodOf(run.address))];
    const isFull = running.length >= atOnce.all || running.filter((one) => one === whence).length >= atOnce.perAddress;
    if (isFull) throw new Refused('too-many-requests', 'As many tests run as may run at once.', { retryAfterMs: 10_000, busy: true });
    const [id, endsAt] = [newId(), clock.now() + lastsMs];
    this.#opening.push(whence);
    try {
      await this.#begun.take(whence);
      this.#runs.set(id, await TestRun.open(engine, { id, address, endsAt, newId, failed: () => this.end(id) }));
    } finally {
      this.#opening.splice(this.#opening.indexOf(whence), 1);
    }
    return {
      ...{ id, endsAt, address, needs, keptDays },
      rtpCapabilities: engine.rtpCapabilities,
      // The name is the test's own: a relay counts by it how much somebody has open.
      iceServers: [...iceServers(ice, `test-${id.slice(0, 12)}`, clock.now(), relayPasswordMs)],
      mostBytes: { down: allowance.down, up: allowance.up },
    };
  }

  /** Throws `Refused('not-found')` when it is over, or never was. */
  get(id: string): TestRun {
    const run = this.#runs.get(id);
    if (run === undefined || run.endsAt <= this.#options.clock.now()) throw new Refused('not-found', 'There is no such test any more.');
    return run;
  }

  /** Safe twice. */
  end(id: string): void {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    run?.close();
  }

  /** Safe twice. */
  close(): void {
    this.#timer.cancel();
    for (const id of [...this.#runs.keys()]) this.end(id);
  }

  async #look(): Promise<void> {
    const now = this.#options.clock.now();
    for (const run of [...this.#runs.values()]) {
      // One that cannot be asked is of no use to anybody, and must not keep the others from being looked at.
      const isOver = run.endsAt <= now || (await run.hasFlooded().catch(() => true));
      if (isOver) this.end(run.id);
    }
  }
}
