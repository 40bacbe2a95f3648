// Which microphones are heard when many are open.
import { expect, test } from 'vitest';
import { TrackId } from '../contract/ids.ts';
import { type Heard, heardNow, leastStayMs, louderByDecibels, mostHeard } from './loudest.ts';

const ids = Array.from({ length: 8 }, (_, index) => TrackId.parse(`mic${index}`));
const [a, b, c, d, e, f, g] = ids;
const first: Heard = new Map();
/** The room's levels are measured so often. */
const measureMs = 300;
const began = 1_000_000;

type Speaking = readonly (readonly [id: TrackId | undefined, decibels: number])[];
const levels = (speaking: Speaking) =>
  speaking
    .flatMap(([trackId, decibels]) => (trackId === undefined ? [] : [{ trackId, decibels }]))
    .toSorted((one, other) => other.decibels - one.decibels);
const names = (heard: Heard): string[] => [...heard.keys()].toSorted();

/** One measurement after the other; answers who is heard after each. */
function measured(open: readonly TrackId[], ...rounds: readonly Speaking[]): string[][] {
  let heard = first;
  return rounds.map((speaking, round) => {
    heard = heardNow(heard, open, levels(speaking), began + round * measureMs);
    return names(heard);
  });
}

test('with five open microphones or fewer all are heard, also silent ones', () => {
  const open = ids.slice(0, mostHeard);
  expect(names(heardNow(first, open, [], began))).toEqual(open);
});

test('there are never more than five, whoever speaks', () => {
  const loud = ids.map((id, index) => [id, -20 - index] as const);
  for (const heard of measured(ids, loud, [], loud.toReversed(), loud)) expect(heard).toHaveLength(mostHeard);
});

test('who begins to speak while others are silent is heard at the first measurement', () => {
  const heard = measured(ids, [], [[f, -40]], [[g, -55]]);
  expect(heard[1]).toContain(f);
  expect(heard[2]).toEqual(expect.arrayContaining([f, g]));
});

test('a place is kept between two words, and free for whoever speaks within six hundred milliseconds', () => {
  const five: Speaking = [a, b, c, d, e].map((id) => [id, -30] as const);
  const four = five.slice(1);
  const heard = measured(ids, five, [...four, [f, -30]], [...four, [f, -30]]);
  expect(heard[1]).toContain(a);
  expect(heard[2]).toEqual([b, c, d, e, f]);
});

test('a clearly louder one takes the place of the quietest within six hundred milliseconds, a slightly louder one does not', () => {
  const five: Speaking = [a, b, c, d, e].map((id, index) => [id, -30 - index] as const);
  const withMore = (more: number): Speaking => [...five, [f, -34 + more]];
  const slightly = measured(ids, five, withMore(louderByDecibels - 1), withMore(louderByDecibels - 1), withMore(louderByDecibels - 1));
  expect(slightly.flat()).not.toContain(f);
  const clearly = measured(ids, five, withMore(louderByDecibels), withMore(louderByDecibels));
  expect(clearly.at(-1)).toEqual([a, b, c, d, f]);
});

test('those who speak at once do not change places with every word', () => {
  const loud: Speaking = [a, b, c, d].map((id) => [id, -20] as const);
  const rounds = Array.from({ length: 41 }, (_, round): Speaking => [...loud, [e, round % 2 ? -25 : -40], [f, round % 2 ? -40 : -25]]);
  const heard = measured(ids, ...rounds);
  const changes = heard.slice(1).filter((now, index) => now.join() !== heard[index]?.join()).length;
  expect(changes).toBeLessThanOrEqual(Math.ceil((40 * measureMs) / leastStayMs));
});

test('a microphone that closes leaves its place to another', () => {
  const full = heardNow(first, ids, levels([a, b, c, d, e].map((id) => [id, -30] as const)), began);
  const heard = heardNow(full, ids.slice(1), levels([[g, -50]]), began + 1);
  expect(names(heard)).toEqual([b, c, d, e, g]);
});
