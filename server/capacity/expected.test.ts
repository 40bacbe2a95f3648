import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LessonKind, TeachingMode } from '../contract/timetable.ts';
import { expectedOf, type PlannedLesson } from './expected.ts';

const listen = { microphone: false, camera: false, screen: false, chat: true };
const talk = { ...listen, microphone: true, camera: true };
const lecture: PlannedLesson = { kind: 'lecture', mode: 'online', rules: { students: listen, guests: false, capacity: 300 }, roster: 200 };
const seminar: PlannedLesson = { kind: 'seminar', mode: 'online', rules: { students: talk, guests: false, capacity: 100 }, roster: 20 };

describe('B14 expected are', () => {
  it.each<[string, PlannedLesson, Parameters<typeof expectedOf>[1], number, number]>([
    ['of a lecture without a past, what is usual for lectures', lecture, null, 141, 2],
    ['of a lecture that all come to, all', lecture, { came: 2000, expected: 2000 }, 201, 2],
    ['of a lecture that few come to, few', lecture, { came: 200, expected: 2000 }, 22, 2],
    ['of a seminar the cameras too, as many as a page shows', seminar, null, 18, 9],
    ['of a small seminar the cameras that are on', { ...seminar, roster: 6 }, null, 7, 4],
    ['in an examination one picture for each', { ...seminar, kind: 'examination' }, null, 21, 1],
    ['of a lesson on site those who cannot come', { ...lecture, mode: 'on-site' }, null, 15, 2],
    [
      'of a conference its guests as well',
      { ...lecture, kind: 'conference', roster: 0, rules: { ...lecture.rules, guests: true } },
      null,
      61,
      2,
    ],
    ['never more than the room holds', { ...lecture, roster: 900 }, { came: 9000, expected: 9000 }, 301, 2],
    ['of a lesson for nobody its teacher', { ...lecture, roster: 0 }, null, 1, 2],
  ])('%s', (_, lesson, past, viewers, pictures) => {
    expect(expectedOf(lesson, past)).toMatchObject({ viewers, pictures, consumers: viewers * (pictures + 1) });
  });
});

test('B14 more on the roster, or more who came before, never means fewer', () => {
  const lessons = fc.record({
    kind: fc.constantFrom(...LessonKind.options),
    mode: fc.constantFrom(...TeachingMode.options),
    roster: fc.nat(500),
    camera: fc.boolean(),
    guests: fc.boolean(),
    capacity: fc.integer({ min: 2, max: 1000 }),
  });
  fc.assert(
    fc.property(
      lessons,
      fc.nat(1000),
      fc.nat(1000),
      fc.nat(100),
      ({ kind, mode, roster, camera, guests, capacity }, came, missed, more) => {
        const of = (size: number, turnout: number) =>
          expectedOf(
            { kind, mode, roster: size, rules: { students: { ...talk, camera }, guests, capacity } },
            { came: turnout, expected: came + missed + more },
          );
        const base = of(roster, came);
        expect(base.viewers).toBeGreaterThanOrEqual(1);
        expect(base.viewers).toBeLessThanOrEqual(capacity + 1);
        expect(of(roster + more, came).viewers).toBeGreaterThanOrEqual(base.viewers);
        expect(of(roster, came + more).viewers).toBeGreaterThanOrEqual(base.viewers);
      },
    ),
  );
});
