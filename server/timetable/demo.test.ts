// The demo university is possible: nobody is in two places at once, whatever the hour at which it is made.
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parityOf, weekOf, weeksOf } from '../calendar/calendar.ts';
import { bellsInOrder, fieldOutside } from '../calendar/entries.ts';
import { AcademicYearId } from '../contract/ids.ts';
import { demoFacultyId, demoPlanner, demoUniversity } from './demo.ts';
import { demoCourses } from './demo-week.ts';

const zone = 'Asia/Almaty';
const minute = 60_000;
const moments = [
  ['on a Monday morning', '2026-11-23T09:14:27'],
  ['two minutes before midnight', '2026-11-24T23:58:30'],
  ['in the first second of a day', '2026-11-25T00:00:00'],
  ['on a Sunday', '2026-11-22T15:00:59'],
  ['on a Saturday between two bells', '2026-11-21T09:55:00'],
  ['on New Year’s Eve', '2026-12-31T23:59:59'],
] as const;

describe.each(moments)('made %s', (_when, text) => {
  const now = DateTime.fromISO(text, { zone }).toMillis();
  const { running, series, calendar, people, groups } = demoUniversity(now, zone);
  const planner = demoPlanner(calendar, zone);
  const others = series.flatMap((one) =>
    planner
      .occurrences({ ...one, facultyId: demoFacultyId })
      .filter(({ startsAt }) => startsAt > now)
      .map((occurrence) => ({ ...one, ...occurrence })),
  );

  it('the class of the teacher runs, nobody is late for it yet, and it lasts at least another hour', () => {
    expect(running.teacher).toBe('teacher');
    expect(now - running.startsAt).toBeGreaterThanOrEqual(2 * minute);
    expect(now - running.startsAt).toBeLessThan(3 * minute);
    expect(running.endsAt - now).toBeGreaterThan(60 * minute);
    expect(running.startsAt % minute).toBe(0);
    expect(running.groups).toEqual(groups);
    expect(running.rules).toMatchObject({ guests: true, recording: 'manual' });
  });

  it('all other classes begin on a bell, Monday to Saturday, and last 50 minutes', () => {
    for (const lesson of others) {
      const start = DateTime.fromMillis(lesson.startsAt, { zone });
      expect(start.weekday).toBeLessThanOrEqual(6);
      expect([start.minute, start.second]).toEqual([0, 0]);
      expect(start.hour).toBeGreaterThanOrEqual(8);
      expect(start.hour).toBeLessThanOrEqual(18);
      expect(lesson.endsAt - lesson.startsAt).toBe(50 * minute);
    }
  });

  it('the rest of a term lies ahead, on each day from Monday to Saturday', () => {
    const days = new Set(others.map((lesson) => DateTime.fromMillis(lesson.startsAt, { zone }).weekday));
    expect(days).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(others.length).toBeGreaterThan(200);
  });

  it('this week has the titles of odd weeks, and a second term follows', () => {
    const [term, next] = calendar.terms;
    if (term === undefined || next === undefined) throw new Error('There are not two terms');
    const today = DateTime.fromMillis(now, { zone }).toFormat('yyyy-MM-dd');
    expect(parityOf(weekOf(term, today))).toBe('odd');
    expect([weeksOf(term), weeksOf(next)]).toEqual([15, 15]);
    expect(next.startsOn > term.endsOn).toBe(true);
    expect(fieldOutside({ ...next, yearId: AcademicYearId.parse('y') }, calendar.year)).toBeNull();
    expect(bellsInOrder([...calendar.bells])).toEqual(calendar.bells);
  });

  it('no teacher, no group and no room has two classes at once', () => {
    const lessons = [{ ...running, place: null }, ...others];
    for (const [index, one] of lessons.entries()) {
      for (const other of lessons.slice(index + 1)) {
        if (one.endsAt <= other.startsAt || other.endsAt <= one.startsAt) continue;
        expect(
          one.teacher === other.teacher || one.groups.some((group) => other.groups.includes(group)),
          `${one.title}, ${other.title}`,
        ).toBe(false);
        expect(one.place !== null && one.place === other.place, `${one.title}, ${other.title}`).toBe(false);
      }
    }
  });

  it('all who are named exist', () => {
    const names = new Set(people.map((person) => person.signInName));
    expect(names.size).toBe(people.length);
    for (const course of Object.values(demoCourses)) expect(names).toContain(course.teacher);
    for (const person of people) if (person.group !== null) expect(groups).toContain(person.group);
    expect(people.filter((person) => person.role === 'student')).toHaveLength(24);
  });
});

it('the names of the students use the Kazakh letters', () => {
  const names = demoUniversity(0, zone)
    .people.map((person) => person.displayName)
    .join('')
    .toLowerCase();
  for (const letter of 'әғқңөұүһі') expect(names, letter).toContain(letter);
});
