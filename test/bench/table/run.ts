// The frame of every measurement: its options, its table on the screen, its results in a file, its exit code.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { resultsFile, writeResults } from './results.ts';
import type { Row } from './row.ts';
import { tableOf } from './table.ts';

export interface BenchOptions {
  /** Smaller and shorter: whether it works, not what it costs. */
  readonly quick: boolean;
  /** The value of an option of this measurement's own, or its default. */
  number(name: string, whole: number, quick?: number): number;
  text(name: string): string | undefined;
}

/** @param own names of the options that this measurement has beside `--quick` and `--json=FILE` */
export async function runBench(
  bench: string,
  own: readonly string[],
  measure: (options: BenchOptions) => Promise<readonly Row[]>,
): Promise<never> {
  const options: ParseArgsOptionsConfig = { quick: { type: 'boolean', default: false }, json: { type: 'string' } };
  for (const name of own) options[name] = { type: 'string' };
  const { values } = parseArgs({ options });
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const quick = values.quick === true;
  const number = (name: string, whole: number, forQuick = whole): number => Number(text(name) ?? (quick ? forQuick : whole));
  const rows = await measure({ quick, number, text });
  const file = text('json') ?? resultsFile(quick ? `${bench}-quick` : bench);
  await writeResults(file, bench, rows);
  console.log(tableOf([{ bench, at: new Date().toISOString(), rows: [...rows] }]));
  console.log(`Written to ${file}${quick ? '. A quick run shows that all works; its figures are not the product’s.' : ''}`);
  // Sockets of clients would keep the process alive.
  process.exit(rows.some(({ reached }) => reached === false) ? 1 : 0);
}
