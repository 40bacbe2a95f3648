// Watches the lessons of now: hears the rooms and the timetable, looks at each lesson every few seconds, and writes down what it finds. Rules W1 to W9.
import { isDeepStrictEqual } from 'node:util';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { SituationSettings, Trouble, TroubleKind } from '../contract/situation.ts';
import type { Fact, TimetableFact } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { askDoor, type DoorRule, endOf } from '../timetable/door.ts';
import type { Entry } from './entry.ts';
import { isOverAt, stateOf } from './known.ts';
import { minuteMs, type PlannedLesson, type Thresholds, thresholdsOf } from './lesson.ts';
import type { PastLesson, SituationLessons } from './lessons.store.ts';
import { newLive } from './live.ts';
import type { KeptTrouble, SituationStore } from './situation.store.ts';
import { Unwritten } from './unwritten.ts';
import { hear, knownOf, lookAt, newWatched, type Watched } from './watched.ts';

/** What begins within a quarter of an hour is shown; doors may be open before. */
export const shownAheadMs = 15 * minuteMs;
const loadedAheadMs = 35 * minuteMs;
const lookMs = 5_000;
const loadMs = 15_000;
/** After its end, for who looks at it just then, and for a room that is still open. */
const keptMs = 30 * minuteMs;
/** More than a large university has at once. */
const mostLessons = 5_000;
/** These last while the server is away; of the others nobody knows. */
const lasting: readonly TroubleKind[] = ['teacher-absent', 'teacher-gone'];
/** An import changes thousands of lessons at once. */
const changeRestMs = 1_000;

export interface WatchOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly lessons: Pick<SituationLessons, 'list' | 'find' | 'groupsOf'>;
  readonly store: Pick<SituationStore, 'write' | 'open' | 'troublesOf'>;
  /** Students by the roster. */
  readonly rosterSizes: (lessonIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly settings: SituationSettings;
  readonly door: DoorRule;
  /** Of the server that ran before; null: there was none. */
  readonly aliveAt: () => Promise<Instant | null>;
}

