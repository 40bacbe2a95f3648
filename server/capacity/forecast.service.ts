// Keeps what is expected of the lessons of the next hours, so that rooms, the status page and administrators know it before it happens. Rules B14 to B18.
import type { Instant, LessonId } from '../contract/ids.ts';
import type { LessonKind } from '../contract/timetable.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { ExpectedLoad } from '../ports/media.ts';
import { type Expected, expectedOf, type PlannedLesson, type Turnout } from './expected.ts';
import { type Cost, type ForecastLesson, horizonMs, newsOf, type Peak, peaksOf, type Quarter, quarterMs, quartersOf } from './forecast.ts';

export interface TimetabledLesson extends Omit<PlannedLesson, 'roster'> {
  readonly id: string;
  readonly courseId: string;
  readonly title: string;
  readonly courseTitle: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What is asked of the database, all lessons at once. */
export interface Past {
  /** Those that take place and touch the span. */
  lessons(from: Instant, to: Instant): Promise<readonly TimetabledLesson[]>;
  /** Students on the roster, by lesson. */
  rosters(lessonIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  groupsOf(lessonIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  turnoutOfCourses(
    courseIds: readonly string[],
    since: Instant,
  ): Promise<readonly (Turnout & { readonly courseId: string; readonly kind: string })[]>;
  turnoutOfGroups(groupIds: readonly string[], since: Instant): Promise<ReadonlyMap<string, Turnout>>;
}

export interface ForecastOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly past: Past;
  readonly workers: () => Promise<number>;
  readonly cost: Cost;
  /** A lesson that the forecast does not know, as its open room knows it. */
  readonly planOf: (lessonId: LessonId) => PlannedLesson | null;
  /** To administrators. */
  readonly tell: (peak: Peak) => void;
}

export interface Forecast {
  readonly quarters: readonly Quarter[];
  readonly peaks: readonly Peak[];
  readonly lessons: readonly ForecastLesson[];
  /** What all workers are planned for, in units; that of one while there is none. */
  readonly budget: number;
}

const refreshMs = 5 * 60_000;
/** How far back the past says something about today. */
const pastMs = 60 * 24 * 3_600_000;
const minuteMs = 60_000;

export class ForecastService {
  readonly #options: ForecastOptions;
  readonly #timer: Timer;
  #known: ReadonlyMap<string, Expected> = new Map();
  #lessons: readonly ForecastLesson[] = [];
  #workers = 0;
  #told: Peak[] = [];

  constructor(options: ForecastOptions) {
    this.#options = options;
    this.#timer = options.clock.every(refreshMs, () => this.#look());
  }

  /** The first look; failing to look ahead keeps nothing from starting. */
  async start(): Promise<void> {
    await this.refresh().catch((error: unknown) =>
      this.#options.log.error({ error }, 'What the next hours will ask for could not be read'),
    );
  }

  /** B15: for a room that opens. Answers at once: whoever joins waits for it. */
  of(lessonId: LessonId): ExpectedLoad {
    const known = this.#known.get(lessonId);
    if (known !== undefined) return known;
    const plan = this.#options.planOf(lessonId);
    return plan === null ? { viewers: 1, pictures: 1 } : expectedOf(plan, null);
  }

  now(): Forecast {
    const { clock, cost } = this.#options;
    const budget = Math.max(1, this.#workers) * cost.workerUnits;
    const quarters = quartersOf(this.#lessons, clock.now(), budget);
    return { quarters, peaks: peaksOf(quarters), lessons: this.#lessons, budget };
  }

  /** Reads the timetable again, and tells administrators of what is to come. */
  async refresh(): Promise<void> {
    const { clock, past, workers, cost } = this.#options;
    const now = clock.now();
    const lessons = await past.lessons(now, now + horizonMs + quarterMs);
    const [expected, count] = await Promise.all([this.#expectedOfAll(lessons, now), workers()]);
    this.#workers = count;
    this.#known = expected;
    this.#lessons = lessons.flatMap(({ id, title, courseTitle, startsAt, endsAt }) => {
      const one = expected.get(id);
      if (one === undefined) return [];
      return [{ id, title, courseTitle, startsAt, endsAt, expected: one, units: one.viewers * cost.viewerUnits(one) }];
    });
    this.#tellPeaks(now);
  }

  /** Safe twice. */
  close(): void {
    this.#timer.cancel();
  }

  #look(): void {
    void this.start();
  }

  #tellPeaks(now: Instant): void {
    const { tell, log } = this.#options;
    this.#told = this.#told.filter(({ endsAt }) => endsAt > now);
    for (const peak of newsOf(this.now().peaks, this.#told, now)) {
      this.#told.push(peak);
      const inMinutes = Math.round((peak.startsAt - now) / minuteMs);
      const { level: about, people } = peak;
      const percent = Math.round(peak.share * 100);
      log.warn({ about, inMinutes, people, percent }, 'The timetable will bring more than the media workers are planned for, or nearly so');
      tell(peak);
    }
  }

  async #expectedOfAll(lessons: readonly TimetabledLesson[], now: Instant): Promise<Map<string, Expected>> {
    const { past } = this.#options;
    const ids = lessons.map(({ id }) => id);
    const courses = [...new Set(lessons.map(({ courseId }) => courseId))];
    const [rosters, groups, ofCourses] = await Promise.all([
      past.rosters(ids),
      past.groupsOf(ids),
      past.turnoutOfCourses(courses, now - pastMs),
    ]);
    const byCourse = new Map(ofCourses.map((row) => [`${row.courseId} ${row.kind}`, row]));
    const key = (lesson: { readonly courseId: string; readonly kind: LessonKind }) => `${lesson.courseId} ${lesson.kind}`;
    const strange = lessons.filter((lesson) => !byCourse.has(key(lesson)));
    const ofGroups = await past.turnoutOfGroups([...new Set(strange.flatMap(({ id }) => groups.get(id) ?? []))], now - pastMs);
    return new Map(
      lessons.map((lesson) => {
        const known = byCourse.get(key(lesson)) ?? together((groups.get(lesson.id) ?? []).map((id) => ofGroups.get(id)));
        return [lesson.id, expectedOf({ ...lesson, roster: rosters.get(lesson.id) ?? 0 }, known)];
      }),
    );
  }
}

function together(all: readonly (Turnout | undefined)[]): Turnout | null {
  const known = all.filter((one) => one !== undefined);
  if (known.length === 0) return null;
  return { came: known.reduce((sum, { came }) => sum + came, 0), expected: known.reduce((sum, one) => sum + one.expected, 0) };
}
