// How far one file was carried to the remote store: kept beside it, so that a restart goes on where it stopped.
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { temporaryIn, uploadName } from './layout.ts';
import { moveInto } from './local-file.ts';
import { absent } from './readings.ts';

const Carried = z.object({
  uploadId: z.string(),
  parts: z.array(z.object({ tag: z.string(), md5: z.string(), bytes: z.number().int().positive() })),
});
export type Carried = z.infer<typeof Carried>;

/** Undefined when it was not begun, or what is written of it cannot be read. */
export const readCarried = async (directory: string, name: string): Promise<Carried | undefined> => {
  const text = await readFile(join(directory, uploadName(name)), 'utf8').catch(absent);
  if (text === undefined) return undefined;
  try {
    return Carried.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const keepCarried = async (directory: string, name: string, carried: Carried): Promise<void> => {
  const temporary = temporaryIn(directory);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(carried));
    await file.sync();
  } finally {
    await file.close();
  }
  await moveInto(temporary, join(directory, uploadName(name)));
};

export const forgetCarried = (directory: string, name: string): Promise<void> => rm(join(directory, uploadName(name)), { force: true });

export const carriedBytes = (carried: Carried | undefined): number => carried?.parts.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
