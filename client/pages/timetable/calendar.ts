// What the academic calendar says about a day: its week of the term, and whether it is a day like others.
import { queryOptions } from '@tanstack/react-query';
import type { AcademicCalendar, CalendarDay, Term } from '../../../server/contract/calendar.ts';
import { calendarRoutes } from '../../../server/contract/routes-calendar.ts';
import { api } from '../../app/api.ts';
import { addDays } from '../../i18n/index.ts';

/** Begins the key of every question about the academic calendar. */
export const calendarKey = 'calendar';

export const calendarQuery = queryOptions({
  queryKey: [calendarKey],
  queryFn: ({ signal }) => api(calendarRoutes.calendar, { signal }),
  staleTime: 5 * 60_000,
});

export type TermWeek = { readonly term: Term; readonly number: number; readonly parity: 'odd' | 'even' };

/** The week of the term that holds a day. At the seam of two terms the one of the day itself, else the one of its week. */
export function termWeekOf(calendar: Pick<AcademicCalendar, 'years'>, day: string): TermWeek | undefined {
  const monday = mondayBefore(day);
  const sunday = addDays(monday, 6);
  const terms = calendar.years.flatMap((year) => year.terms).filter((term) => term.startsOn <= sunday && term.endsOn >= monday);
  const term = terms.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ?? terms[0];
  if (!term) return undefined;
  const number = Math.round((Date.parse(monday) - Date.parse(mondayBefore(term.startsOn))) / (7 * 86_400_000)) + 1;
  return { term, number, parity: number % 2 === 1 ? 'odd' : 'even' };
}

/** What is special about a day, for the whole university or for one of the faculties. */
export function specialDays(
  calendar: Pick<AcademicCalendar, 'days'> | undefined,
  day: string,
  faculties: ReadonlySet<string>,
): readonly CalendarDay[] {
  return (calendar?.days ?? []).filter(
    ({ firstOn, lastOn, facultyId }) => firstOn <= day && day <= lastOn && (facultyId === null || faculties.has(facultyId)),
  );
}

/** YYYY-MM-DD to YYYY-MM-DD; a calendar day needs no time zone. */
export function mondayBefore(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
