// The last hour of the figures, as far as this page has seen it.
import { type FigureId, figures, type Status } from './figures.ts';

export type Sample = { readonly at: number; readonly values: Readonly<Record<FigureId, number | null>> };

const hourMs = 3_600_000;
/** A line of a few seconds would say nothing. */
const shortestMs = 300_000;

export function withSample(history: readonly Sample[], status: Status): readonly Sample[] {
  const last = history.at(-1);
  if (last && last.at >= status.now) return history;
  // A filled record by construction: every figure gives its value.
  const values = Object.fromEntries(figures.map(({ id, of }) => [id, of(status)])) as Sample['values'];
  return [...history.filter(({ at }) => at > status.now - hourMs), { at: status.now, values }];
}

export type Summary = { readonly least: number; readonly most: number; readonly mean: number };

export function summaryOf(history: readonly Sample[], id: FigureId): Summary | null {
  const values = history.flatMap(({ values }) => values[id] ?? []);
  if (values.length === 0) return null;
  return { least: Math.min(...values), most: Math.max(...values), mean: values.reduce((sum, value) => sum + value, 0) / values.length };
}

export type Point = { readonly x: number; readonly y: number };

/** Lines in a box of 1 × 1, the latest at the right; where nothing was measured the line is broken. */
export function linesOf(history: readonly Sample[], id: FigureId): Point[][] {
  const last = history.at(-1);
  const summary = summaryOf(history, id);
  if (!last || !summary) return [];
  const top = summary.most || 1;
  const spanMs = Math.max(shortestMs, last.at - (history[0]?.at ?? last.at));
  const lines: Point[][] = [];
  let line: Point[] | undefined;
  for (const { at, values } of history) {
    const value = values[id];
    if (value === null) {
      line = undefined;
      continue;
    }
    if (!line) {
      line = [];
      lines.push(line);
    }
    line.push({ x: 1 - (last.at - at) / spanMs, y: 1 - Math.max(0, value) / top });
  }
  return lines;
}
