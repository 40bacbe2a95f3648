// The demo university as plain data: who, what and when, seen from the moment of its making.
import { Planner } from '../calendar/calendar.ts';
import { dateOf, dayNumber } from '../calendar/dates.ts';
import { BellScheduleId, CalendarDayId, type Instant, TermId } from '../contract/ids.ts';
import type { NewSeries } from '../contract/planning.ts';
import type { LessonKind, RoomRules } from '../contract/timetable.ts';
import { type DemoCalendar, demoCalendar } from './demo-calendar.ts';
import { type DemoPerson, demoGroups, demoPeople } from './demo-people.ts';
import { type DemoCourse, type DemoCourseKey, type DemoPlaceKey, type DemoSlot, demoCourses, demoFaculty, demoWeek } from './demo-week.ts';
import { kindDefaults } from './kind-defaults.ts';

const minuteMs = 60_000;
export const demoScheduleId = BellScheduleId.parse('demo-bells');
export const demoFacultyId = 'demo-faculty-1';

interface DemoTaught {
  readonly course: DemoCourseKey;
  readonly kind: LessonKind;
  readonly title: string;
  /** Sign-in name. */
  readonly teacher: string;
  readonly groups: readonly string[];
}

export interface DemoLesson extends DemoTaught {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly rules: RoomRules;
}

export type DemoSeries = DemoTaught &
  Pick<NewSeries, 'termId' | 'weekday' | 'weeks' | 'time' | 'fromOn' | 'untilOn' | 'mode'> & { readonly place: DemoPlaceKey | null };

export interface DemoUniversity {
  readonly faculty: string;
  readonly groups: readonly string[];
  readonly people: readonly DemoPerson[];
  /** Sign-in names of students who have stopped coming. */
  readonly gone: readonly string[];
  readonly courses: Readonly<Record<string, DemoCourse>>;
  readonly calendar: DemoCalendar;
  /** The one that runs now. */
  readonly running: DemoLesson;
  /** Its week, for the whole term. */
  readonly series: readonly DemoSeries[];
}

/** A term that has been running for six weeks, on the bells of the time zone; and one class that runs now. */
export function demoUniversity(now: Instant, timeZone: string): DemoUniversity {
  const running = runningLesson(now);
  const calendar = demoCalendar(now, timeZone);
  const planner = demoPlanner(calendar, timeZone);
  const series = demoWeek
    .flatMap((slot) => seriesOf(slot, calendar))
    .map((one) => {
      // Everybody is in the running class.
      const clashing = planner
        .occurrences({ ...one, facultyId: demoFacultyId })
        .find(({ startsAt, endsAt }) => startsAt < running.endsAt && endsAt > running.startsAt);
      return clashing === undefined ? one : { ...one, fromOn: dateOf(dayNumber(clashing.occurrence) + 1) };
    });
  return {
    faculty: demoFaculty,
    groups: demoGroups,
    people: demoPeople,
    gone: ['student11', 'student20'],
    courses: demoCourses,
    calendar,
    running,
    series,
  };
}

export function demoPlanner({ terms, bells, days }: DemoCalendar, timeZone: string): Planner {
  const everywhere = days.map((day, index) => ({
    ...{ ...day, id: CalendarDayId.parse(`demo-day-${index + 1}`), taughtAs: null, facultyId: null },
  }));
  return new Planner({ terms, schedules: [{ id: demoScheduleId, bells: [...bells] }], days: everywhere }, timeZone);
}

function seriesOf({ weekday, hour, course, kind, groups, titles }: DemoSlot, { terms, bells }: DemoCalendar): DemoSeries[] {
  const [term] = terms;
  const bell = bells.find(({ startsAt }) => Number(startsAt.slice(0, 2)) === hour);
  if (term === undefined || bell === undefined) throw new Error(`The demo university has no bell at ${hour} o'clock`);
  const place = placeOf(kind, groups);
  return (['odd', 'even'] as const).map((weeks, index) => ({
    ...{ termId: TermId.parse(term.id), weekday, weeks, fromOn: null, untilOn: null },
    ...{ course, kind, title: titles[index] ?? titles[0], teacher: demoCourses[course].teacher, groups, place },
    time: { by: 'bell', scheduleId: demoScheduleId, first: bell.number, last: bell.number },
    mode: place === null ? 'online' : kind === 'laboratory' ? 'on-site' : 'hybrid',
  }));
}

/** Each half of the students has a room of its own. */
function placeOf(kind: LessonKind, groups: readonly string[]): DemoPlaceKey | null {
  if (kind === 'guided-study' || kind === 'consultation') return null;
  if (groups.length === demoGroups.length) return 'hall';
  return groups[0] === demoGroups[0] ? 'first' : 'second';
}

/** Began so recently that nobody is late yet, and lasts at least another hour. */
function runningLesson(now: Instant): DemoLesson {
  const thisMinute = Math.floor(now / minuteMs) * minuteMs;
  return {
    course: 'algorithms',
    kind: 'lecture',
    title: 'Рекурсия және динамикалық бағдарламалау',
    startsAt: thisMinute - 2 * minuteMs,
    endsAt: thisMinute + 61 * minuteMs,
    teacher: demoCourses.algorithms.teacher,
    groups: demoGroups,
    // Opener than other lectures: whoever looks around wants to be seen and heard from both sides.
    rules: { ...kindDefaults.lecture, students: kindDefaults.seminar.students, guests: true },
  };
}
