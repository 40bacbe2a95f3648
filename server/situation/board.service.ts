// Answers the board: now, any moment before, and the slots of a day. What everybody with the same sight sees is put together once. Rules W12 and W13.
import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { FacultyId, Instant } from '../contract/ids.ts';
import { type ObserversTold, Situation, type SituationQuery, type SituationSettings, type Slots } from '../contract/situation.ts';
import type { Clock } from '../ports/clock.ts';
import type { DoorRule } from '../timetable/door.ts';
import type { Asking } from '../timetable/who.ts';
import { type Entry, viewOf } from './entry.ts';
import type { SituationHistory } from './history.service.ts';
import type { Narrowed, SituationLessons } from './lessons.store.ts';
import { slotsOf } from './slots.ts';
import type { SituationWatch } from './watch.service.ts';
import { isObserverOf, type Sight, sees, sightOf } from './who-sees.ts';

/** As many as a page can show, and more than a university has in a slot. */
const mostShown = 2_000;
/** At a bell much happens at once; nobody looks twice in a second. */
const leastAgeMs = 1_000;
const mostBoards = 200;
const facultiesMs = 60_000;

export interface BoardOptions {
  readonly clock: Clock;
  readonly watch: Pick<SituationWatch, 'now' | 'revision'>;
  readonly history: SituationHistory;
  readonly lessons: Pick<SituationLessons, 'list' | 'faculties'>;
  readonly settings: SituationSettings;
  readonly observersTold: ObserversTold;
  readonly door: DoorRule;
  readonly timeZone: string;
}

/** JSON, and what it is known by. */
export interface Board {
  readonly etag: string;
  readonly body: string;
}

export class BoardService {
  readonly #options: BoardOptions;
  /** Of this server: another numbers its revisions anew. */
  readonly #startedAt: Instant;
  readonly #boards = new Map<string, Board & { readonly revision: number; readonly madeAt: Instant }>();
  #faculties: { readonly at: Instant; readonly all: Situation['faculties'] } | null = null;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  /** Throws `Refused`. */
  async now(asking: Asking, narrowed: Narrowed): Promise<Board> {
    const { clock, watch } = this.#options;
    const sight = sightOf(asking);
    const now = clock.now();
    const key = keyOf(sight, narrowed);
    const before = this.#boards.get(key);
    const { revision } = watch;
    if (before !== undefined && (before.revision === revision || now - before.madeAt < leastAgeMs)) return before;
    const situation = await this.#situation(this.#ofNow(sight, narrowed), sight, null, now);
    const etag = `W/"${createHash('sha256').update(`${this.#startedAt} ${revision} ${key}`).digest('base64url')}"`;
    const board = { etag, body: JSON.stringify(Situation.parse(situation)), revision, madeAt: now };
    // The one that was made first goes: whoever looks at it has it made anew.
    this.#boards.delete(key);
    for (const oldest of this.#boards.keys()) if (this.#boards.size >= mostBoards) this.#boards.delete(oldest);
    this.#boards.set(key, board);
    return board;
  }

  /** Throws `Refused`. */
  async at(asking: Asking, { at, ...narrowed }: SituationQuery & { readonly at: Instant }): Promise<Situation> {
    const now = this.#options.clock.now();
    const sight = sightOf(asking);
    const { history } = this.#options;
    const found = await history.entries({ touching: { from: at, to: at + 1 } }, sight, narrowed, mostShown + 1, now);
    return this.#situation(await history.named(found), sight, at, now);
  }

  /** For a file: the same as JSON. Throws `Refused`. */
  async whole(asking: Asking, { at, ...narrowed }: SituationQuery): Promise<Situation> {
    if (at !== undefined) return this.at(asking, { at, ...narrowed });
    const sight = sightOf(asking);
    return this.#situation(this.#ofNow(sight, narrowed), sight, null, this.#options.clock.now());
  }

  /** Throws `Refused`. */
  async slots(asking: Asking, day: string | undefined): Promise<Slots> {
    const { clock, timeZone, lessons } = this.#options;
    const sight = sightOf(asking);
    const start = (
      day === undefined ? DateTime.fromMillis(clock.now(), { zone: timeZone }) : DateTime.fromISO(day, { zone: timeZone })
    ).startOf('day');
    const span = { from: start.toMillis(), to: start.plus({ days: 1 }).toMillis() };
    const found = await lessons.list(span, sight, {}, 10_000);
    return { day: start.toFormat('yyyy-MM-dd'), timeZone, slots: slotsOf(found.map(({ lesson }) => lesson)) };
  }

  #ofNow(sight: Sight, narrowed: Narrowed): Entry[] {
    return this.#options.watch.now((lesson) => sees(sight, lesson) && fits(narrowed, lesson));
  }

  async #situation(entries: readonly Entry[], sight: Sight, at: Instant | null, now: Instant): Promise<Situation> {
    const { settings, timeZone, door, observersTold } = this.#options;
    const shown = entries.slice(0, mostShown).sort(byStart);
    const ids = new Set<FacultyId>(shown.map(({ lesson }) => lesson.facultyId));
    const faculties = (await this.#allFaculties(now)).filter(({ id }) => ids.has(id));
    const lessons = shown.map((entry) => viewOf(entry, { isObserver: isObserverOf(sight, entry.lesson), door, now }));
    return { madeAt: now, at, timeZone, settings, observersTold, faculties, lessons, more: entries.length > mostShown };
  }

  async #allFaculties(now: Instant): Promise<Situation['faculties']> {
    if (this.#faculties === null || now - this.#faculties.at > facultiesMs)
      this.#faculties = { at: now, all: [...(await this.#options.lessons.faculties())] };
    return this.#faculties.all;
  }
}

/** Who teaches nothing sees what everybody with these faculties sees. */
function keyOf({ teacherId, facultyIds, asking }: Sight, { facultyId, building, kind }: Narrowed): string {
  const own = teacherId === null ? null : [teacherId, asking.roles, asking.roleFaculties];
  return JSON.stringify([facultyIds, facultyId ?? null, building ?? null, kind ?? null, own]);
}

function fits({ facultyId, building, kind }: Narrowed, lesson: Entry['lesson']): boolean {
  return (
    (facultyId === undefined || lesson.facultyId === facultyId) &&
    (building === undefined || (lesson.place?.building ?? '') === building) &&
    (kind === undefined || lesson.kind === kind)
  );
}

function byStart({ lesson: a }: Entry, { lesson: b }: Entry): number {
  return a.startsAt - b.startsAt || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
}
