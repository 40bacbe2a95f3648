// The demo university as plain data: who, what and when, seen from the moment of its making.
import { DateTime } from 'luxon';
import type { Instant } from '../contract/ids.ts';
import type { LessonKind, RoomRules } from '../contract/timetable.ts';
import { type DemoPerson, demoGroups, demoPeople } from './demo-people.ts';
import { type DemoCourseKey, demoCourses, demoFaculty, demoWeek } from './demo-week.ts';
import { kindDefaults } from './kind-defaults.ts';

const minuteMs = 60_000;
const lessonMinutes = 50;

export interface DemoLesson {
  readonly course: DemoCourseKey;
  readonly kind: LessonKind;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Sign-in name. */
  readonly teacher: string;
  readonly groups: readonly string[];
  readonly rules: RoomRules;
}

export interface DemoUniversity {
  readonly faculty: string;
  readonly groups: readonly string[];
  readonly people: readonly DemoPerson[];
  readonly courses: Readonly<Record<string, { readonly code: string; readonly title: string; readonly teacher: string }>>;
  /** The first is the one that runs now. */
  readonly lessons: readonly DemoLesson[];
}

/** What is left of this week and all of the next, on the bells of the time zone; and one class that runs now. */
export function demoUniversity(now: Instant, timeZone: string): DemoUniversity {
  const running = runningLesson(now);
  const monday = DateTime.fromMillis(now, { zone: timeZone }).startOf('week');
  const planned = [0, 1].flatMap((week) =>
    demoWeek.map((slot): DemoLesson => {
      const startsAt = monday.plus({ days: 7 * week + slot.weekday - 1 }).set({ hour: slot.hour });
      return {
        course: slot.course,
        kind: slot.kind,
        title: slot.titles[week] ?? slot.titles[0],
        startsAt: startsAt.toMillis(),
        endsAt: startsAt.plus({ minutes: lessonMinutes }).toMillis(),
        teacher: demoCourses[slot.course].teacher,
        groups: slot.groups,
        rules: kindDefaults[slot.kind],
      };
    }),
  );
  return {
    faculty: demoFaculty,
    groups: demoGroups,
    people: demoPeople,
    courses: demoCourses,
    // Everybody is in the running class; and a class that was over before the server existed would show that nobody came.
    lessons: [running, ...planned.filter((lesson) => lesson.startsAt >= running.endsAt)],
  };
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
