// What a measurement leaves behind as JSON, so that the table of all can be made from runs at different hours.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Row } from './row.ts';

export const Results = z.object({ bench: z.string(), at: z.iso.datetime(), rows: z.array(Row) });
export type Results = z.infer<typeof Results>;

export const resultsFolder = join(import.meta.dirname, '..', '..', '..', 'data', 'temp', 'bench');

export const resultsFile = (bench: string): string => join(resultsFolder, `${bench}.json`);

export async function writeResults(file: string, bench: string, rows: readonly Row[]): Promise<void> {
  const results: Results = { bench, at: new Date().toISOString(), rows: [...rows] };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** The whole table. */
export async function writeAll(file: string, all: readonly Results[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
}

/** Throws when the file holds anything else. */
export async function readResults(file: string): Promise<Results> {
  return Results.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** All that lie in a folder, by name. */
export async function resultsIn(folder: string): Promise<Results[]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== 'all.json' && !name.endsWith('-quick.json'));
  return Promise.all(files.toSorted().map((name) => readResults(join(folder, name))));
}
