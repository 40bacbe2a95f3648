// Has every lesson that is over judged, and those again that something has changed for: soon after the class, and in the gaps between classes.
import { DateTime } from 'luxon';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { DoorRule } from '../timetable/door.ts';
import type { FinishService } from './finish.service.ts';
import type { UnjudgedStore } from './unjudged.store.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far back each sweep looks. What is older was looked for when the server started. */
const recentMs = 2 * dayMs;
const catchUpDays = 120;
const perLook = 200;

export interface FinisherOptions {
  readonly finish: Pick<FinishService, 'finish'>;
  readonly unjudged: UnjudgedStore;
  readonly door: DoorRule;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two lessons: classes that run go first. */
  readonly rest: () => Promise<void>;
}

export class FinisherService {
  readonly #options: FinisherOptions;
  readonly #asked = new Set<string>();
  /** Their plan or their trace has changed; whether they are judged is not known. */
  readonly #changed = new Set<string>();
  /** Since the last sweep began: what could not be judged is tried again by the next. */
  readonly #tried = new Set<string>();
  /** The day (its beginning) that is caught up on next; null when that is done. */
  #backlog: Instant | null = null;
  #backlogEnd: Instant = 0;
  #running: Promise<void> | null = null;
  #timer: Timer | null = null;
  #isClosed = false;

  constructor(options: FinisherOptions) {
    this.#options = options;
  }

  /** Looks now and every minute; catches up on what was missed while the server was down. */
  start(): void {
    this.#timer = this.#options.clock.every(minuteMs, () => this.wake());
    this.catchUp();
  }

  /** Looks once more through the past, day by day. */
  catchUp(): void {
    const { clock, timeZone } = this.#options;
    const now = clock.now();
    this.#backlog = DateTime.fromMillis(now, { zone: timeZone }).startOf('day').toMillis();
    this.#backlogEnd = now - catchUpDays * dayMs;
    this.wake();
  }

  /** Of a room that is closed for good. */
  ask(lessonId: LessonId): void {
    this.#asked.add(lessonId);
    this.wake();
  }

  /** If it is judged, the next sweep judges it again. */
  changed(lessonId: LessonId): void {
    this.#changed.add(lessonId);
  }

  wake(): void {
    if (this.#isClosed) return;
    this.#tried.clear();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#asked.size > 0) this.wake();
    });
  }

  /** Resolves when all that is known to be judged has been. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#running;
  }

  async #run(): Promise<void> {
    // A step after the caller: what begins this has its own to do.
    await new Promise((turn) => setImmediate(turn));
    try {
      for (let ids = await this.#next(); ids.length > 0 && !this.#isClosed; ids = await this.#next()) {
        for (const id of ids) {
          if (this.#isClosed) return;
          await this.#finish(id);
          await this.#options.rest();
        }
      }
    } catch (error) {
      this.#options.log.error({ error }, 'The lessons to be judged could not be found');
    }
  }

  async #finish(id: string): Promise<void> {
    this.#tried.add(id);
    try {
      await this.#options.finish.finish(id);
    } catch (error) {
      this.#options.log.error({ error, lessonId: id }, 'A lesson could not be judged, and is tried again');
    }
  }

  /** What somebody waits for first, what is marked last, and the past day by day in between. */
  async #next(): Promise<string[]> {
    const { unjudged, clock } = this.#options;
    const now = clock.now();
    const asked = [...this.#asked];
    this.#asked.clear();
    if (asked.length > 0) return asked;
    await this.#markChanged();
    const recent = this.#without(await unjudged.fresh({ from: now - recentMs, to: now }, this.#over(now), perLook));
    if (recent.length > 0) return recent;
    const stale = this.#without(await unjudged.stale(perLook));
    if (stale.length > 0) return stale;
    return this.#past(now);
  }

  async #markChanged(): Promise<void> {
    const changed = [...this.#changed].slice(0, perLook);
    await this.#options.unjudged.markStale(changed);
    for (const id of changed) this.#changed.delete(id);
    if (this.#changed.size > 0) await this.#markChanged();
  }

  async #past(now: Instant): Promise<string[]> {
    const { unjudged, timeZone } = this.#options;
    while (this.#backlog !== null && !this.#isClosed) {
      const from = this.#backlog;
      const to = DateTime.fromMillis(from, { zone: timeZone }).plus({ days: 1 }).toMillis();
      await unjudged.markOvertaken({ from, to });
      const [fresh, stale] = [await unjudged.fresh({ from, to }, this.#over(now), perLook), await unjudged.stale(perLook)];
      const found = this.#without([...fresh, ...stale]);
      if (found.length > 0) return found;
      // Over days without lessons, as after a first start and in the holidays, in one step.
      const last = await unjudged.lastWithin({ from: this.#backlogEnd, to: from });
      const before = last === null ? null : DateTime.fromMillis(last, { zone: timeZone }).startOf('day').toMillis();
      this.#backlog = before === null || before < this.#backlogEnd ? null : before;
      await this.#options.rest();
    }
    return [];
  }

  /** A minute later: the server needs a moment to show everybody out. */
  #over(now: Instant) {
    return { endedBefore: now - minuteMs, timeOverBefore: now - (this.#options.door.closeAfterMinutes + 1) * minuteMs };
  }

  #without(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.#tried.has(id));
  }
}
