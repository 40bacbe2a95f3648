// The server that runs on a data folder, if one does: found by the lock that it holds, and known by what it wrote down.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderLock } from '../instance/folder-lock.ts';
import { type Instance, readInstance } from '../instance/instance.ts';

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

/** The processes of its media workers, among those that it started. */
export function workerPids({ pid }: Instance): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  // The system keeps fifteen letters of a name.
  return children.filter((child) => 'mediasoup-worker'.startsWith(textOf(`/proc/${child}/comm`).trim() || '?'));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
