// C8 Lessons that are changed together, and what they would do to one another.
import { expect, it } from 'vitest';
import type { Planned } from './changes.ts';
import { clashesAmong } from './changes-together.ts';

const lesson = (id: string, startsAt: number, more: Partial<Planned> = {}): Planned & { courseTitle: string } => ({
  ...{ id, startsAt, endsAt: startsAt + 50, title: id, cancelled: false, mode: 'online', byHand: {}, courseTitle: 'Optics' },
  ...{ teacher: { id: 't', name: 'Teacher' }, groups: [{ id: 'g', name: 'PHY-21' }], place: null },
  ...more,
});
const [one, two] = [lesson('one', 0), lesson('two', 60)];
const nextDay = (before: Planned & { courseTitle: string }, more: Partial<Planned> = {}) => ({
  before,
  after: { ...before, startsAt: before.startsAt + 1000, endsAt: before.endsAt + 1000, ...more },
});

it('does not see one of them where it no longer is', () => {
  const afterTwo = { ...one, startsAt: two.startsAt, endsAt: two.endsAt };
  expect(clashesAmong([{ before: one, after: afterTwo }, nextDay(two)])).toEqual([]);
});

it('sees them where they will be, each pair once, over all that they share', () => {
  const clashes = clashesAmong([nextDay(one), nextDay(two, { startsAt: 1049, endsAt: 1100 })]);
  expect(clashes).toEqual(
    (['teacher', 'group'] as const).map((over) => ({
      ...{ over, name: over === 'teacher' ? 'Teacher' : 'PHY-21', startsAt: 1049, endsAt: 1100 },
      lesson: { id: 'one', title: 'one', courseTitle: 'Optics', teacherName: 'Teacher', groups: ['PHY-21'], startsAt: 1000, endsAt: 1050 },
    })),
  );
});

it('takes ends as exclusive, and leaves out what will be cancelled', () => {
  expect(clashesAmong([nextDay(one), nextDay(two, { startsAt: 1050, endsAt: 1100 })])).toEqual([]);
  expect(clashesAmong([nextDay(one), nextDay(two, { startsAt: 1000, cancelled: true })])).toEqual([]);
});

it('lets two that were held side by side before move side by side, and sees that they get one teacher', () => {
  const beside = lesson('beside', 0, { teacher: { id: 'u', name: 'Other' } });
  expect(clashesAmong([nextDay(one), nextDay(beside)])).toEqual([]);
  const substitute = { teacher: { id: 'v', name: 'Substitute' } };
  const both = [one, beside].map((before) => ({ before, after: { ...before, ...substitute } }));
  expect(clashesAmong(both)).toMatchObject([{ over: 'teacher', name: 'Substitute', lesson: { id: 'one' } }]);
});
