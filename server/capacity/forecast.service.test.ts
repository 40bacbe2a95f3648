import { expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { LessonId } from '../contract/ids.ts';
import { openLog } from '../log.ts';
import type { PlannedLesson, Turnout } from './expected.ts';
import { ForecastService, type Past, type TimetabledLesson } from './forecast.service.ts';
import type { Peak } from './forecast.ts';

const minute = 60_000;
const now = Date.parse('2026-09-07T08:00:00+05:00');
const rules = { students: { microphone: false, camera: false, screen: false, chat: true }, guests: false, capacity: 300 };
const lecture: TimetabledLesson = {
  ...{ id: 'lecture', courseId: 'course', title: 'L', courseTitle: 'C', kind: 'lecture', mode: 'online', rules },
  ...{ startsAt: now + 60 * minute, endsAt: now + 110 * minute },
};

interface Told {
  readonly lessons?: readonly TimetabledLesson[];
  readonly courses?: readonly (Turnout & { readonly courseId: string; readonly kind: string })[];
  readonly groups?: ReadonlyMap<string, Turnout>;
}

/** A database that answers so, or not at all. */
function open(answers: () => Told, plan: PlannedLesson | null = null) {
  const clock = new FakeClock(now);
  const lines: string[] = [];
  const peaks: Peak[] = [];
  const past: Past = {
    lessons: async () => answers().lessons ?? [],
    rosters: async (ids) => new Map(ids.map((id) => [id, 100])),
    groupsOf: async (ids) => new Map(ids.map((id) => [id, ['first', 'second']])),
    turnoutOfCourses: async () => answers().courses ?? [],
    turnoutOfGroups: async () => answers().groups ?? new Map(),
  };
  const forecast = new ForecastService({
    ...{ clock, past, planOf: () => plan, workers: async () => 1, tell: (peak: Peak) => void peaks.push(peak) },
    log: openLog({ level: 'warn', format: 'json' }, { write: (line) => void lines.push(line) }),
    cost: { viewerUnits: ({ pictures }) => 1 + pictures, workerUnits: 150 },
  });
  return { clock, forecast, lines, peaks };
}
const of = (forecast: ForecastService, id = 'lecture') => forecast.of(LessonId.parse(id)).viewers;

it('B15 a room that opens before anything was read is placed by its own plan, or as a small one', async () => {
  const plan: PlannedLesson = { kind: 'seminar', mode: 'online', rules, roster: 20 };
  expect(of(open(() => ({}), plan).forecast)).toBe(18);
  expect(of(open(() => ({})).forecast)).toBe(1);
});

it('B15 a database that does not answer keeps no room from opening, and what was known stays known', async () => {
  let isAway = false;
  const { forecast, lines } = open(() => {
    if (isAway) throw new Error('away');
    return { lessons: [lecture] };
  });
  await forecast.start();
  expect(of(forecast)).toBe(71);
  isAway = true;
  await forecast.start();
  expect(of(forecast)).toBe(71);
  expect(lines.at(-1)).toContain('could not be read');
});

it.each<[string, Told, number]>([
  ['its course and kind', { courses: [{ courseId: 'course', kind: 'lecture', came: 100, expected: 1000 }] }, 12],
  [
    'its groups, where the course has no such lesson',
    {
      courses: [{ courseId: 'course', kind: 'seminar', came: 1, expected: 1000 }],
      groups: new Map([
        ['first', { came: 500, expected: 500 }],
        ['second', { came: 0, expected: 500 }],
      ]),
    },
    52,
  ],
  ['the usual, where nothing is known', {}, 71],
])('B14 a lesson is foreseen by %s', async (_, told, viewers) => {
  const { forecast } = open(() => ({ lessons: [lecture], ...told }));
  await forecast.start();
  expect(of(forecast)).toBe(viewers);
});

it('B18 a peak is told once, at least an hour ahead, and once more when it has become worse', async () => {
  let lessons = [lecture];
  const { clock, forecast, lines, peaks } = open(() => ({ lessons }));
  await forecast.start();
  await forecast.start();
  // 71 viewers of two pictures: 213 units of 150.
  expect(peaks).toEqual([{ level: 'over', startsAt: lecture.startsAt, endsAt: now + 120 * minute, people: 71, share: 213 / 150 }]);
  expect(lines).toHaveLength(1);
  lessons = [lecture, { ...lecture, id: 'later', startsAt: now + 180 * minute, endsAt: now + 230 * minute }];
  await forecast.start();
  expect(peaks.map(({ startsAt }) => startsAt)).toEqual([lecture.startsAt, now + 180 * minute]);
  clock.advance(60 * minute);
  await forecast.start();
  expect(peaks).toHaveLength(2);
});
