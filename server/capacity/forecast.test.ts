import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type ForecastLesson, heaviestIn, newsOf, type Peak, peaksOf, quarterMs, quartersOf } from './forecast.ts';

const at = (time: string) => Date.parse(`2026-09-14T${time}:00Z`);
const unitsOfViewer = 5;
let ids = 0;
function lesson(startsAt: string, endsAt: string, viewers: number, id = `l${ids++}`): ForecastLesson {
  return {
    id,
    title: id,
    courseTitle: 'C',
    startsAt: at(startsAt),
    endsAt: at(endsAt),
    expected: { viewers, pictures: 2, consumers: viewers * 3 },
    units: viewers * unitsOfViewer,
  };
}
/** Of two workers that are planned for 150 viewers each. */
const budget = 2 * 150 * unitsOfViewer;
const peak = (startsAt: string, endsAt: string, level: Peak['level'] = 'near'): Peak => ({
  ...{ level, startsAt: at(startsAt), endsAt: at(endsAt), people: 1, share: level === 'over' ? 1 : 0.8 },
});

test('B16 the quarter that runs and the four hours after it, each with the lessons that touch it', () => {
  const quarters = quartersOf([lesson('08:00', '08:50', 30), lesson('08:30', '09:15', 60)], at('07:52'), budget);
  expect(quarters).toHaveLength(16);
  expect(quarters[0]).toEqual({ startsAt: at('07:45'), lessons: 0, people: 0, consumers: 0, share: 0 });
  const people = quarters
    .filter(({ lessons }) => lessons > 0)
    .map(({ startsAt, people }) => [new Date(startsAt).toISOString().slice(11, 16), people]);
  expect(people).toEqual([
    ['08:00', 30],
    ['08:15', 30],
    ['08:30', 90],
    ['08:45', 90],
    ['09:00', 60],
  ]);
});

test('B16 150 viewers of lectures fill one worker', () => {
  const [quarter] = quartersOf([lesson('08:00', '09:00', 150), lesson('08:00', '09:00', 150)], at('08:00'), budget);
  expect(quarter?.share).toBe(1);
});

test('B16 the share of a quarter is the sum of its lessons’ shares', () => {
  const lessons = fc.array(fc.tuple(fc.nat(200), fc.nat(24), fc.integer({ min: 1, max: 8 })), { maxLength: 30 }).map((all) =>
    all.map(([viewers, start, length]): ForecastLesson => {
      const startsAt = at('06:00') + start * quarterMs;
      return { ...lesson('06:00', '06:15', viewers), startsAt, endsAt: startsAt + length * quarterMs };
    }),
  );
  fc.assert(
    fc.property(lessons, fc.nat(6 * 60), (all, minute) => {
      const now = at('06:00') + minute * 60_000;
      const one = quartersOf(all, now, budget);
      const parts = all.map((each) => quartersOf([each], now, budget));
      one.forEach(({ share, people }, index) => {
        expect(share).toBeCloseTo(parts.reduce((sum, part) => sum + (part[index]?.share ?? 0), 0));
        expect(people).toBe(parts.reduce((sum, part) => sum + (part[index]?.people ?? 0), 0));
      });
      for (const { startsAt, endsAt } of peaksOf(one)) {
        const inside = one.filter((quarter) => quarter.startsAt >= startsAt && quarter.startsAt < endsAt);
        expect(inside.every(({ share }) => share >= 0.8)).toBe(true);
      }
    }),
  );
});

describe('B18 a peak', () => {
  it('begins where 80 % is reached and ends where it is left; it is over the limit where one quarter is', () => {
    const lessons = [lesson('08:00', '10:00', 240), lesson('09:00', '09:30', 60), lesson('11:00', '11:15', 250)];
    expect(peaksOf(quartersOf(lessons, at('07:30'), budget))).toEqual([
      { level: 'over', startsAt: at('08:00'), endsAt: at('10:00'), people: 300, share: 1 },
      { level: 'near', startsAt: at('11:00'), endsAt: at('11:15'), people: 250, share: expect.closeTo(250 / 300) },
    ]);
  });

  it.each<[string, Peak[], Peak[], Peak[]]>([
    ['is news once', [peak('08:00', '09:00')], [peak('08:00', '09:00')], []],
    ['is no news when it grew a little', [peak('07:45', '09:30')], [peak('08:00', '09:00')], []],
    [
      'is news again when it has become worse',
      [peak('08:00', '09:00', 'over')],
      [peak('08:00', '09:00')],
      [peak('08:00', '09:00', 'over')],
    ],
    ['is no news when it has become better', [peak('08:00', '09:00')], [peak('08:00', '09:00', 'over')], []],
    ['is news beside another', [peak('09:00', '10:00')], [peak('08:00', '09:00')], [peak('09:00', '10:00')]],
    ['is no news when it has begun', [peak('07:15', '08:00')], [], []],
  ])('%s', (_, peaks, told, news) => {
    expect(newsOf(peaks, told, at('07:20'))).toEqual(news);
  });
});

test('B16 the heaviest lessons of a quarter come first', () => {
  const lessons = [lesson('08:00', '09:00', 10, 'small'), lesson('08:00', '09:00', 90, 'large'), lesson('09:00', '10:00', 200, 'later')];
  expect(heaviestIn(lessons, at('08:15'), 5).map(({ id }) => id)).toEqual(['large', 'small']);
  expect(heaviestIn(lessons, at('08:15'), 1).map(({ id }) => id)).toEqual(['large']);
});
