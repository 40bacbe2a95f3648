// When a page tells how what it got was, and of which pictures it says that they stood still.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QualityReport } from '../../server/contract/quality-report.ts';
import { Observable } from './observable.ts';
import { QualityReporter, type ReportSources } from './report.ts';

const told: QualityReport[] = [];
let stats: Record<string, unknown>[];
let pictures: Observable<ReportSources['pictures']['value']>;
let reporter: QualityReporter;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  told.length = 0;
  stats = [];
  pictures = new Observable(new Map());
  const report = async () => ({ values: () => stats });
  const tell = async (figures: QualityReport) => void told.push(figures);
  reporter = new QualityReporter({ tell, pictures, receive: report, send: () => undefined });
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  reporter.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const show = (key: string, flowing: boolean) => {
  const stream = { getVideoTracks: () => [{ id: key }] };
  pictures.set(new Map(pictures.value).set(key, { stream, flowing }));
};
const picture = (trackIdentifier: string, tens: number) => ({
  ...{ id: trackIdentifier, type: 'inbound-rtp', kind: 'video', trackIdentifier, framesDecoded: tens * 100, frameHeight: 360 },
  ...{ framesPerSecond: 10, freezeCount: tens, totalFreezesDuration: tens * 2 },
});
const tens = (times: number) => vi.advanceTimersByTimeAsync(times * 10_000);
const frozen = () => told.map(({ seen }) => seen?.frozenMs);

it('Z4 a page tells what is well every thirty seconds, and nothing while nothing flows', async () => {
  await tens(3);
  expect(told).toEqual([]);
  for (const time of [1, 2, 3, 4, 5]) {
    stats = [picture('p1 camera', time)];
    await tens(1);
  }
  expect(told.map(({ ofMs }) => ofMs)).toEqual([10_000, 30_000]);
});

it('Z4 a camera that flowed all the while stood still by fault; one that rested, and a screen, did not', async () => {
  show('p1 camera', true);
  show('p2 screen', true);
  for (const time of [1, 2, 3, 4]) {
    stats = [picture('p1 camera', time), picture('p2 screen', time)];
    if (time === 3) {
      show('p1 camera', false);
      show('p1 camera', true);
    }
    await tens(1);
  }
  expect(frozen()).toEqual([2000, 2000]);
});

it('Z4 nothing is told any more when the class is over', async () => {
  stats = [picture('p1 camera', 1)];
  await tens(1);
  reporter.close();
  stats = [picture('p1 camera', 2)];
  await tens(2);
  expect(told).toEqual([]);
});
