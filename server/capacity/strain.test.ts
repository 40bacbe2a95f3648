import { expect, it, test } from 'vitest';
import { strainOfMachine, strainOfProcess, strainOfWorker } from './strain.ts';

const first = 0.8;
const host = (reading: Partial<Parameters<typeof strainOfProcess>[0]>) => ({
  cores: 4,
  processShare: 0,
  busyShare: 0,
  loopDelayMs: 0,
  ...reading,
});

it.each([
  ['a worker is as strained as its core is used', 0.7, { used: 10, limit: 450 }, 0.7],
  ['a plan that is full is no load while few have come', 0.3, { used: 900, limit: 450 }, 0.3],
  ['a plan that is full, and people who have come, call for the first step', 0.65, { used: 450, limit: 450 }, first],
  ['beyond its limit a worker is as strained as its core is used', 1.1, { used: 900, limit: 450 }, 1.1],
])('B12 %s', (_, cpuShare, budget, share) => {
  expect(strainOfWorker({ cpuShare, budget }, first)).toEqual({ share, most: 'no-student-cameras' });
});

test('B12 of a worker that was not measured yet nothing is said', () => {
  expect(strainOfWorker({ cpuShare: null, budget: { used: 900, limit: 450 } }, first)).toBeNull();
});

test('B12 the main process is relieved by fewer new cameras only', () => {
  expect(strainOfProcess(host({ processShare: 0.9 }))).toEqual({ share: 0.9, most: 'no-new-cameras' });
  expect(strainOfProcess(host({ processShare: 0.6, loopDelayMs: 150 }))).toEqual({ share: 1, most: 'no-new-cameras' });
});

test('B12 a main process that is kept from working by others is no reason to darken cameras', () => {
  expect(strainOfProcess(host({ processShare: 0.2, loopDelayMs: 400 })).share).toBe(0.2);
});

test('B12 of a machine that is full counts what we use of it, and of others nothing', () => {
  const workers = [{ cpuShare: 0.9 }, { cpuShare: 0.9 }, { cpuShare: 0.8 }, { cpuShare: null }];
  expect(strainOfMachine(host({ busyShare: 0.95, processShare: 0.6 }), workers).share).toBeCloseTo(0.8);
  expect(strainOfMachine(host({ busyShare: 1, processShare: 0.1 }), []).share).toBeCloseTo(0.025);
  expect(strainOfMachine(host({ busyShare: 0.7, processShare: 0.6 }), workers).share).toBe(0);
});
