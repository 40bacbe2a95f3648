// How shares of distance teaching are reckoned.
import { describe, expect, it } from 'vitest';
import { academicHours, courseShare, hoursFor, mostHours, sharedOver, strictest, type Taught } from './shares.ts';

const rule = { limits: { law: 20, health: 10, other: 50 }, warnAtPercent: 80 };
const course = (plannedHours: number | null, credits: number | null = 5) => ({ id: 'c', plannedHours, credits });
const hours = (held: number, coming = 0) => ({ held, coming });
const taught = (groupIds: string[], held: number, coming = 0): Taught => ({ courseId: 'c', groupIds, held, coming });

describe('hours', () => {
  it.each([
    [1, 50, 1],
    [1, 110, 2],
    [1, 170, 3],
    [1, 230, 4],
    [3, 3 * 110, 6],
    [0, 0, 0],
  ])('of %d lessons with %d minutes, breaks among them, are %d academic ones', (lessons, minutes, expected) => {
    expect(academicHours(lessons, minutes, { hourMinutes: 50, breakMinutes: 10 })).toBe(expected);
  });

  it('D2 of one group are its own lessons, those of its streams, and those for everybody; parallel seminars are for others', () => {
    const all = [taught(['a', 'b'], 15), taught(['a'], 10, 5), taught(['b'], 7), taught([], 1)];
    expect(hoursFor(all, (id) => id === 'a')).toEqual(hours(26, 5));
    expect(hoursFor(all, (id) => id === 'b')).toEqual(hours(23));
    expect(mostHours(all, ['b', 'a'])).toEqual(hours(26, 5));
    expect(mostHours(all, [])).toEqual(hours(1));
  });
});

describe('the share', () => {
  it.each([
    [0, 'ok', 0],
    [15, 'ok', 15],
    [16, 'near', 16],
    [20, 'near', 20],
    [20.1, 'over', 20.1],
  ] as const)('D5 of %d hours in 100 is %s at a limit of 20 %%: the limit itself is allowed', (here, state, percent) => {
    expect(courseShare(course(100), hours(here), ['law'], rule)).toMatchObject({ state, percent, field: 'law', limitPercent: 20 });
  });

  it('D1 counts what was held and what is still planned, and credits in the same part', () => {
    const share = courseShare(course(150, 5), hours(10, 20), [], rule);
    expect(share).toEqual({
      ...{ plannedHours: 150, hoursHere: 30, held: 10, coming: 20, credits: 5, creditsHere: 1, percent: 20 },
      ...{ field: 'other', limitPercent: 50, state: 'ok' },
    });
  });

  it('is unknown without the hours of the curriculum', () => {
    for (const planned of [null, 0])
      expect(courseShare(course(planned), hours(10), ['law'], rule)).toMatchObject({ percent: null, state: 'unknown' });
    expect(sharedOver([{ course: course(null), hours: hours(10) }], [], rule)).toMatchObject({ percent: null, state: 'unknown' });
  });

  it('D3 is held against the strictest of several fields, and an unknown field against the rest', () => {
    expect(strictest(['law', 'health', 'arts'], rule)).toEqual({ field: 'health', limitPercent: 10 });
    expect(strictest(['arts'], rule)).toEqual({ field: 'arts', limitPercent: 50 });
    expect(strictest([], rule)).toEqual({ field: 'other', limitPercent: 50 });
  });

  it('D4 over several courses is one of credits: a course of many credits weighs more, one that is on site lowers it', () => {
    const courses = [
      { course: course(100, 8), hours: hours(50) },
      { course: course(100, 2), hours: hours(0) },
      { course: course(null, 5), hours: hours(30) },
    ];
    expect(sharedOver(courses, ['law'], rule)).toMatchObject({
      credits: 10,
      creditsHere: 4,
      percent: 40,
      hoursHere: 50,
      plannedHours: 200,
      state: 'over',
    });
  });

  it('D4 over several courses is one of hours where not every course has credits', () => {
    const courses = [
      { course: course(100, null), hours: hours(50) },
      { course: course(100, 2), hours: hours(0) },
    ];
    expect(sharedOver(courses, [], rule)).toMatchObject({ credits: null, creditsHere: null, percent: 25 });
  });
});
