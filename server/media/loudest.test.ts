// Which microphones are heard in a large room.
import { expect, test } from 'vitest';
import { TrackId } from '../contract/ids.ts';
import { type Heard, heardNow, holdMs, mostHeard } from './loudest.ts';

const ids = Array.from({ length: 8 }, (_, index) => TrackId.parse(`mic${index}`));
const [a, b, c, d, e, f, g] = ids;
const some = (...wanted: readonly (TrackId | undefined)[]): TrackId[] => wanted.filter((id) => id !== undefined);
const first: Heard = new Map();

test('with five open microphones or fewer all are heard, also silent ones', () => {
  const open = ids.slice(0, mostHeard);
  expect([...heardNow(first, open, [], 0).keys()]).toEqual(open);
});

test('with more the loud ones get the places', () => {
  const heard = heardNow(first, ids, some(g, f), 10_000);
  expect(heard.size).toBe(mostHeard);
  expect([...heard.keys()]).toEqual(expect.arrayContaining(some(f, g)));
});

test('a place is kept for two seconds after the last sound, then the one silent longest gives way', () => {
  const full = heardNow(first, ids, some(a, b, c, d, e), 10_000);
  const later = heardNow(full, ids, some(b, c, d, e), 10_500);
  expect([...heardNow(later, ids, some(f), 10_000 + holdMs - 1).keys()]).not.toContain(f);
  const moved = heardNow(later, ids, some(f), 10_000 + holdMs);
  expect([...moved.keys()]).toContain(f);
  expect([...moved.keys()]).not.toContain(a);
});

test('a microphone that closes leaves its place to another', () => {
  const full = heardNow(first, ids, some(a, b, c, d, e), 0);
  const heard = heardNow(full, ids.slice(1), some(g), 1);
  expect([...heard.keys()]).toContain(g);
  expect([...heard.keys()]).not.toContain(a);
});
