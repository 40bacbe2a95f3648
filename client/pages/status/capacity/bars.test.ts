import { expect, it, test } from 'vitest';
import { barsOf, fullestOf, stateOf } from './bars.ts';

const quarter = (share: number, startsAt = 0, lessons = 1) => ({ startsAt, lessons, people: 1, consumers: 1, share });

it.each([
  [0.79, 'fine'],
  [0.8, 'near'],
  [0.99, 'near'],
  [1, 'over'],
])('B16 a share of %d is %s', (share, state) => {
  expect(stateOf({ share })).toBe(state);
});

test('B16 the line of what is planned for stands still while all is well, and no bar leaves the picture', () => {
  expect(barsOf([quarter(0.1)]).lineAt).toBeCloseTo(1 / 1.2);
  expect(barsOf([]).lineAt).toBeCloseTo(1 / 1.2);
  const { bars, lineAt } = barsOf([quarter(0.5), quarter(4)]);
  expect(Math.max(...bars.map(({ height }) => height))).toBeLessThan(1);
  expect(bars[1]?.height).toBeGreaterThan(lineAt);
});

test('B16 of equals the first is the fullest; without lessons there is none', () => {
  expect(fullestOf([quarter(0.2, 1), quarter(0.5, 2), quarter(0.5, 3)])?.startsAt).toBe(2);
  expect(fullestOf([quarter(0, 1, 0)])).toBeNull();
});
