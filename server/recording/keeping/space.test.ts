// The watch over the space: how often it looks, and what it says.
import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { SpaceLevel } from '../../contract/recording-keeping.ts';
import { type Disk, Space } from './space.ts';

const GB = 1_000_000_000;
let clock: FakeClock;
let disk: Disk | Error;
let measured: number;
let live: { recordings: number; bytes: number };
let said: string[];

beforeEach(() => {
  clock = new FakeClock(0);
  disk = { totalBytes: 100 * GB, freeBytes: 50 * GB };
  measured = 0;
  live = { recordings: 0, bytes: 0 };
  said = [];
});

const open = (quotaBytes: number | null = null) =>
  Space.open({
    shares: { tightShare: 0.15, scarceShare: 0.05, fullShare: 0.01 },
    quotaBytes,
    measure() {
      measured += 1;
      return disk instanceof Error ? Promise.reject(disk) : Promise.resolve(disk);
    },
    endedBytes: () => Promise.resolve(80 * GB),
    live: () => live,
    clock,
    log: { warn: (_details, message) => said.push(`warn ${message}`), info: (_details, message) => said.push(`info ${message}`) },
  });
const free = (gigabytes: number) => {
  disk = { totalBytes: 100 * GB, freeBytes: gigabytes * GB };
};

it('V20 knows the level when it is open, and tells each change once', async () => {
  free(10);
  const space = await open();
  expect(space.level()).toBe('tight');
  const heard: [SpaceLevel, SpaceLevel][] = [];
  const stop = space.onChange((level, before) => heard.push([level, before]));
  await space.measure();
  free(3);
  await space.measure();
  await space.measure();
  free(0.5);
  await space.measure();
  free(60);
  await space.measure();
  stop();
  free(0);
  await space.measure();
  expect(heard).toEqual([
    ['scarce', 'tight'],
    ['full', 'scarce'],
    ['ample', 'full'],
  ]);
  expect(said.filter((line) => line.startsWith('info'))).toHaveLength(1);
  await space.close();
});

it('V20 looks every three seconds while something is recorded, else every half minute', async () => {
  const space = await open();
  const measuredAfter = async (ms: number) => {
    const before = measured;
    clock.advance(ms);
    const looked = measured - before;
    // What rang is measured to its end, and plans the next look.
    await new Promise(setImmediate);
    return looked;
  };
  expect(await measuredAfter(29_000)).toBe(0);
  live = { recordings: 1, bytes: 0 };
  expect(await measuredAfter(1000)).toBe(1);
  expect(await measuredAfter(3000)).toBe(1);
  live = { recordings: 0, bytes: 0 };
  expect(await measuredAfter(3000)).toBe(1);
  expect(await measuredAfter(29_000)).toBe(0);
  await space.close();
  expect(clock.bells).toBe(0);
});

it('V20 keeps its level when it cannot measure, and says so once', async () => {
  free(3);
  const space = await open();
  disk = new Error('EIO');
  await space.measure();
  await space.measure();
  expect(space.level()).toBe('scarce');
  expect(said.filter((line) => line.includes('cannot be measured'))).toHaveLength(1);
  free(50);
  await space.measure();
  expect(space.level()).toBe('ample');
  await space.close();
});

it('V20 counts what is being recorded into the quota', async () => {
  const space = await open(100 * GB);
  expect(space.level()).toBe('ample');
  live = { recordings: 1, bytes: 19.5 * GB };
  await space.measure();
  expect(space.level()).toBe('full');
  await space.close();
});
