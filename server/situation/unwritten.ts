// Writes down what the watch has seen, in one transaction a look; what cannot be written now is written later.
import type { Instant } from '../contract/ids.ts';
import type { Trouble } from '../contract/situation.ts';
import type { Log } from '../log.ts';
import { isOverAt } from './known.ts';
import type { KeptLesson, SituationStore } from './situation.store.ts';
import { cameOf, knownOf, leaderOf, type Watched } from './watched.ts';

export class Unwritten {
  readonly #store: Pick<SituationStore, 'write'>;
  readonly #log: Log;
  /** What was written of each last. */
  readonly #written = new WeakMap<Watched, 'begun' | 'over'>();
  #writing: Promise<void> | null = null;
  #failed = false;

  constructor({ store, log }: { readonly store: Pick<SituationStore, 'write'>; readonly log: Log }) {
    this.#store = store;
    this.#log = log;
  }

  /** Resolves when it is written, or was found not to be writable. */
  async write(all: Iterable<Watched>, now: Instant): Promise<void> {
    await this.#writing;
    this.#writing = this.#write(
      [...all].filter((watched) => this.#isDue(watched, now)),
      now,
    );
    await this.#writing;
  }

  #isDue(watched: Watched, now: Instant): boolean {
    const { lesson, unwritten } = watched;
    if (lesson === null || now < lesson.startsAt) return false;
    const stage = isOverAt(lesson, now) ? 'over' : 'begun';
    if (this.#written.get(watched) !== stage) watched.isStale = true;
    return watched.isStale || unwritten.size > 0;
  }

  async #write(due: readonly Watched[], now: Instant): Promise<void> {
    if (due.length === 0) return;
    const lessons = due.filter(({ isStale }) => isStale);
    const rows = lessons.map(keptOf).filter((row) => row !== null);
    const troubles = due.flatMap(({ live, unwritten }) => [...unwritten.values()].map((trouble) => ({ lessonId: live.lessonId, trouble })));
    const taken = due.map((watched) => ({ watched, kept: new Map<string, Trouble>(watched.unwritten) }));
    for (const watched of due) {
      watched.unwritten.clear();
      watched.isStale = false;
    }
    try {
      await this.#store.write(rows, troubles);
      for (const watched of lessons) this.#written.set(watched, watched.lesson && isOverAt(watched.lesson, now) ? 'over' : 'begun');
      this.#failed = false;
    } catch (error) {
      for (const { watched, kept } of taken)
        for (const [key, trouble] of kept) if (!watched.unwritten.has(key)) watched.unwritten.set(key, trouble);
      for (const watched of lessons) watched.isStale = true;
      // Every few seconds until the database is back.
      if (!this.#failed) this.#log.warn({ error, lessons: due.length }, 'What the board found could not be written, and is written later');
      this.#failed = true;
    }
  }
}

function keptOf(watched: Watched): KeptLesson | null {
  const { lesson, live, watchedSince, expected } = watched;
  if (lesson === null) return null;
  const { held, begunAt, endedAt } = knownOf(watched, lesson);
  return {
    lessonId: live.lessonId,
    watchedSince,
    held,
    begunAt,
    endedAt,
    came: cameOf(watched),
    expected,
    ledBy: leaderOf(watched)?.id ?? null,
  };
}
