// Looks at everything as the user that the server runs as: what root may read and write says nothing, and what root writes the server cannot read.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Unknown to the system's list of users: nothing is changed. */
export function becomeOwnerOf(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0 || owner === undefined || owner.uid === 0) return;
  const groups = wordsOf('id', ['-G', wordsOf('id', ['-un', String(owner.uid)])]);
  if (groups === '') return;
  process.setgroups?.(groups.split(' ').map(Number));
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}

/** Empty where it fails. */
function wordsOf(program: string, args: readonly string[]): string {
  return (spawnSync(program, args, { encoding: 'utf8' }).stdout ?? '').trim();
}
