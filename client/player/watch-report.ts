// Tells the server what was seen, and keeps what it could not be told yet: in batches that each count once, however often they are sent.
import { z } from 'zod';
import { Watched } from '../../server/contract/viewing.ts';
import type { Stretch } from './played.ts';

export const reportEveryMs = 30_000;
/** In one report. */
const most = 20;
const mostKept = 200;
/** A hole that is not worth a stretch of its own. */
const joinMs = 500;

/** `refused`: the server does not want it, now or ever. `later`: it could not be told, or was asked too often. */
export type Outcome = 'taken' | 'refused' | 'later';

export interface WatchReportOptions {
  /** What was seen since the last time. */
  readonly take: () => Stretch[];
  /** `last`: the page may be gone before the answer. */
  readonly send: (report: Watched, last: boolean) => Promise<Outcome>;
  /** Outlives the page. */
  readonly stored: { read(): string | undefined; write(value: string | undefined): void };
  readonly newId: () => string;
}

export class WatchReport {
  readonly #options: WatchReportOptions;
  /** In the order in which it was seen. What is in a batch stays in it: the server knows it by its id. */
  #batches: readonly Watched[];
  #waiting: Stretch[] = [];
  readonly #underWay = new Set<Watched>();

  constructor(options: WatchReportOptions) {
    this.#options = options;
    this.#batches = storedBatches(options.stored.read(), options.newId);
  }

  /** Sends what there is; `last` when the page is hidden or goes. */
  async report(last = false): Promise<void> {
    this.#waiting = joined([...this.#waiting, ...this.#options.take()]).slice(-mostKept);
    if (this.#underWay.size > 0 && !last) return this.#store();
    this.#batch();
    this.#store();
    const unsent = this.#batches.filter((batch) => !this.#underWay.has(batch));
    if (last) return void (await Promise.all(unsent.map((batch) => this.#send(batch, true))));
    for (const batch of unsent) if ((await this.#send(batch, false)) === 'later') return;
    if (this.#waiting.length > 0) return this.report();
  }

  async #send(batch: Watched, last: boolean): Promise<Outcome> {
    this.#underWay.add(batch);
    const outcome = await this.#options.send(batch, last);
    this.#underWay.delete(batch);
    if (outcome !== 'later') this.#batches = this.#batches.filter((one) => one !== batch);
    this.#store();
    return outcome;
  }

  #batch(): void {
    while (this.#waiting.length > 0)
      this.#batches = [...this.#batches, { reportId: this.#options.newId(), stretches: this.#waiting.splice(0, most) }];
  }

  /** Also what is under way: whether it arrived, a page that is gone never learns. */
  #store(): void {
    const { batches, waiting } = { batches: this.#batches.slice(-mostKept / most), waiting: this.#waiting };
    this.#options.stored.write(batches.length + waiting.length === 0 ? undefined : JSON.stringify({ batches, waiting }));
  }
}

/** What follows on one another at one speed is one stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    const follows = last !== undefined && last.speed === stretch.speed && Math.abs(stretch.fromMs - last.toMs) <= joinMs;
    if (last !== undefined && follows) all[all.length - 1] = { ...last, toMs: Math.max(last.toMs, stretch.toMs) };
    else all.push(stretch);
  }
  return all;
}

const Stored = z.object({ batches: z.array(Watched), waiting: z.array(Watched.shape.stretches.element) });

function storedBatches(value: string | undefined, newId: () => string): Watched[] {
  try {
    const parsed = Stored.safeParse(JSON.parse(value ?? 'null'));
    if (!parsed.success) return [];
    const { batches, waiting } = parsed.data;
    const rest: Watched[] = [];
    while (waiting.length > 0) rest.push({ reportId: newId(), stretches: waiting.splice(0, most) });
    return [...batches, ...rest];
  } catch {
    return [];
  }
}
