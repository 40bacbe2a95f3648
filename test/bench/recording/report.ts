// What was measured as one table, with what was aimed at, and as JSON.
export interface Row {
  readonly what: string;
  readonly value: number;
  /** Digits after the point. */
  readonly digits?: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const isMet = ({ value, atMost, atLeast }: Row): boolean =>
  Number.isFinite(value) && (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);

export function missed(rows: readonly Row[]): Row[] {
  return rows.filter((row) => (row.atMost !== undefined || row.atLeast !== undefined) && !isMet(row));
}

export function tableOf(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows
    .map((row) => {
      const { what, value, digits = 0, atMost, atLeast } = row;
      const goal = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : '';
      const sign = goal === '' ? '' : isMet(row) ? 'met' : 'MISSED';
      return `${what.padEnd(width)}  ${value.toFixed(digits).padStart(9)}  ${goal.padEnd(14)} ${sign}`.trimEnd();
    })
    .join('\n');
}
