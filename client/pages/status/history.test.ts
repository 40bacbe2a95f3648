// How the last hour is summed up and drawn.
import { describe, expect, test } from 'vitest';
import type { LoadHistory } from '../../../server/contract/monitoring.ts';
import { chartsOf, rowsOf, topOf } from './chart/charts.ts';
import { broken, linesOf, noHistory, spanOf, summaryOf } from './history.ts';

const stepMs = 15_000;
const history = (series: LoadHistory['series'], at = [0, 150_000, 300_000]): LoadHistory => ({ stepMs, at, series });

describe('a line', () => {
  test('ends now, and is broken where nothing was measured', () => {
    const joins = history({ joinP50Ms: [200, null, 100], joinP95Ms: [null, null, null] }, [270_000, 285_000, 300_000]);
    expect(linesOf(joins, 'joinP50Ms')).toEqual([[{ x: 0.9, y: 0 }], [{ x: 1, y: 0.5 }]]);
    expect(linesOf(joins, 'joinP95Ms')).toEqual([]);
    expect(linesOf(noHistory, 'people')).toEqual([]);
  });

  test('is broken where the server slept', () => {
    expect(broken({ at: [0, 15_000, 90_000], stepMs }, [[1, 2, 3]])).toEqual({
      at: [0, 15_000, 30_000, 90_000],
      series: [[1, 2, null, 3]],
    });
  });

  test('of a short time is not spread over the whole picture', () => {
    expect(spanOf({ at: [590_000, 600_000] })).toEqual({ from: 300_000, to: 600_000 });
    expect(spanOf({ at: [] })).toBeNull();
  });
});

test('the summary of an hour leaves out what was not measured', () => {
  expect(summaryOf([2, null, 4])).toEqual({ least: 2, mean: 3, most: 4 });
  expect(summaryOf([null])).toBeNull();
});

describe('the pictures', () => {
  const none = [0, 0, 0];

  test('of a room leave out the processor, and of a worker it is its own', () => {
    const room = { people: none, producers: none, consumers: none, inBps: none, outBps: none, lossShare: none };
    expect(chartsOf({ series: room }).map(({ id }) => id)).toEqual(['people', 'streams', 'traffic', 'loss']);
    expect(chartsOf({ series: room })[0]?.title).toBe('status.people');
    const worker = chartsOf({ series: { ...room, workerCpuShare: none } }).find(({ id }) => id === 'cpu');
    expect(worker?.series).toEqual([{ figure: 'workerCpuShare', name: 'status.worker.cpu' }]);
    const server = chartsOf({ series: { ...room, workerCpuShare: none, processCpuShare: none, machineLoad: none } });
    expect(server.find(({ id }) => id === 'cpu')?.series.map(({ name }) => name)).toEqual([
      'status.workerCpu',
      'status.processCpu',
      'status.load',
    ]);
  });

  test('say beside them what is now, or at the moment that is pointed at', () => {
    const kept = history({ lossShare: [0.01, 0.05, 0.03] });
    const [chart] = chartsOf(kept);
    if (!chart) throw new Error('There is a chart');
    expect(rowsOf(chart, kept, null)).toMatchObject([{ shown: 0.03, summary: { least: 0.01, most: 0.05 } }]);
    expect(rowsOf(chart, kept, 1)).toMatchObject([{ shown: 0.05 }]);
  });

  test('do not make mountains of next to nothing', () => {
    expect(topOf({ leastTop: 0.05 }, 0.001)).toBe(0.05);
    expect(topOf({ leastTop: 0.05 }, 0.5)).toBeCloseTo(0.55, 9);
  });
});
