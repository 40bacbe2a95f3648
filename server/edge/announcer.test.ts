// How often a room is told, and that one notice costs one message a device.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LessonId, ParticipantId } from '../contract/ids.ts';
import type { Notice } from '../contract/notices.ts';
import { type Channels, SocketAnnouncer } from './announcer.ts';

const lesson = LessonId.parse('lesson');
const said = (n: number): Notice => ({ type: 'reaction-shown', participantId: ParticipantId.parse('p'), reaction: 'yes', at: n });

/** A room with so many devices, and what was sent to it. */
function roomOf(devices: number) {
  const batches: { readonly at: number; readonly notices: readonly Notice[] }[] = [];
  const channels: Channels = {
    size: () => devices,
    send: (_name, notices) => void batches.push({ at: performance.now(), notices }),
    disconnect: () => undefined,
  };
  return { batches, announcer: new SocketAnnouncer(channels, () => []) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  [500, 4],
  [100, 4],
  [20, 13],
  [2, 40],
])('R16 a storm in a room of %i is told in at most %i batches a second, and nothing is left out', (devices, most) => {
  const { batches, announcer } = roomOf(devices);
  for (let n = 0; n < 300; n += 1) {
    announcer.toRoom(lesson, said(n));
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  expect(batches.flatMap(({ notices }) => notices.map((notice) => ('at' in notice ? notice.at : -1)))).toEqual(
    Array.from({ length: 300 }, (_, n) => n),
  );
  const begins = batches.map(({ at }) => at);
  for (const at of begins) expect(begins.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(most + 1);
});

test('R16 after a quiet moment one hand is told at once also in a large room', () => {
  const { batches, announcer } = roomOf(500);
  announcer.toRoom(lesson, said(1));
  vi.advanceTimersByTime(30);
  expect(batches).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  announcer.toRoom(lesson, said(2));
  vi.advanceTimersByTime(30);
  expect(batches).toHaveLength(2);
});

test('R16 in a large room who comes waits for others who come, but never longer than for the next news of another kind', () => {
  const { batches, announcer } = roomOf(500);
  const left = (n: number): Notice => ({ type: 'participant-left', participantId: ParticipantId.parse(`p${n}`), reason: 'left' });
  for (let n = 0; n < 25; n += 1) {
    announcer.toRoom(lesson, left(n));
    vi.advanceTimersByTime(100);
  }
  expect(batches.map(({ notices }) => notices.length)).toEqual([10, 10]);
  announcer.toRoom(lesson, said(1));
  vi.advanceTimersByTime(30);
  expect(batches.slice(2).flatMap(({ notices }) => notices.map(({ type }) => type))).toEqual([
    ...Array<string>(5).fill('participant-left'),
    'reaction-shown',
  ]);
  const small = roomOf(20);
  small.announcer.toRoom(lesson, left(1));
  vi.advanceTimersByTime(30);
  expect(small.batches).toHaveLength(1);
});
