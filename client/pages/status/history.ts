// The last hour as the server keeps it: sums of a figure, and lines to draw. Pure.
import type { LoadFigure, LoadHistory } from '../../../server/contract/monitoring.ts';

/** A line of a few seconds would say nothing. */
export const shortestMs = 300_000;
/** From so many steps without figures on the line is broken: the server slept. */
const gapSteps = 3;

export type Values = readonly (number | null)[];

export const noHistory: LoadHistory = { stepMs: 15_000, at: [], series: {} };

export function valuesOf({ series }: LoadHistory, figure: LoadFigure): Values {
  return series[figure] ?? [];
}

export type Summary = { readonly least: number; readonly most: number; readonly mean: number };

export function summaryOf(values: Values): Summary | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { least: Math.min(...known), most: Math.max(...known), mean: known.reduce((sum, value) => sum + value, 0) / known.length };
}

/** From when to when it is drawn; null of nothing. */
export function spanOf({ at }: Pick<LoadHistory, 'at'>): { readonly from: number; readonly to: number } | null {
  const [first, last] = [at[0], at.at(-1)];
  return first === undefined || last === undefined ? null : { from: Math.min(first, last - shortestMs), to: last };
}

/** With an empty moment in each gap, so that no line is drawn over it. */
export function broken(
  { at, stepMs }: Pick<LoadHistory, 'at' | 'stepMs'>,
  series: readonly Values[],
): { at: number[]; series: (number | null)[][] } {
  const moments: number[] = [];
  const lines: (number | null)[][] = series.map(() => []);
  for (const [index, moment] of at.entries()) {
    const before = at[index - 1];
    if (before !== undefined && moment - before > gapSteps * stepMs) {
      moments.push(before + stepMs);
      for (const line of lines) line.push(null);
    }
    moments.push(moment);
    for (const [place, line] of lines.entries()) line.push(series[place]?.[index] ?? null);
  }
  return { at: moments, series: lines };
}

export type Point = { readonly x: number; readonly y: number };

/** Lines in a box of 1 × 1, the latest at the right; where nothing was measured the line is broken. */
export function linesOf(history: LoadHistory, figure: LoadFigure): Point[][] {
  const span = spanOf(history);
  const values = valuesOf(history, figure);
  const summary = summaryOf(values);
  if (!span || !summary) return [];
  const top = summary.most || 1;
  const { at, series } = broken(history, [values]);
  const lines: Point[][] = [];
  let line: Point[] | undefined;
  for (const [index, moment] of at.entries()) {
    const value = series[0]?.[index] ?? null;
    if (value === null) {
      line = undefined;
      continue;
    }
    if (!line) {
      line = [];
      lines.push(line);
    }
    line.push({ x: 1 - (span.to - moment) / (span.to - span.from), y: 1 - Math.max(0, value) / top });
  }
  return lines;
}
