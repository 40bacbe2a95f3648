// A weekly pattern as typed into its form, what is missing in it, and how it is written out.
import type { AcademicCalendar, Bell } from '../../../../server/contract/calendar.ts';
import { CourseId, GroupId, PersonId, PlaceId, StreamId, TermId } from '../../../../server/contract/ids.ts';
import { NewSeries, type PatternWeeks, type Series } from '../../../../server/contract/planning.ts';
import type { LessonKind, RoomRules, TeachingMode } from '../../../../server/contract/timetable.ts';
import type { Found } from '../../timetable/find.ts';

export type Draft = {
  readonly termId: string | null;
  readonly course: Found | null;
  readonly kind: LessonKind;
  readonly title: string;
  readonly teacher: Found | null;
  readonly groups: readonly Found[];
  readonly streams: readonly Found[];
  readonly place: Found | null;
  readonly mode: TeachingMode;
  readonly weekday: number;
  readonly weeks: 'every' | 'odd' | 'even' | 'numbers';
  /** Like 1-8, 10. */
  readonly numbers: string;
  readonly by: 'bell' | 'clock';
  readonly scheduleId: string | null;
  readonly first: number;
  readonly last: number;
  readonly startsAt: string;
  readonly endsAt: string;
  /** ISO dates; empty for the whole term. */
  readonly fromOn: string;
  readonly untilOn: string;
  readonly rules: RoomRules | null;
};

export function emptyDraft(calendar: AcademicCalendar, today: string): Draft {
  const terms = calendar.years.flatMap((year) => year.terms).toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const term = terms.find(({ endsOn }) => endsOn >= today) ?? terms.at(-1);
  const schedule = calendar.schedules.find(({ isDefault }) => isDefault) ?? calendar.schedules[0];
  return {
    ...{ termId: term?.id ?? null, course: null, kind: 'lecture', title: '', teacher: null, groups: [], streams: [], place: null },
    ...{ mode: 'online', weekday: 1, weeks: 'every', numbers: '', by: schedule ? 'bell' : 'clock', scheduleId: schedule?.id ?? null },
    ...{ first: schedule?.bells[0]?.number ?? 1, last: schedule?.bells[0]?.number ?? 1, startsAt: '08:00', endsAt: '08:50' },
    ...{ fromOn: '', untilOn: '', rules: null },
  };
}

export function draftOf(series: Series): Draft {
  const { course, teacher, place, weeks, time } = series;
  const plain = ({ id, name }: { readonly id: string; readonly name: string }): Found => ({ id, name, detail: '' });
  return {
    ...{ termId: series.termId, kind: series.kind, title: series.title, mode: series.mode, weekday: series.weekday, rules: series.rules },
    course: { id: course.id, name: course.title, detail: course.code },
    teacher: { id: teacher.id, name: teacher.displayName, detail: '' },
    groups: series.groups.map(plain),
    streams: series.streams.map(plain),
    place: place && plain(place),
    weeks: Array.isArray(weeks) ? 'numbers' : weeks,
    numbers: Array.isArray(weeks) ? writeWeeks(weeks) : '',
    by: time.by,
    scheduleId: time.by === 'bell' ? time.scheduleId : null,
    ...(time.by === 'bell' ? { first: time.first, last: time.last } : { first: 1, last: 1 }),
    ...{ startsAt: series.startsAt, endsAt: series.endsAt, fromOn: series.fromOn ?? '', untilOn: series.untilOn ?? '' },
  };
}

/** What is sent; undefined while something is missing or wrong. */
export function seriesOf(draft: Draft): NewSeries | undefined {
  const weeks = draft.weeks === 'numbers' ? readWeeks(draft.numbers) : draft.weeks;
  const parsed = NewSeries.safeParse({
    ...{ termId: TermId.safeParse(draft.termId).data, courseId: CourseId.safeParse(draft.course?.id).data, kind: draft.kind },
    ...{ title: draft.title, teacherId: PersonId.safeParse(draft.teacher?.id).data, mode: draft.mode, weekday: draft.weekday, weeks },
    groupIds: draft.groups.map(({ id }) => GroupId.parse(id)),
    streamIds: draft.streams.map(({ id }) => StreamId.parse(id)),
    placeId: draft.place && draft.mode !== 'online' ? PlaceId.parse(draft.place.id) : null,
    time:
      draft.by === 'bell'
        ? { by: 'bell', scheduleId: draft.scheduleId, first: draft.first, last: Math.max(draft.first, draft.last) }
        : { by: 'clock', startsAt: draft.startsAt, endsAt: draft.endsAt },
    ...{ fromOn: draft.fromOn || null, untilOn: draft.untilOn || null, rules: draft.rules },
  });
  if (!parsed.success) return undefined;
  if (draft.by === 'clock' && draft.endsAt <= draft.startsAt) return undefined;
  return draft.fromOn !== '' && draft.untilOn !== '' && draft.untilOn < draft.fromOn ? undefined : parsed.data;
}

/** `1-4, 6` is weeks 1, 2, 3, 4 and 6; undefined when it cannot be read. */
export function readWeeks(text: string): number[] | undefined {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  const weeks = new Set<number>();
  for (const part of parts) {
    const [, first, last = first] = /^(\d{1,2})(?:[-–](\d{1,2}))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) return undefined;
    for (let week = Number(first); week <= Number(last); week += 1) weeks.add(week);
  }
  return weeks.size === 0 ? undefined : [...weeks].sort((a, b) => a - b);
}

/** The other way round: runs of weeks become spans. */
export function writeWeeks(weeks: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const week of weeks.toSorted((a, b) => a - b)) {
    const span = spans.at(-1);
    if (span && week <= span[1] + 1) span[1] = week;
    else spans.push([week, week]);
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

export function weeksKey(weeks: PatternWeeks): 'every' | 'odd' | 'even' | 'numbers' {
  return Array.isArray(weeks) ? 'numbers' : weeks;
}

/** 2, or 2–3, with the times. */
export function bellText(bells: readonly Bell[], number: number): string {
  const bell = bells.find((one) => one.number === number);
  return bell ? `${number} · ${bell.startsAt}–${bell.endsAt}` : String(number);
}
