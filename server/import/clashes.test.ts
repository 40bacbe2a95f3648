import { expect, it } from 'vitest';
import { fullSize, makeUniversity, type Row, type University, villageSize } from '../../test/support/full-size-university.ts';
import type { CalendarDay } from '../contract/calendar.ts';
import { CalendarDayId } from '../contract/ids.ts';
import { checked, Known } from './check.ts';
import { clashesOf } from './clashes.ts';
import { namesIn } from './difference.ts';
import { readTables } from './read-file.ts';
import type { World } from './world.ts';

const { series: _series, ...village } = makeUniversity(villageSize);
const now = Date.parse('2026-08-20T08:00:00+05:00');
const nothing: World = { refs: {}, rows: {}, signInNames: new Map() };

const weekly = (id: string, more: Row): Row => ({
  ...{ id, term: 'autumn', course: 'C1', kind: 'лекция', teacher: 'T1', groups: 'G1', weekday: 1, schedule: 'main', bell: 1 },
  ...more,
});
const other = { teacher: 'T2', groups: 'G2' };

async function look(file: University, { days = [], at = now, world = nothing }: { days?: CalendarDay[]; at?: number; world?: World } = {}) {
  const { plan: read, faults } = await readTables({ bytes: Buffer.from(JSON.stringify(file)), name: 'u.json', table: null }, 'json');
  const plan = checked(read, world, faults);
  expect(faults.first()).toEqual([]);
  const looked = { plan, world, lookup: new Known(plan, world), names: namesIn(plan, world), days };
  return () => clashesOf({ ...looked, source: 'Univer', now: at, timeZone: 'Asia/Almaty' });
}
const clashes = async (series: Row[], more: Parameters<typeof look>[1] & { lessons?: Row[] } = {}) =>
  (await look({ ...village, series, ...(more.lessons && { lessons: more.lessons }) }, more))();

it('I21 two weekly lessons that have the same teacher at once meet, and are told once with their first day, their lines and how often', async () => {
  const found = await clashes([weekly('a', {}), weekly('b', { groups: 'G2' }), weekly('c', { ...other, groups: 'G3' })]);
  expect(found).toEqual({
    total: 1,
    list: [
      {
        over: [{ what: 'teacher', name: village.people?.[0]?.name }],
        first: expect.objectContaining({ table: 'series', externalId: 'a', line: 1, groups: ['ТОП-21-1'] }),
        second: expect.objectContaining({ externalId: 'b', line: 2, groups: ['ТОП-22-2'] }),
        startsAt: Date.parse('2026-09-07T08:00:00+05:00'),
        endsAt: Date.parse('2026-09-07T08:50:00+05:00'),
        days: 14,
      },
    ],
  });
});

it('I21 all that two lessons share is told in one clash', async () => {
  const { list } = await clashes([weekly('a', { place: 'A1' }), weekly('b', { place: 'A1' })]);
  expect(list.map(({ over }) => over.map(({ what }) => what))).toEqual([['teacher', 'group', 'place']]);
});

it('I21 a stream is all of its groups', async () => {
  const streams = [{ id: 'ST', faculty: 'F1', name: 'Ағым', groups: 'G5, G6' }];
  const file = { ...village, streams, series: [weekly('a', { groups: '', streams: 'ST' }), weekly('b', { teacher: 'T2', groups: 'G6' })] };
  const { list } = (await look(file))();
  expect(list.map(({ over }) => over)).toEqual([[{ what: 'group', name: 'ТОП-21-6' }]]);
});