export class SituationWatch {
  readonly #options: WatchOptions;
  readonly #limits: Thresholds;
  readonly #heardSince: Instant;
  readonly #watched = new Map<string, Watched>();
  /** How each looked at the last look. */
  readonly #looks = new Map<string, string>();
  readonly #unwritten: Unwritten;
  /** Of these the timetable has changed. */
  readonly #changed = new Set<string>();
  #timers: readonly Timer[] = [];
  #due: Timer | null = null;
  #loading: Promise<void> | null = null;
  #revision = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#limits = thresholdsOf(options.settings);
    this.#heardSince = options.clock.now();
    this.#unwritten = new Unwritten(options);
  }

  /** Rises when the board looks different. */
  get revision(): number {
    return this.#revision;
  }

  /** Before anybody comes in. What a server left open that is gone is ended where it was seen last (W8). */
  async start(): Promise<void> {
    const { clock } = this.#options;
    await this.#settleOpen();
    await this.#load();
    this.#timers = [clock.every(lookMs, () => this.#look()), clock.every(loadMs, () => this.#reload())];
  }

  onFact(fact: Fact): void {
    let watched = this.#watched.get(fact.lessonId);
    if (watched === undefined) {
      // Its plan comes with the next look at the timetable; what happens until then is not lost.
      watched = newWatched(newLive(fact.lessonId, this.#heardSince));
      this.#watched.set(fact.lessonId, watched);
      this.#planChanged(fact.lessonId);
    }
    if (fact.type === 'room-extended' || fact.type === 'room-closed') this.#planChanged(fact.lessonId);
    if (hear(watched, fact, this.#limits)) this.#revision += 1;
  }

  onPlan(fact: TimetableFact): void {
    this.#planChanged(fact.lessonId);
  }

  /** Lessons that run or are to run within a quarter of an hour, as far as they are wanted: of a teacher's few not all the others are counted. */
  now(isWanted: (lesson: PlannedLesson) => boolean = () => true): Entry[] {
    const now = this.#options.clock.now();
    return [...this.#watched.values()].flatMap((watched) => {
      const { lesson } = watched;
      return lesson !== null && isShown(lesson, now) && isWanted(lesson) ? [entryOf(watched, lesson)] : [];
    });
  }

  /** Null when it is not watched. */
  entry(lessonId: LessonId): Entry | null {
    const watched = this.#watched.get(lessonId);
    return watched?.lesson ? entryOf(watched, watched.lesson) : null;
  }

  /** Writes what is known. Safe twice. */
  async close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
    this.#due?.cancel();
    await this.#loading;
    const now = this.#options.clock.now();
    for (const watched of this.#watched.values()) lookAt(watched, this.#limits, now);
    await this.#unwritten.write(this.#watched.values(), now);
  }

  #planChanged(lessonId: string): void {
    this.#changed.add(lessonId);
    this.#due ??= this.#options.clock.after(changeRestMs, () => {
      this.#due = null;
      this.#reload();
    });
  }

  #look(): void {
    const now = this.#options.clock.now();
    for (const [id, watched] of this.#watched) {
      if (lookAt(watched, this.#limits, now)) this.#revision += 1;
      const look = this.#lookOf(watched, now);
      if (this.#looks.get(id) !== look) this.#revision += 1;
      this.#looks.set(id, look);
      if (isDone(watched, now)) this.#forget(id);
    }
    void this.#unwritten.write(this.#watched.values(), now);
  }

  /** What the clock alone changes. */
  #lookOf(watched: Watched, now: Instant): string {
    const { lesson } = watched;
    if (lesson === null) return '';
    const isOpen = askDoor(lesson, 'observer', this.#options.door, now).open;
    return `${isShown(lesson, now)} ${isOpen} ${stateOf(lesson, knownOf(watched, lesson), now)}`;
  }

  #forget(id: string): void {
    this.#watched.delete(id);
    this.#looks.delete(id);
  }

  #reload(): void {
    this.#loading ??= this.#load()
      .catch((error: unknown) => this.#options.log.warn({ error }, 'The board could not read the timetable, and tries again'))
      .finally(() => {
        this.#loading = null;
      });
  }

  async #load(): Promise<void> {
    const { clock, lessons, store, rosterSizes } = this.#options;
    const now = clock.now();
    // Should it fail, the plan is read again soon; of the groups that were changed only the names are late.
    const changed = [...this.#changed];
    this.#changed.clear();
    const touching = { from: now - keptMs, to: now + loadedAheadMs };
    const listed = await lessons.list({ touching }, 'everybody', {}, mostLessons);
    const there = new Set<string>(listed.map(({ lesson }) => lesson.lessonId));
    const elsewhere = [...this.#watched.keys()].filter((id) => !there.has(id));
    const found = [...listed, ...(await lessons.find(elsewhere))];
    const fresh = found.filter(({ lesson: { lessonId } }) => (this.#watched.get(lessonId)?.lesson ?? null) === null);
    const ids = fresh.map(({ lesson }) => lesson.lessonId);
    const anew = [...ids, ...changed.filter((id) => this.#watched.has(id))];
    const [groups, sizes, troubles] = await Promise.all([lessons.groupsOf(anew), rosterSizes(anew), store.troublesOf(ids)]);
    for (const past of fresh) this.#begin(past, troubles.get(past.lesson.lessonId) ?? []);
    for (const { lesson } of found) this.#planned(lesson, now);
    for (const id of anew) this.#roster(id, groups.get(id) ?? [], sizes.get(id) ?? 0);
    const known = new Set<string>(found.map(({ lesson }) => lesson.lessonId));
    // Gone from the timetable.
    for (const id of elsewhere) if (!known.has(id) && this.#watched.get(id)?.live.isOpen !== true) this.#forget(id);
  }

  /** With what was kept of it when an earlier server watched. */
  #begin({ lesson, evidence: { kept, isRecorded } }: PastLesson, troubles: readonly Trouble[]): void {
    const id = lesson.lessonId;
    const watched = this.#watched.get(id) ?? newWatched(newLive(id, this.#heardSince));
    watched.found = troubles;
    watched.live.hasRecording ||= isRecorded;
    if (kept !== null) {
      const { held, begunAt, endedAt, came, ledBy, watchedSince } = kept;
      Object.assign(watched, {
        held,
        begunAt,
        leftAt: lesson.endedAt === null ? endedAt : null,
        cameBefore: came,
        ledBefore: ledBy,
        watchedSince,
      });
    }
    this.#watched.set(id, watched);
  }

  #planned(lesson: PlannedLesson, now: Instant): void {
    const watched = this.#watched.get(lesson.lessonId);
    if (watched === undefined || isDeepStrictEqual(watched.lesson, lesson)) return;
    watched.lesson = lesson;
    lookAt(watched, this.#limits, now);
    this.#revision += 1;
  }

  #roster(id: string, groups: readonly string[], expected: number): void {
    const watched = this.#watched.get(id);
    if (watched === undefined) return;
    watched.groups = groups;
    watched.expected = expected;
    this.#revision += 1;
  }

  async #settleOpen(): Promise<void> {
    const { clock, store, lessons, aliveAt } = this.#options;
    const open = await store.open();
    if (open.length === 0) return;
    const now = clock.now();
    const alive = Math.min((await aliveAt()) ?? now, now);
    const found = await lessons.find([...new Set(open.map(({ lessonId }) => lessonId))]);
    const byId = new Map<string, PlannedLesson>(found.map(({ lesson }) => [lesson.lessonId, lesson]));
    const ended = open.flatMap(({ lessonId, trouble }): KeptTrouble[] => {
      const lesson = byId.get(lessonId);
      if (lesson === undefined || (!isOverAt(lesson, now) && lasting.includes(trouble.kind))) return [];
      const until = Math.max(trouble.since, Math.min(alive, endOf(lesson), lesson.endedAt ?? alive));
      return [{ lessonId, trouble: { ...trouble, until } }];
    });
    await store.write([], ended);
  }
}

function isShown(lesson: PlannedLesson, now: Instant): boolean {
  return lesson.startsAt < now + shownAheadMs && endOf(lesson) > now;
}

function isDone({ lesson, live, unwritten, isStale }: Watched, now: Instant): boolean {
  if (live.isOpen || unwritten.size > 0 || isStale) return false;
  return lesson === null ? now - live.heardSince > keptMs : now > endOf(lesson) + keptMs || lesson.startsAt > now + 2 * loadedAheadMs;
}

function entryOf(watched: Watched, lesson: PlannedLesson): Entry {
  return { lesson, known: knownOf(watched, lesson), groups: watched.groups };
}
