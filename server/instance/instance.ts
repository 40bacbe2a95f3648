// What a running server says of itself to those on its machine: a file in the data folder that only its user can read.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Instance = z.object({
  pid: z.number().int(),
  /** Another one at each start; `/healthz` tells it, so that one can see whether an address leads to this server. */
  id: z.string(),
  /** Where it listens. */
  url: z.string(),
  version: z.string(),
});
export type Instance = z.infer<typeof Instance>;

export const newInstanceId = (): string => randomBytes(9).toString('base64url');

const pathIn = (dataDir: string): string => join(dataDir, 'server.json');

export function writeInstance(dataDir: string, instance: Instance): void {
  const draft = `${pathIn(dataDir)}.${instance.id}`;
  writeFileSync(draft, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  renameSync(draft, pathIn(dataDir));
}

export function removeInstance(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

/** Undefined: there is none, or it cannot be read. One that was killed leaves its own behind: the lock of the folder says whether it lives. */
export function readInstance(dataDir: string): Instance | undefined {
  try {
    return Instance.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}
