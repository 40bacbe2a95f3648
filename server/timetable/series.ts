// A weekly pattern as it is stored, and what must hold for it to make sense.
import { type Pattern, type Planner, weeksOf } from '../calendar/calendar.ts';
import type { Term } from '../contract/calendar.ts';
import { BellScheduleId } from '../contract/ids.ts';
import { type NewSeries, PatternWeeks } from '../contract/planning.ts';

/** How the table of series keeps it. */
export interface PatternColumns {
  readonly weekday: number;
  /** JSON of PatternWeeks. */
  readonly weeks: string;
  readonly bell_schedule_id: string | null;
  readonly bell_first: number | null;
  readonly bell_last: number | null;
  readonly clock_starts_at: string | null;
  readonly clock_ends_at: string | null;
  readonly from_on: string | null;
  readonly until_on: string | null;
}

export type WeeklyPattern = Omit<Pattern, 'termId' | 'facultyId'>;

export function patternOf(row: PatternColumns): WeeklyPattern {
  const { weekday, bell_schedule_id, bell_first, bell_last, from_on, until_on } = row;
  return {
    weekday,
    weeks: PatternWeeks.parse(JSON.parse(row.weeks)),
    time:
      bell_schedule_id === null
        ? { by: 'clock', startsAt: row.clock_starts_at ?? '', endsAt: row.clock_ends_at ?? '' }
        : { by: 'bell', scheduleId: BellScheduleId.parse(bell_schedule_id), first: bell_first ?? 0, last: bell_last ?? 0 },
    fromOn: from_on,
    untilOn: until_on,
  };
}

export function columnsOf({ weekday, weeks, time, fromOn, untilOn }: WeeklyPattern): PatternColumns {
  const byBell = time.by === 'bell';
  return {
    weekday,
    weeks: JSON.stringify(typeof weeks === 'string' ? weeks : [...new Set(weeks)].sort((a, b) => a - b)),
    bell_schedule_id: byBell ? time.scheduleId : null,
    bell_first: byBell ? time.first : null,
    bell_last: byBell ? time.last : null,
    clock_starts_at: byBell ? null : time.startsAt,
    clock_ends_at: byBell ? null : time.endsAt,
    from_on: fromOn,
    until_on: untilOn,
  };
}

/** The first field that makes no sense (T7); null when all do. */
export function faultOf(series: NewSeries, term: Pick<Term, 'startsOn' | 'endsOn'> | undefined, planner: Planner): keyof NewSeries | null {
  if (term === undefined) return 'termId';
  const times = planner.timesOf(series.time);
  if (times === null || times.endsAt <= times.startsAt) return 'time';
  const weeks = weeksOf(term);
  if (typeof series.weeks !== 'string' && series.weeks.some((week) => week > weeks)) return 'weeks';
  const { fromOn, untilOn } = series;
  if (fromOn !== null && (fromOn < term.startsOn || fromOn > term.endsOn)) return 'fromOn';
  if (untilOn !== null && (untilOn > term.endsOn || untilOn < (fromOn ?? term.startsOn))) return 'untilOn';
  return null;
}
