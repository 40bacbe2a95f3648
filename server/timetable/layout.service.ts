// Lays out the lessons of weekly patterns that changed, a little at a time, and says what changed for people.
import { type CalendarPlan, Planner } from '../calendar/calendar.ts';
import type { TimetableFact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { LayoutStore } from './layout.store.ts';
import { isSoon, type LaidOut, newsOf, reconcile, wordsOf } from './layout.ts';

/** At 15 weeks to a term some 180 lessons: no transaction holds up anybody else for long. */
const seriesAtOnce = 12;

export interface LaidOutCount {
  readonly series: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}
const none: LaidOutCount = { series: 0, added: 0, changed: 0, removed: 0 };

export interface LayoutOptions {
  /** At most so many series; missing: all that wait. */
  readonly limit?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export class LayoutService {
  readonly #store: LayoutStore;
  readonly #timeZone: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #newId: () => string;
  readonly #publish: (facts: readonly TimetableFact[]) => void;
  #planner: { readonly calendar: string; readonly planner: Planner } | undefined;
  #closed = false;

  constructor(options: {
    readonly store: LayoutStore;
    readonly timeZone: string;
    readonly clock: Pick<Clock, 'now'>;
    /** Of a lesson. */
    readonly newId: () => string;
    /** Told after each transaction; what is new has nobody to be told yet. */
    readonly publish: (facts: readonly TimetableFact[]) => void;
  }) {
    this.#store = options.store;
    this.#timeZone = options.timeZone;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#publish = options.publish;
  }

  /** Resolves when no series waits any longer. Safe to call while it runs already, in this process or another. */
  async layOut({ limit = Number.POSITIVE_INFINITY, onProgress }: LayoutOptions = {}): Promise<LaidOutCount> {
    let sum = none;
    while (sum.series < limit && !this.#closed) {
      const waiting = (await this.#store.waiting()).slice(0, limit - sum.series);
      if (waiting.length === 0) break;
      const total = sum.series + waiting.length;
      for (let first = 0; first < waiting.length && !this.#closed; first += seriesAtOnce) {
        const some = waiting.slice(first, first + seriesAtOnce);
        const { facts, ...count } = await this.#store.alone((store) => this.layOutSome(store, some));
        this.#publish(facts);
        // Another process may have been faster with some of them.
        sum = add(sum, { ...count, series: some.length });
        onProgress?.(sum.series, total);
        // SQLite answers without ever waiting: others get their turn here.
        await new Promise((next) => setImmediate(next));
      }
    }
    return sum;
  }

  /** Those of the series that wait; inside the caller's transaction, who publishes the facts after it. */
  async layOutSome(store: LayoutStore, seriesIds: readonly string[]): Promise<LaidOutCount & { readonly facts: TimetableFact[] }> {
    const series = await store.marked(seriesIds);
    const ids = series.map(({ id }) => id);
    if (ids.length === 0) return { ...none, facts: [] };
    const [planner, existing] = [this.planner(await store.calendar()), await store.lessonsOf(ids)];
    const now = this.#clock.now();
    const results = series.map(({ id, removed, pattern, content }) => {
      const wanted = removed ? [] : planner.occurrences(pattern);
      const reaches = (date: string) => !removed && planner.reaches(pattern, date);
      return { seriesId: id, ...reconcile(content, wanted, existing.get(id) ?? [], { now, reaches }) };
    });
    const gone = results.flatMap((result) => result.gone);
    const later = gone.filter((lesson) => !isSoon(lesson, now)).map(({ id }) => id);
    const toldOf = await store.toldOf(later);
    const removed = later.filter((id) => !toldOf.has(id));
    const removedIds = new Set(removed);
    const cancelled = gone.filter(({ id, cancelled: isAlready }) => !removedIds.has(id) && !isAlready).map(cancel);
    const added = results.flatMap((result) => result.added.map((lesson) => ({ ...lesson, id: this.#newId(), seriesId: result.seriesId })));
    const changed = [...results.flatMap((result) => result.changed), ...cancelled];
    await store.remove(removed);
    await store.change(changed, now);
    await store.changeGroups(
      changed.filter(({ before, after }) => before.groupIds.join() !== after.groupIds.join()).map(({ after }) => after),
    );
    await store.add(added, now);
    const facts = changed.flatMap(({ before, after }) => newsOf(before, after, now));
    await store.writeDown(facts.flatMap(wordsOf), now);
    await store.done(ids);
    return { series: ids.length, added: added.length, changed: changed.length, removed: removed.length, facts };
  }

  /** Of this calendar; the one of before is used again while nothing in it changed. */
  planner(calendar: CalendarPlan): Planner {
    const text = JSON.stringify(calendar);
    if (this.#planner?.calendar !== text) this.#planner = { calendar: text, planner: new Planner(calendar, this.#timeZone) };
    return this.#planner.planner;
  }

  /** Ends after the transaction that runs; what is left waits in the database. */
  close(): void {
    this.#closed = true;
  }
}

const cancel = (before: LaidOut) => ({ before, after: { ...before, cancelled: true } });

function add(a: LaidOutCount, b: LaidOutCount): LaidOutCount {
  return { series: a.series + b.series, added: a.added + b.added, changed: a.changed + b.changed, removed: a.removed + b.removed };
}
