// The server that runs on a data folder, if one does: found by the lock that it holds, asked by the address that it wrote down.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FolderLock } from '../instance/folder-lock.ts';
import { type Instance, readInstance } from '../instance/instance.ts';
import { ask } from './ask.ts';

export interface RunningServer {
  /** Null: it does not listen yet. */
  readonly instance: Instance | null;
}

export function findServer(dataDir: string): RunningServer | null {
  // Where none has ever run, none is made a file for.
  if (!existsSync(join(dataDir, 'server.lock'))) return null;
  const lock = tryLock(dataDir);
  if (lock === null) return { instance: readInstance(dataDir) ?? null };
  lock.close();
  return null;
}

/** A folder that cannot be written is no folder that a server runs on. */
function tryLock(dataDir: string): Pick<FolderLock, 'close'> | null {
  try {
    return FolderLock.tryTake(dataDir);
  } catch {
    return { close: () => undefined };
  }
}

/** The processes of its media workers, from its own metrics. Empty when it does not tell. */
export async function workerPids({ instance }: RunningServer): Promise<readonly number[]> {
  if (instance === null) return [];
  const { body } = await ask(`${instance.url}/metrics`, { trusting: true }).catch(() => ({ body: '' }));
  const found = body.matchAll(/^auditoria_worker_cpu_seconds_total\{[^}]*pid="(\d+)"/gm);
  return [...found].map(([, pid]) => Number(pid));
}
