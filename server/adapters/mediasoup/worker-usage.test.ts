// A worker's share of a core is that of the last seconds.
import { expect, test } from 'vitest';
import { WorkerUsage } from './worker-usage.ts';

test('the share of a core is unknown at first, then that of the last samples', () => {
  const usage = new WorkerUsage();
  usage.saw(10, 0);
  expect(usage.cpuShare).toBeNull();
  usage.saw(11, 2000);
  expect(usage.cpuShare).toBe(0.5);
  usage.saw(11, 4000);
  expect(usage.cpuShare).toBe(0.25);
  usage.saw(11, 6000);
  expect(usage.cpuShare).toBe(0);
});
