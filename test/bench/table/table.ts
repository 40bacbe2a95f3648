// The rows of several measurements as one table for a terminal.
import type { Results } from './results.ts';
import type { Row } from './row.ts';

const columns = ['what', 'figure', 'goal', ''] as const;

export function tableOf(all: readonly Results[]): string {
  const lines = all.flatMap(({ rows }) => rows.map(cellsOf));
  const widths = columns.map((title, column) => Math.max(title.length, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const parts = all.map(({ bench, at, rows }) =>
    [`${bench} (${at})`, ...rows.flatMap((row) => [`  ${line(cellsOf(row))}`, ...(row.note ? [`      ${row.note}`] : [])])].join('\n'),
  );
  return [`  ${line(columns)}`, ...parts, summaryOf(all.flatMap(({ rows }) => rows))].join('\n');
}

const cellsOf = ({ name, figure, unit, goal, reached, ratioOf }: Row): readonly string[] => [
  ratioOf === undefined ? name : `${name} : ${ratioOf}`,
  unit === 'ratio' ? rounded(figure) : `${rounded(figure)} ${unit}`,
  goal ?? '',
  reached === null ? '' : reached ? 'reached' : 'NOT reached',
];

export function rounded(figure: number): string {
  if (Number.isInteger(figure)) return String(figure);
  return Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toFixed(Math.abs(figure) >= 10 ? 1 : 2);
}

function summaryOf(rows: readonly Row[]): string {
  const withGoal = rows.filter(({ reached }) => reached !== null);
  const reached = withGoal.filter((row) => row.reached === true);
  return `${reached.length} of ${withGoal.length} goals reached`;
}
