// Which figures of the last hour are drawn together, and what the table beside each picture says. Pure.
import type { LoadFigure, LoadHistory } from '../../../../server/contract/monitoring.ts';
import type { TextKey } from '../../../i18n/index.ts';
import type { Unit } from '../figures.ts';
import { type Summary, summaryOf, type Values, valuesOf } from '../history.ts';

export type Series = { readonly figure: LoadFigure; readonly name: TextKey };

export type Chart = {
  readonly id: 'people' | 'streams' | 'traffic' | 'cpu' | 'loss';
  readonly title: TextKey;
  readonly unit: Unit;
  /** The picture reaches at least so high: noise of nothing is not drawn as mountains. */
  readonly leastTop: number;
  readonly series: readonly Series[];
};

const all: readonly Chart[] = [
  {
    id: 'people',
    title: 'status.chart.people',
    unit: 'count',
    leastTop: 4,
    series: [
      { figure: 'people', name: 'status.people' },
      { figure: 'rooms', name: 'status.rooms' },
    ],
  },
  {
    id: 'streams',
    title: 'status.chart.streams',
    unit: 'count',
    leastTop: 4,
    series: [
      { figure: 'consumers', name: 'status.consumers' },
      { figure: 'producers', name: 'status.producers' },
    ],
  },
  {
    id: 'traffic',
    title: 'status.chart.traffic',
    unit: 'bitrate',
    leastTop: 1e6,
    series: [
      { figure: 'outBps', name: 'status.out' },
      { figure: 'inBps', name: 'status.in' },
    ],
  },
  {
    id: 'cpu',
    title: 'status.chart.cpu',
    unit: 'share',
    leastTop: 1,
    series: [
      { figure: 'workerCpuShare', name: 'status.workerCpu' },
      { figure: 'processCpuShare', name: 'status.processCpu' },
      { figure: 'machineLoad', name: 'status.load' },
    ],
  },
  { id: 'loss', title: 'status.chart.loss', unit: 'share', leastTop: 0.05, series: [{ figure: 'lossShare', name: 'status.loss' }] },
];

/** Those of which there is anything: a room has no processor of its own. `own`: it is one worker, not the busiest. */
export function chartsOf({ series }: Pick<LoadHistory, 'series'>): readonly Chart[] {
  const isOfServer = series.processCpuShare !== undefined;
  return all.flatMap((chart) => {
    const there = chart.series.filter(({ figure }) => series[figure] !== undefined);
    if (there.length === 0) return [];
    const named = there.map((one) =>
      one.figure === 'workerCpuShare' && !isOfServer ? { ...one, name: 'status.worker.cpu' as const } : one,
    );
    const [only, second] = named;
    const title = chart.id === 'people' && only !== undefined && second === undefined ? only.name : chart.title;
    return [{ ...chart, title, series: named }];
  });
}

export type Row = Series & { readonly place: number; readonly shown: number | null; readonly summary: Summary | null };

/** `index`: of the moment that is pointed at; null: the latest. */
export function rowsOf(chart: Chart, history: LoadHistory, index: number | null): readonly Row[] {
  return chart.series.map((one, place) => {
    const values: Values = valuesOf(history, one.figure);
    return { ...one, place, shown: values[index ?? values.length - 1] ?? null, summary: summaryOf(values) };
  });
}

/** How high the picture reaches. */
export function topOf({ leastTop }: Pick<Chart, 'leastTop'>, most: number): number {
  return Math.max(leastTop, most * 1.1);
}
