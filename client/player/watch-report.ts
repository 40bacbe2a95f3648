// Tells the server what was played, and keeps what it could not be told yet.
import { Watched } from '../../server/contract/attendance.ts';
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
  /** What was played since the last time. */
  readonly take: () => Stretch[];
  /** `last`: the page may be gone before the answer. */
  readonly send: (stretches: Stretch[], last: boolean) => Promise<Outcome>;
  /** Outlives the page. */
  readonly stored: { read(): string | undefined; write(value: string | undefined): void };
}

export class WatchReport {
  readonly #options: WatchReportOptions;
  /** Of a page before this one: sent by itself, so that what is wrong with it costs nothing else. */
  #left: Stretch[];
  #waiting: Stretch[] = [];
  readonly #underWay = new Set<readonly Stretch[]>();

  constructor(options: WatchReportOptions) {
    this.#options = options;
    this.#left = storedStretches(options.stored.read());
  }

  /** Sends what there is; `last` when the page is hidden or goes. */
  async report(last = false): Promise<void> {
    this.#waiting = joined([...this.#waiting, ...this.#options.take()]).slice(-mostKept);
    if (this.#underWay.size > 0 && !last) return this.#store();
    while (this.#left.length + this.#waiting.length > 0) {
      const batch = this.#left.length > 0 ? this.#left.splice(0, most) : this.#waiting.splice(0, most);
      this.#underWay.add(batch);
      this.#store();
      const outcome = await this.#options.send(batch, last);
      this.#underWay.delete(batch);
      if (outcome === 'later') this.#waiting = joined([...batch, ...this.#waiting]).slice(-mostKept);
      this.#store();
      if (outcome === 'later') return;
    }
  }

  /** Also what is under way: whether it arrived, a page that is gone never learns. */
  #store(): void {
    const stretches = [...this.#left, ...[...this.#underWay].flat(), ...this.#waiting];
    this.#options.stored.write(stretches.length === 0 ? undefined : JSON.stringify({ stretches: stretches.slice(-mostKept) }));
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

const Stored = Watched.extend({ stretches: Watched.shape.stretches.element.array() });

function storedStretches(value: string | undefined): Stretch[] {
  try {
    const parsed = Stored.safeParse(JSON.parse(value ?? 'null'));
    return parsed.success ? parsed.data.stretches.slice(-mostKept) : [];
  } catch {
    return [];
  }
}
