// The academic year of the demo university, laid around the moment of its making: it is always the seventh week of a term.
import { DateTime } from 'luxon';
import { dateOf, dayNumber, mondayOf } from '../calendar/dates.ts';
import type { Bell, CalendarDayKind } from '../contract/calendar.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';

/** Odd, so that the first titles of the week come first. */
const weeksBehind = 6;
const weeksOfTerm = 15;
const weeksBetween = 4;
const weeksOfSession = 3;

interface Span {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

export interface DemoCalendar {
  readonly year: Span & { readonly name: string };
  /** The first is the one that runs. */
  readonly terms: readonly (Span & { readonly id: string; readonly name: string })[];
  readonly bells: readonly Bell[];
  readonly days: readonly {
    readonly kind: CalendarDayKind;
    readonly name: string;
    readonly firstOn: LocalDate;
    readonly lastOn: LocalDate;
  }[];
}

/** Fixed holidays of Kazakhstan: month and day, first and last. */
const holidays = [
  ['01-01', '01-02', 'Жаңа жыл'],
  ['01-07', '01-07', 'Рождество'],
  ['03-08', '03-08', 'Халықаралық әйелдер күні'],
  ['03-21', '03-23', 'Наурыз мейрамы'],
  ['05-01', '05-01', 'Қазақстан халқының бірлігі мерекесі'],
  ['05-07', '05-07', 'Отан қорғаушы күні'],
  ['05-09', '05-09', 'Жеңіс күні'],
  ['07-06', '07-06', 'Астана күні'],
  ['10-25', '10-25', 'Республика күні'],
  ['12-16', '12-16', 'Тәуелсіздік күні'],
] as const;

export function demoCalendar(now: Instant, timeZone: string): DemoCalendar {
  const today = DateTime.fromMillis(now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const first = mondayOf(dayNumber(today)) - 7 * weeksBehind;
  const second = first + 7 * (weeksOfTerm + weeksBetween);
  const term = (number: number, monday: number) => ({
    ...{ id: `demo-term-${number}`, name: `${number}-семестр`, startsOn: dateOf(monday), endsOn: dateOf(monday + 7 * weeksOfTerm - 1) },
  });
  const terms = [term(1, first), term(2, second)];
  const sessions = [first, second].map((monday) => monday + 7 * weeksOfTerm);
  const startsOn = dateOf(first);
  const endsOn = dateOf(second + 7 * (weeksOfTerm + weeksOfSession) - 1);
  const years = [...new Set([startsOn, endsOn].map((date) => date.slice(0, 4)))];
  return {
    year: { name: years.join('–'), startsOn, endsOn },
    terms,
    bells: Array.from({ length: 11 }, (_, index) => {
      const hour = String(8 + index).padStart(2, '0');
      return { number: index + 1, startsAt: `${hour}:00`, endsAt: `${hour}:50` };
    }),
    days: [
      ...sessions.map((monday) => ({
        ...{
          kind: 'examinations' as const,
          name: 'Емтихан сессиясы',
          firstOn: dateOf(monday),
          lastOn: dateOf(monday + 7 * weeksOfSession - 1),
        },
      })),
      ...years
        .flatMap((year) => holidays.map(([from, to, name]) => ({ firstOn: `${year}-${from}`, lastOn: `${year}-${to}`, name })))
        .filter((day) => day.lastOn >= startsOn && day.firstOn <= endsOn)
        .map((day) => ({ kind: 'holiday' as const, ...day })),
    ],
  };
}
