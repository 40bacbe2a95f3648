// What days and weeks came to: read hour by hour, so that no class waits for a long list. Rule W14.
import { setImmediate } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { dateOf, dayNumber, localInstants } from '../calendar/dates.ts';
import type { FacultyId, LocalDate } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { SituationLesson, SituationSettings, SituationSummary, SummaryQuery } from '../contract/situation.ts';
import type { LessonKind } from '../contract/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import type { DoorRule } from '../timetable/door.ts';
import type { Asking } from '../timetable/who.ts';
import { type Entry, viewOf } from './entry.ts';
import { count, isTroubled, noFigures } from './figures.ts';
import type { SituationHistory } from './history.service.ts';
import type { SituationLessons } from './lessons.store.ts';
import { sightOf } from './who-sees.ts';

const mostDays = 31;
const mostOfHour = 5_000;
const hourMs = 3_600_000;
const mostTroubled = 300;

export interface SummaryOptions {
  readonly clock: Clock;
  readonly history: SituationHistory;
  readonly lessons: Pick<SituationLessons, 'faculties'>;
  readonly settings: SituationSettings;
  readonly door: DoorRule;
  readonly timeZone: string;
}

export class SummaryService {
  readonly #options: SummaryOptions;
  readonly #instantOf: ReturnType<typeof localInstants>;

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#instantOf = localInstants(options.timeZone);
  }

  /** Throws `Refused`. */
  async of(asking: Asking, { from: first, to: last, ...narrowed }: SummaryQuery): Promise<SituationSummary> {
    const { clock, history, lessons, settings, door, timeZone } = this.#options;
    const sight = sightOf(asking);
    const now = clock.now();
    const { from, to } = periodOf(first, last, DateTime.fromMillis(now, { zone: timeZone }).toFormat('yyyy-MM-dd'));
    const total = noFigures();
    const [faculties, buildings, kinds] = [new Sums<FacultyId>(), new Sums<string>(), new Sums<LessonKind>()];
    const days: SituationSummary['days'] = [];
    const troubled: Entry[] = [];
    let more = false;
    for (let number = dayNumber(from); number <= dayNumber(to); number += 1) {
      const day = dateOf(number);
      const span = { from: this.#instantOf(day, '00:00'), to: this.#instantOf(dateOf(number + 1), '00:00') };
      const figures = noFigures();
      days.push({ day, figures });
      for (let hour = span.from; hour < span.to; hour += hourMs) {
        const within = { from: hour, to: Math.min(hour + hourMs, span.to) };
        for (const entry of await history.entries(within, sight, narrowed, mostOfHour, now)) {
          const lesson = viewOf(entry, { isObserver: false, door, now });
          const ofBuilding = buildings.of(lesson.place?.building ?? '');
          for (const sum of [total, figures, faculties.of(lesson.facultyId), ofBuilding, kinds.of(lesson.kind)]) count(sum, lesson);
          if (!isTroubled(lesson)) continue;
          if (troubled.length < mostTroubled) troubled.push(entry);
          else more = true;
        }
        await setImmediate();
      }
    }
    const names = await lessons.faculties();
    const asShown = (entry: Entry): SituationLesson => viewOf(entry, { isObserver: false, door, now });
    return {
      ...{ from, to, timeZone, settings, total, days, more },
      faculties: names.flatMap(({ id, name }) => (faculties.has(id) ? [{ id, name, figures: faculties.of(id) }] : [])),
      buildings: buildings.all().map(([name, figures]) => ({ name, figures })),
      kinds: kinds.all().map(([kind, figures]) => ({ kind, figures })),
      troubled: (await history.named(troubled)).map(asShown),
    };
  }
}

class Sums<K extends string> {
  readonly #sums = new Map<K, ReturnType<typeof noFigures>>();

  of(key: K): ReturnType<typeof noFigures> {
    const sum = this.#sums.get(key) ?? noFigures();
    this.#sums.set(key, sum);
    return sum;
  }

  has(key: K): boolean {
    return this.#sums.has(key);
  }

  all(): [K, ReturnType<typeof noFigures>][] {
    return [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Throws `Refused('bad-request')`. */
function periodOf(
  first: LocalDate | undefined,
  last: LocalDate | undefined,
  today: LocalDate,
): { readonly from: LocalDate; readonly to: LocalDate } {
  const from = first ?? last ?? today;
  const to = last ?? (from > today ? from : today);
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new Refused('bad-request', 'The last day comes before the first', { field: 'to' });
  if (days > mostDays) throw new Refused('bad-request', `A summary reaches over ${mostDays} days at most`, { field: 'from' });
  return { from, to };
}
