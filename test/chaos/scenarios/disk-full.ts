// The disk of the data folder is full to the last byte for a while: classes go on from the room that was reserved.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const blocks = [1_048_576, 65_536, 4096, 512] as const;

export const diskFull = (forMs: number): Scenario => ({
  name: 'disk-full',
  says: `the disk of the data folder is full for ${forMs / 1000} s`,
  databases: ['sqlite'],
  touches: 'the-struck',
  silenceMs: 5000,
  skip: () => (process.getuid?.() === 0 ? null : 'only root may mount a small disk'),
  world: {
    prepare(dataDir) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=0700', 'tmpfs', dataDir]);
      return () => execFileSync('umount', ['-l', dataDir]);
    },
  },
  async strike({ dataDir }, classes) {
    const stuffing = join(dataDir, 'stuffing');
    const until = performance.now() + forMs;
    // Again and again: what the server frees meanwhile is taken as well.
    while (performance.now() < until) {
      fill(stuffing);
      await wait(250);
    }
    rmSync(stuffing);
    return { hit: classes };
  },
});

function fill(path: string): void {
  const file = openSync(path, 'a');
  for (const size of blocks) {
    try {
      for (;;) if (writeSync(file, Buffer.alloc(size)) < size) break;
    } catch {
      // Nothing of this size goes in any more.
    }
  }
  closeSync(file);
}