it.each<[string, Row, Row, number]>([
  ['another day', { weekday: 1 }, { weekday: 2 }, 0],
  ['the bell after', { bell: 1 }, { bell: 2 }, 0],
  ['both bells of a long lesson', { bell: '1-2' }, { bell: 2 }, 14],
  ['a clock that overlaps a bell', { bell: 1 }, { bell: '', startsAt: '08:49', endsAt: '09:30', schedule: '' }, 14],
  ['a clock that begins when the bell ends', { bell: 1 }, { bell: '', startsAt: '08:50', endsAt: '09:30', schedule: '' }, 0],
  ['odd and even weeks', { weeks: 'odd' }, { weeks: 'even' }, 0],
  ['odd weeks and every week', { weeks: 'odd' }, { weeks: 'every' }, 7],
  ['even weeks and weeks 2, 3 and 5', { weeks: 'even' }, { weeks: '2, 3, 5' }, 1],
  ['one after the other', { until: '2026-10-04' }, { from: '2026-10-05' }, 0],
  ['a week in common', { until: '2026-10-05' }, { from: '2026-10-05' }, 1],
])('I21 %s: on so many days they meet', async (_what, one, two, days) => {
  const { list } = await clashes([weekly('a', one), weekly('b', two)]);
  expect(list.map((clash) => clash.days)).toEqual(days === 0 ? [] : [days]);
});

const exam = {
  id: 'e',
  course: 'C2',
  kind: 'экзамен',
  teacher: 'T1',
  groups: 'G2',
  date: '2026-10-05',
  startsAt: '08:30',
  endsAt: '10:00',
};

it('I21 a single lesson meets the weekly one of that day, unless it is cancelled or the day is a holiday', async () => {
  const { list } = await clashes([weekly('a', {})], { lessons: [exam] });
  expect(list).toMatchObject([{ first: { table: 'series' }, second: { table: 'lessons', externalId: 'e' }, days: 1 }]);
  expect(list[0]?.startsAt).toBe(Date.parse('2026-10-05T08:30:00+05:00'));
  expect((await clashes([weekly('a', {})], { lessons: [{ ...exam, cancelled: 'yes' }] })).total).toBe(0);
  const days: CalendarDay[] = [
    {
      ...{ id: CalendarDayId.parse('d'), kind: 'holiday', name: 'Мереке', firstOn: '2026-10-05', lastOn: '2026-10-05' },
      ...{ taughtAs: null, facultyId: null },
    },
  ];
  expect((await clashes([weekly('a', {})], { lessons: [exam], days })).total).toBe(0);
});

it('I21 what is over clashes with nothing', async () => {
  const series = [weekly('a', {}), weekly('b', {})];
  expect((await clashes(series, { at: Date.parse('2026-12-07T08:50:00+05:00') })).total).toBe(0);
  expect((await clashes(series, { at: Date.parse('2026-12-07T08:49:00+05:00') })).list).toMatchObject([{ days: 1 }]);
});

it('I21 what is there from elsewhere is in the way; what is gone, and what the file will replace, is not', async () => {
  const stored = {
    ...{ id: 'old', title: 'Бұрынғы', term: 'autumn', course: 'C1', kind: 'lecture' as const, teacher: 'T1', groups: [], streams: [] },
    ...{ place: null, mode: 'online' as const, weekday: 1, weeks: 'every' as const, schedule: 'main', bell: [1, 1] as const },
    ...{ startsAt: null, endsAt: null, from: null, until: null },
  };
  const withStored = (source: string | null, isGone = false): World => ({
    ...nothing,
    rows: { series: new Map([['old', { id: 'ours', source, values: stored, isGone }]]) },
  });
  const total = async (world: World) => (await clashes([weekly('a', {})], { world })).total;
  expect(await total(withStored('Office'))).toBe(1);
  expect(await total(withStored(null))).toBe(1);
  expect(await total(withStored('Office', true))).toBe(0);
  expect(await total(withStored('Univer'))).toBe(0);
});

it('I21 a whole university is looked at in a moment', async () => {
  const find = await look(makeUniversity(fullSize));
  // What it takes itself, however much others work beside it.
  const began = process.cpuUsage();
  const { total, list } = find();
  const { user, system } = process.cpuUsage(began);
  expect(list.length).toBe(Math.min(total, 50));
  expect((user + system) / 1000).toBeLessThan(3000);
});

it('I21 a file in which everything meets everything is not counted to its end', async () => {
  const series = Array.from({ length: 3000 }, (_, index) => weekly(`x${index}`, {}));
  const { total, list } = await clashes(series);
  expect(total).toBe(10_000);
  expect(list.length).toBe(50);
});
