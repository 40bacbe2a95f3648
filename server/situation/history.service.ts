// Lessons of any time, each as it is known best: from the watch while it is watched, else from what was kept. Rule W11.
import type { Instant } from '../contract/ids.ts';
import type { SituationSettings } from '../contract/situation.ts';
import type { Entry } from './entry.ts';
import { thresholdsOf } from './lesson.ts';
import type { Narrowed, PastLesson, SituationLessons, When } from './lessons.store.ts';
import { knownFrom } from './past.ts';
import type { SituationStore } from './situation.store.ts';
import type { SituationWatch } from './watch.service.ts';
import type { Sight } from './who-sees.ts';

export interface HistoryOptions {
  readonly watch: Pick<SituationWatch, 'entry'>;
  readonly lessons: SituationLessons;
  readonly store: Pick<SituationStore, 'troublesOf'>;
  readonly rosterSizes: (lessonIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly settings: SituationSettings;
}

export class SituationHistory {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** By start, then title. The groups are missing: `named` adds them. */
  async entries(when: When, sight: Sight, narrowed: Narrowed, limit: number, now: Instant): Promise<Entry[]> {
    const { lessons, store, watch } = this.#options;
    const limits = thresholdsOf(this.#options.settings);
    const found = await lessons.list(when, sight, narrowed, limit);
    const unwatched = found.filter(({ lesson }) => watch.entry(lesson.lessonId) === null);
    const [troubles, sizes] = await Promise.all([
      store.troublesOf(unwatched.filter(({ evidence }) => evidence.kept !== null).map(({ lesson }) => lesson.lessonId)),
      this.#rosters(unwatched),
    ]);
    return found.map(({ lesson, evidence }) => {
      const { lessonId: id } = lesson;
      const known = () => knownFrom(lesson, evidence, troubles.get(id) ?? [], sizes.get(id) ?? 0, limits, now);
      return watch.entry(id) ?? { lesson, known: known(), groups: [] };
    });
  }

  async named(entries: readonly Entry[]): Promise<Entry[]> {
    const bare = entries.filter(({ groups }) => groups.length === 0).map(({ lesson }) => lesson.lessonId);
    const groups = await this.#options.lessons.groupsOf(bare);
    return entries.map((entry) => ({ ...entry, groups: groups.get(entry.lesson.lessonId) ?? entry.groups }));
  }

  /** Where neither the watch nor the register counted, today's roster is the best that is known. */
  #rosters(found: readonly PastLesson[]): Promise<ReadonlyMap<string, number>> {
    const uncounted = found.filter(({ evidence: { kept, judged } }) => kept === null && judged === null);
    return this.#options.rosterSizes(uncounted.map(({ lesson }) => lesson.lessonId));
  }
}
