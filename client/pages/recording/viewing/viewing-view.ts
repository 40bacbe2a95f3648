// What the page of who watched shows: moments on the viewers' clock, whom, in which order, and the same as a file. Pure.
import type { Viewer, Viewing } from '../../../../server/contract/viewing.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';

export const shown = ['all', 'watched', 'not-watched', 'others'] as const;
export type Shown = (typeof shown)[number];

/** A stretch of watching time. */
export interface HeatColumn {
  readonly fromMs: number;
  readonly toMs: number;
  /** Class time of its beginning, to go to. */
  readonly classMs: number;
  /** The most that any ten seconds of it were. */
  readonly plays: number;
  readonly people: number;
}

/** At most so many columns, each a whole number of the heat's steps long. */
export function heatColumns({ everyMs, plays, people }: Viewing['heat'], { lengthMs, toWatching, toClass }: WatchingTime, most: number) {
  const stepMs = Math.max(1, Math.ceil(lengthMs / everyMs / most)) * everyMs;
  const count = Math.ceil(lengthMs / stepMs);
  const columns = Array.from({ length: count }, (_, index) => {
    const fromMs = index * stepMs;
    return { fromMs, toMs: Math.min(lengthMs, fromMs + stepMs), classMs: toClass(fromMs), plays: 0, people: 0 };
  });
  for (const [bucket, played] of plays.entries()) {
    const column = columns[Math.floor(toWatching((bucket + 0.5) * everyMs) / stepMs)];
    if (column === undefined) continue;
    column.plays = Math.max(column.plays, played);
    column.people = Math.max(column.people, people[bucket] ?? 0);
  }
  return columns satisfies HeatColumn[];
}

/** What was played more often than once by each who saw it, the most first. */
export function rewatched(columns: readonly HeatColumn[], most: number): HeatColumn[] {
  const again = ({ plays, people }: HeatColumn) => plays / Math.max(1, people);
  return columns
    .filter((column) => column.plays > column.people)
    .toSorted((a, b) => b.plays - a.plays || again(b) - again(a) || a.fromMs - b.fromMs)
    .slice(0, most);
}

export function isShown(viewer: Viewer, which: Shown): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'watched':
      return viewer.expected && viewer.seenMs > 0;
    case 'not-watched':
      return viewer.expected && viewer.seenMs === 0;
    case 'others':
      return !viewer.expected;
  }
}

/** Of those who are expected; null without any. */
export function summaryOf({ viewers }: Viewing): { readonly watched: number; readonly expected: number; readonly share: number } | null {
  const expected = viewers.filter((viewer) => viewer.expected);
  if (expected.length === 0) return null;
  const watched = expected.filter(({ seenMs }) => seenMs > 0).length;
  return { watched, expected: expected.length, share: expected.reduce((sum, { share }) => sum + share, 0) / expected.length };
}

/** On the viewers' clock. */
export function seenParts({ parts }: Pick<Viewer, 'parts'>, { toWatching }: WatchingTime): { fromMs: number; toMs: number }[] {
  return parts.map(([from, to]) => ({ fromMs: toWatching(from), toMs: toWatching(to) })).filter(({ fromMs, toMs }) => toMs > fromMs);
}

/** RFC 4180. A spreadsheet would take what begins like a formula for one. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
