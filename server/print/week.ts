// The table of a printed week: columns of days, rows of times, as words; how it is drawn is decided elsewhere.
import { differing, parityOf, weekOf } from '../calendar/calendar.ts';
import { dateOf, dayNumber, localInstants, mondayOf, weekdayOf } from '../calendar/dates.ts';
import type { CalendarDay, Term } from '../contract/calendar.ts';
import type { Language } from '../contract/identity.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import { placeOf } from '../feeds/lesson-event.ts';
import { formatDate, formatDays, formatSpan } from '../texts/dates.ts';
import { text } from '../texts/texts.ts';
import type { AgendaLesson } from '../timetable/agenda.store.ts';

export interface PrintedLesson {
  /** 08:00–08:50 · Lecture */
  readonly when: string;
  readonly title: string;
  /** Empty where the page is the teacher's own. */
  readonly teacher: string;
  readonly groups: string;
  readonly place: string;
  readonly cancelled: boolean;
}

export interface PrintedDay {
  /** Monday */
  readonly weekday: string;
  /** 23 November */
  readonly date: string;
  /** What differs on it; empty when it is as usual. */
  readonly note: string;
}

export interface PrintedRow {
  /** 08:00 */
  readonly time: string;
  /** One list per day, in the order of the days. */
  readonly cells: readonly (readonly PrintedLesson[])[];
}

export interface PrintedWeek {
  readonly language: Language;
  readonly title: string;
  /** Timetable · 23 November – 28 November 2026 · Week 13, odd */
  readonly subtitle: string;
  readonly printedOn: string;
  readonly days: readonly PrintedDay[];
  readonly rows: readonly PrintedRow[];
}

export interface WeekParts {
  readonly of: 'person' | 'group' | 'teacher';
  readonly name: string;
  /** Null: of none, or of several. */
  readonly facultyId: string | null;
  readonly monday: LocalDate;
  readonly lessons: readonly AgendaLesson[];
  readonly terms: readonly Pick<Term, 'startsOn' | 'endsOn'>[];
  readonly days: readonly CalendarDay[];
  readonly now: Instant;
  readonly language: Language;
  readonly timeZone: string;
}

/** The Monday of the week of a day. */
export function mondayOfDate(date: LocalDate): LocalDate {
  return dateOf(mondayOf(dayNumber(date)));
}

/** The day of an instant by the university's clock. */
export function dateAt(instant: Instant, timeZone: string): LocalDate {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

export function weekSpan(monday: LocalDate, timeZone: string): { readonly from: Instant; readonly to: Instant } {
  const instantOf = localInstants(timeZone);
  return { from: instantOf(monday, '00:00'), to: instantOf(dateOf(dayNumber(monday) + 7), '00:00') };
}

export function printedWeek(parts: WeekParts): PrintedWeek {
  const { language, timeZone, monday, terms, now } = parts;
  const { from, to } = weekSpan(monday, timeZone);
  // What began on the Sunday before is on that week's page.
  const lessons = parts.lessons.filter((lesson) => lesson.startsAt >= from && lesson.startsAt < to);
  const dates = datesOf(monday, lessons, timeZone);
  const instantOf = localInstants(timeZone);
  const word = (style: 'weekday' | 'day-month', date: LocalDate) => formatDate(language, style, instantOf(date, '12:00'), timeZone);
  const noon = (date: LocalDate) => instantOf(date, '12:00');
  const span = formatDays(language, { first: noon(monday), last: noon(dates.at(-1) ?? monday) }, timeZone);
  const week = weekWords(terms, dates, language);
  return {
    language,
    title: parts.of === 'group' ? text(language, 'print.title.group', { name: parts.name }) : parts.name,
    subtitle: [text(language, 'print.timetable'), span, ...week].join(' · '),
    printedOn: text(language, 'print.printed-on', { date: formatDate(language, 'date', now, timeZone) }),
    days: dates.map((date) => ({
      weekday: capital(word('weekday', date)),
      date: word('day-month', date),
      note: differing(parts.days, date, parts.facultyId ?? '')?.name ?? '',
    })),
    rows: rowsOf(lessons, dates, parts),
  };
}

/** Monday to Saturday; Sunday when something is on it. */
function datesOf(monday: LocalDate, lessons: readonly AgendaLesson[], timeZone: string): LocalDate[] {
  const hasSunday = lessons.some((lesson) => weekdayOf(dayNumber(dateAt(lesson.startsAt, timeZone))) === 7);
  return Array.from({ length: hasSunday ? 7 : 6 }, (_, index) => dateOf(dayNumber(monday) + index));
}

/** The number and parity in the term that holds most of the week; nothing between terms. */
function weekWords(terms: WeekParts['terms'], dates: readonly LocalDate[], language: Language): string[] {
  const held = (term: WeekParts['terms'][number]) => dates.filter((date) => date >= term.startsOn && date <= term.endsOn).length;
  const [term] = [...terms].sort((a, b) => held(b) - held(a));
  const [monday] = dates;
  if (term === undefined || monday === undefined || held(term) === 0) return [];
  const number = weekOf(term, monday);
  return [text(language, 'print.term-week', { number, parity: parityOf(number) })];
}

function rowsOf(lessons: readonly AgendaLesson[], dates: readonly LocalDate[], parts: WeekParts): PrintedRow[] {
  const { language, timeZone } = parts;
  const rows = new Map<string, PrintedLesson[][]>();
  for (const lesson of [...lessons].sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1))) {
    const time = formatDate(language, 'time', lesson.startsAt, timeZone);
    const column = dates.indexOf(dateAt(lesson.startsAt, timeZone));
    const cells = rows.get(time) ?? dates.map(() => []);
    cells[column]?.push(lessonWords(lesson, parts));
    rows.set(time, cells);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([time, cells]) => ({ time, cells }));
}

function lessonWords(lesson: AgendaLesson, { of, name, language, timeZone }: WeekParts): PrintedLesson {
  const kind = text(language, `calendar.kind.${lesson.kind}`);
  const isOwn = of === 'teacher' || lesson.teacherName === name;
  const groups = of === 'group' && lesson.groups.length === 1 ? '' : lesson.groups.join(', ');
  return {
    when: `${formatSpan(language, lesson, timeZone)} · ${lesson.cancelled ? text(language, 'print.cancelled') : kind}`,
    title: lesson.title === lesson.courseTitle ? lesson.title : `${lesson.courseTitle}: ${lesson.title}`,
    teacher: isOwn ? '' : lesson.teacherName,
    groups,
    place: placeOf(lesson, language),
    cancelled: lesson.cancelled,
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
