// The tables of the measurement, for reading, and its rows in the table of all measurements.
import { atMost, type Row, told } from '../table/row.ts';
import type { CutResult } from './cuts.ts';
import type { LineResult } from './measure.ts';

export interface Report {
  readonly startedAt: string;
  readonly lines: LineResult[];
  readonly cuts: CutResult[];
}

export function lineTable(lines: readonly LineResult[]): string {
  const head = [
    'line',
    'made up %',
    'silent %',
    'lost %',
    'buffer ms',
    'voice kbit/s',
    'of them %',
    'camera',
    'screen',
    'down kbit/s',
    'step',
  ];
  const rows = lines.map(({ name, heard, heardOfThem, pictures, downKbps, step }) => {
    const picture = (source: string) => {
      const found = pictures.find(({ what, fps }) => what === source && fps > 0);
      return found ? `${found.fps} fps ${found.height}p, frozen ${found.frozenPercent} %` : '–';
    };
    return [
      name,
      ...[heard?.concealedPercent, heard?.silentPercent, heard?.lostPercent, heard?.bufferMs, heard?.kbps, heardOfThem?.concealedPercent],
      ...[picture('camera'), picture('screen'), downKbps, step ?? '–'],
    ].map((cell) => String(cell ?? '–'));
  });
  return table([head, ...rows]);
}

export function cutTable(cuts: readonly CutResult[]): string {
  const head = [
    'cut',
    'times',
    'hears again ms: median',
    'worst',
    'is heard again ms: median',
    'worst',
    'missing ms: worst',
    'new connections',
  ];
  const rows = cuts.map(({ name, hearsAgainMs, heardAgainMs, missingMs, newConnections }) =>
    [
      ...[name, hearsAgainMs.length, ...middleAndWorst(hearsAgainMs), ...middleAndWorst(heardAgainMs)],
      ...[Math.max(...missingMs), newConnections],
    ].map(String),
  );
  return table([head, ...rows]);
}

/** Of made-up sound; up to here speech is understood without effort. */
const mostMadeUpPercent = 5;
const backWithinMs = 2_000;

export function rowsOf({ lines, cuts }: Report): readonly Row[] {
  return [
    ...lines.flatMap(({ name, heard }): Row[] => {
      if (heard === null) return [];
      const { concealedPercent } = heard;
      const isJudged = /^(good|loss)/.test(name);
      return [
        isJudged
          ? atMost(`line ${name}: sound made up`, concealedPercent, '%', mostMadeUpPercent)
          : told(`line ${name}: sound made up`, concealedPercent, '%'),
      ];
    }),
    ...cuts.map(({ name, forMs, hearsAgainMs }): Row => {
      const worst = Math.max(...hearsAgainMs.map((ms) => ms ?? Number.MAX_SAFE_INTEGER));
      const note = `worst of ${hearsAgainMs.length}`;
      return forMs === 5_000
        ? atMost(`${name}: sound again after the mending`, worst, 'ms', backWithinMs, { note })
        : told(`${name}: sound again after the mending`, worst, 'ms', { note });
    }),
  ];
}

function middleAndWorst(values: readonly (number | null)[]): readonly [string, string] {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  const say = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? 'never' : String(value));
  return [say(sorted[Math.floor((sorted.length - 1) / 2)]), say(sorted.at(-1))];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
