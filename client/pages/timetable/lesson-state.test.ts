// Where a lesson stands, second by second.
import { expect, test } from 'vitest';
import { matches, nextOf, stateOf, type Times, touching } from './lesson-state.ts';

const lesson: Times = { phase: 'planned', opensAt: 50, startsAt: 60, endsAt: 110, closesAt: 125 };

test.each([
  [49, 'planned'],
  [50, 'door-open'],
  [60, 'running'],
  [110, 'closing'],
  [125, 'over'],
] as const)('at %i a lesson is %s', (now, state) => {
  expect(stateOf(lesson, now)).toBe(state);
});

test('a cancelled lesson stays cancelled whatever the time', () => {
  expect([0, 60, 200].map((now) => stateOf({ ...lesson, phase: 'cancelled' }, now))).toEqual(['cancelled', 'cancelled', 'cancelled']);
});

test('a lesson that was ended for all is over before its planned end', () => {
  expect(stateOf({ ...lesson, closesAt: 80 }, 80)).toBe('over');
});

test('the next lesson is one that has neither begun nor been cancelled', () => {
  const later = { ...lesson, opensAt: 150, startsAt: 160, endsAt: 210, closesAt: 225 };
  expect(nextOf([lesson, { ...later, phase: 'cancelled' as const }, later], 60)).toBe(later);
});

test('a lesson over midnight belongs to both days', () => {
  const night = { startsAt: 90, endsAt: 110 };
  expect(touching([night], 0, 100)).toEqual([night]);
  expect(touching([night], 100, 200)).toEqual([night]);
  expect(touching([night], 110, 200)).toEqual([]);
});

test('a search finds Kazakh words without regard to case, each word anywhere', () => {
  const found = {
    title: 'Графтар',
    course: { code: 'CSE2101', title: 'Алгоритмдер' },
    teacher: { displayName: 'Әсем Қуанышқызы' },
    groups: [{ name: 'ИС-23-1' }],
  };
  const search = (text: string) => matches(found, text);
  expect([search('ӘСЕМ ис-23'), search('cse графтар'), search('физика'), search('')]).toEqual([true, true, false, true]);
});
