// Every write that must be durable takes a third of a second: classes go on, slower, and nothing is lost.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** Stands before the C library's own. Only while the file that it was told of is there. */
const program = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>
static void slowly(void) {
  const char *flag = getenv("AUDITORIA_SLOW_DISK");
  if (flag && access(flag, F_OK) == 0) usleep(300000);
}
int fsync(int file) { slowly(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file); }
int fdatasync(int file) { slowly(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file); }
`;

const compiler = (): string | null => ['cc', 'gcc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null;
const folder = join(tmpdir(), `auditoria-slow-${process.pid}`);
const flag = join(folder, 'slow');
const library = join(folder, 'slow.so');

export const diskSlow = (forMs: number): Scenario => ({
  name: 'disk-slow',
  says: `each durable write takes 0.3 s longer for ${forMs / 1000} s`,
  databases: ['sqlite'],
  touches: 'the-struck',
  silenceMs: 5000,
  skip: () => (compiler() === null ? 'no C compiler to make a disk slow with' : null),
  world: {
    env: { LD_PRELOAD: library, AUDITORIA_SLOW_DISK: flag },
    prepare() {
      const source = join(mkdtempSync(join(tmpdir(), 'auditoria-slow-source-')), 'slow.c');
      writeFileSync(source, program);
      execFileSync('mkdir', ['-p', folder]);
      execFileSync(compiler() ?? 'cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
      rmSync(join(source, '..'), { recursive: true });
      return () => rmSync(folder, { recursive: true, force: true });
    },
  },
  async strike(_world, classes) {
    writeFileSync(flag, '');
    await wait(forMs);
    rmSync(flag);
    return { hit: classes };
  },
});
