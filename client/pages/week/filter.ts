// Whose week is shown, and which: kept in the address so that it can be shared.
import type { z } from 'zod';
import { LessonKind, type LessonsQuery } from '../../../server/contract/timetable.ts';
import { addDays } from '../../i18n/index.ts';
import { mondayBefore } from '../timetable/calendar.ts';
import type { Findable } from '../timetable/find.ts';

export const findables = ['group', 'teacher', 'faculty', 'place', 'course'] as const satisfies readonly Findable[];

export type Filter = {
  readonly what: Findable;
  /** Undefined: nothing is chosen yet. */
  readonly id: string | undefined;
  readonly kind: LessonKind | undefined;
  /** The Monday, YYYY-MM-DD. */
  readonly week: string;
  /** The one day that is shown where a week holds too much; undefined: the page decides. */
  readonly day: string | undefined;
};

export function readFilter(params: URLSearchParams, today: string): Filter {
  const what = findables.find((one) => isId(params.get(one)));
  const kind = LessonKind.safeParse(params.get('kind'));
  const week = dayOf(params.get('week')) ?? today;
  const monday = mondayBefore(week);
  const day = dayOf(params.get('day'));
  return {
    what: what ?? findables.find((one) => one === params.get('by')) ?? 'group',
    id: (what && params.get(what)) ?? undefined,
    kind: kind.success ? kind.data : undefined,
    week: monday,
    day: day && monday <= day && day <= addDays(monday, 6) ? day : undefined,
  };
}

/** The usual is left out: an address without a week always shows the current one. */
export function writeFilter({ what, id, kind, week, day }: Filter, today: string): URLSearchParams {
  const params = new URLSearchParams();
  if (id) params.set(what, id);
  else if (what !== 'group') params.set('by', what);
  if (kind) params.set('kind', kind);
  if (week !== mondayBefore(today)) params.set('week', week);
  if (day) params.set('day', day);
  return params;
}

/** What the server is asked for; undefined while nothing is chosen. */
export function askedFor({ what, id, kind }: Pick<Filter, 'what' | 'id' | 'kind'>): Partial<z.input<typeof LessonsQuery>> | undefined {
  if (!id) return undefined;
  return { [`${what}Id`]: id, ...(kind && { kind }) };
}

function isId(text: string | null): boolean {
  return text !== null && /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

function dayOf(text: string | null): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return undefined;
  // 2026-02-30 is read as the 2nd of March, and is no day.
  return addDays(text, 0) === text ? text : undefined;
}
