// Still pictures come in slices that leave room for sound, and only while somebody wants them.
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { webp } from '../../test/support/still-pictures.ts';
import { ConnectionId, ParticipantId, TrackId } from '../contract/ids.ts';
import type { Notice, NoticeOf } from '../contract/notices.ts';
import { stillBytesOn } from './steps.ts';
import { type Still, Stills } from './stills.ts';

const screen = TrackId.parse('screen');
const teacher = ParticipantId.parse('teacher');
const [one, other] = [ConnectionId.parse('one'), ConnectionId.parse('other')];

function world() {
  const clock = new FakeClock(1_000_000);
  const told: { readonly to: ConnectionId; readonly at: number; readonly part: NoticeOf<'still-part'> }[] = [];
  const owner: NoticeOf<'stills-wanted'>[] = [];
  const stills = new Stills({
    clock,
    tell: (to, notice: Notice) => {
      if (notice.type === 'still-part') told.push({ to, at: clock.now(), part: notice });
    },
    tellOwner: (_, notice) => {
      if (notice.type === 'stills-wanted') owner.push(notice);
    },
  });
  const to = (who: ConnectionId) => told.filter((each) => each.to === who).map(({ part }) => part);
  return { clock, told, owner, stills, to };
}

const still = (length: number): Still => ({
  trackId: screen,
  mime: 'image/webp',
  width: 1280,
  height: 720,
  bytes: webp(1280, 720, length),
});
const bytesOf = (parts: readonly NoticeOf<'still-part'>[]) =>
  parts.flatMap(({ bytes }) => [...(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes)]);

test('L11 the owner is asked when the first one wants them, for smaller ones on the floor, and told when nobody does', () => {
  const { stills, owner } = world();
  stills.want(one, [screen], 'stills');
  stills.want(other, [screen], 'stills');
  stills.want(other, [screen], 'floor');
  stills.want(other, [], 'floor');
  stills.want(one, [], 'stills');
  expect(owner.map(({ mostBytes }) => mostBytes)).toEqual([stillBytesOn.stills, stillBytesOn.floor, stillBytesOn.stills, null]);
});

test('L14 on the floor a picture takes no more than 14 kbit/s, whatever its size, and arrives whole', () => {
  const { stills, told, to, clock } = world();
  stills.want(one, [screen], 'floor');
  stills.take(still(20_000), teacher);
  clock.advance(5_000);
  const sent = bytesOf(to(one)).length;
  expect(sent).toBeGreaterThan(0);
  expect(sent * 8).toBeLessThanOrEqual(14_000 * 5);
  clock.advance(20_000);
  expect(Uint8Array.from(bytesOf(to(one)))).toEqual(still(20_000).bytes);
  expect(Math.max(...told.map(({ part: { bytes } }) => bytes.byteLength))).toBeLessThanOrEqual(1_400);
});

test('a new picture waits until the one that is coming is whole; then the latest comes', () => {
  const { stills, to, clock } = world();
  stills.want(one, [screen], 'floor');
  stills.take(still(14_000), teacher);
  clock.advance(4_000);
  stills.take(still(7_000), teacher);
  clock.advance(4_000);
  stills.take(still(2_800), teacher);
  clock.advance(20_000);
  const parts = to(one);
  expect([...new Set(parts.map(({ size }) => size))]).toEqual([14_000, 2_800]);
  expect(parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)).toBe(16_800);
});

test('who comes later is sent the last one; nobody is sent the same twice', () => {
  const { stills, to, clock } = world();
  stills.want(one, [screen], 'stills');
  stills.take(still(3_000), teacher);
  clock.advance(10_000);
  stills.want(other, [screen], 'stills');
  clock.advance(10_000);
  expect(bytesOf(to(one))).toHaveLength(3_000);
  expect(bytesOf(to(other))).toHaveLength(3_000);
});

test('L12, L13 none is taken that nobody wants, that is no picture of its size, or that comes too soon', () => {
  const { stills, clock } = world();
  const refused = (code: string) => expect.objectContaining({ code });
  expect(() => stills.take(still(3_000), teacher)).toThrow(refused('conflict'));
  stills.want(one, [screen], 'stills');
  expect(() => stills.take({ ...still(3_000), width: 640 }, teacher)).toThrow(refused('bad-request'));
  expect(() => stills.take({ ...still(3_000), mime: 'image/jpeg' }, teacher)).toThrow(refused('bad-request'));
  stills.take(still(3_000), teacher);
  clock.advance(1_000);
  expect(() => stills.take(still(3_000), teacher)).toThrow(refused('too-many-requests'));
  clock.advance(3_000);
  stills.take(still(3_000), teacher);
});

test('of a screen that is shared no longer nothing more is sent', () => {
  const { stills, to, clock } = world();
  stills.want(one, [screen], 'floor');
  stills.take(still(20_000), teacher);
  clock.advance(2_000);
  const before = to(one).length;
  stills.forgetTrack(screen);
  stills.want(one, [], 'floor');
  clock.advance(20_000);
  expect(to(one)).toHaveLength(before);
});
