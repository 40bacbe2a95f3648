import { expect, it, test } from 'vitest';
import { type Priorities, WorkerPriority, workerNice } from './priority.ts';

const mainPid = 1;
const recorderPid = 2;

/** Processes with a priority each; raised only where the system allows it. */
function machine(nices: Record<number, number>, isAllowed: boolean) {
  const priorities: Priorities = {
    of: (pid) => nices[pid] ?? null,
    set(pid, nice) {
      if (!isAllowed) return false;
      nices[pid] = nice;
      return true;
    },
  };
  const lines: string[] = [];
  const log = { info: () => lines.push('info'), warn: (_: object, message: string) => lines.push(message) };
  return { nices, lines, watch: new WorkerPriority({ priorities, mainPid, recorderPid: () => recorderPid, log }) };
}

test('B20 workers are raised where the system allows it, also those that take the place of dead ones', () => {
  const { nices, lines, watch } = machine({ [mainPid]: 0, [recorderPid]: 5, 10: 0, 11: 0 }, true);
  watch.lookAfter([10, 11]);
  expect([nices[10], nices[11]]).toEqual([workerNice, workerNice]);
  nices[12] = 0;
  watch.lookAfter([10, 12]);
  expect(nices[12]).toBe(workerNice);
  expect(watch.report([10, 12])).toEqual({ main: 0, recorder: 5, workers: workerNice, isRaised: true });
  expect(lines).toEqual(['info']);
});

test('B20 where they cannot be raised it is said once, with what to do', () => {
  const { lines, watch } = machine({ [mainPid]: 0, [recorderPid]: 5, 10: 0 }, false);
  watch.lookAfter([]);
  expect(lines).toEqual([]);
  for (let times = 0; times < 3; times += 1) watch.lookAfter([10]);
  expect(lines).toEqual([expect.stringContaining('LimitNICE=-10')]);
});

it.each([
  ['raised by the unit with all else', { main: -5, recorder: 5, worker: -5 }, true],
  ['behind the main process', { main: -10, recorder: 5, worker: -5 }, false],
  ['at the recorder’s', { main: 0, recorder: -5, worker: -5 }, false],
  ['at the usual', { main: 0, recorder: 5, worker: 0 }, false],
])('B20 judges workers %s', (_, { main, recorder, worker }, isRaised) => {
  const { watch } = machine({ [mainPid]: main, [recorderPid]: recorder, 10: worker }, false);
  expect(watch.report([10]).isRaised).toBe(isRaised);
});

test('B20 a worker that has just died is left out', () => {
  const { watch } = machine({ [mainPid]: 0 }, true);
  expect(watch.report([99])).toEqual({ main: 0, recorder: null, workers: null, isRaised: false });
});
