// Lessons missed in a row: rule A37.
import { expect, it } from 'vitest';
import { streakOf } from './streak.ts';

const of = (...verdicts: string[]) => streakOf(verdicts.map((verdict, index) => ({ startsAt: index + 1, verdict })));

it.each([
  [['absent', 'absent', 'absent'], { missed: 3, since: 1, lastAt: 3 }],
  [['absent', 'present', 'absent'], { missed: 1, since: 3, lastAt: 3 }],
  [['absent', 'late'], { missed: 0, since: null, lastAt: 2 }],
  [['absent', 'left-early'], { missed: 0, since: null, lastAt: 2 }],
  [['absent', 'excused', 'absent'], { missed: 2, since: 1, lastAt: 3 }],
  [['absent', 'asynchronous', 'not-held', 'absent'], { missed: 2, since: 1, lastAt: 4 }],
  [['excused', 'not-held'], { missed: 0, since: null, lastAt: 2 }],
])('A37 after %j it is %j', (verdicts, streak) => {
  expect(of(...verdicts)).toEqual(streak);
});

it('A37 without any lesson there is none', () => {
  expect(of()).toBeNull();
});
