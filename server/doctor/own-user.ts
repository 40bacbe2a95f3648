// Looks at everything as the user that the server runs as: what root may read and write says nothing, and what root writes the server cannot read.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Unknown to the system's list of users: nothing is changed. */
export function becomeOwnerOf(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0 || owner === undefined || owner.uid === 0) return;
  const name = spawnSync('id', ['-un', String(owner.uid)], { encoding: 'utf8' }).stdout?.trim();
  if (!name) return;
  process.initgroups?.(name, owner.gid);
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}
