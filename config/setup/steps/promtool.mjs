// promtool, which tests the alert rules: the program alone out of Debian's package, whose service nobody here wants.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadPackage } from '../debian.mjs';
import { cacheDir } from '../paths.mjs';
import { findProgram, runQuietly } from '../run.mjs';
import { SetupFailed } from '../say.mjs';
import { isProgram } from './programs.mjs';

const what = 'Testing the alert rules';
const inPackage = './usr/bin/promtool';

/** @param {NodeJS.ProcessEnv} env */
const keptAt = (env) => join(cacheDir(env), 'promtool', 'promtool');

/** Given, installed, or taken out of the package before. @param {NodeJS.ProcessEnv} env */
export function findPromtool(env) {
  if (env.AUDITORIA_PROMTOOL) return isProgram(env.AUDITORIA_PROMTOOL) ? env.AUDITORIA_PROMTOOL : undefined;
  return findProgram(['promtool'], isProgram) ?? (isProgram(keptAt(env)) ? keptAt(env) : undefined);
}

/** @type {import('../setup.mjs').Step} */
export const promtool = {
  name: 'promtool',
  usually: '10 seconds',
  remaining: (env) => (findPromtool(env) ? undefined : 'download'),
  async act(env) {
    if (env.AUDITORIA_PROMTOOL) {
      throw new SetupFailed(
        `The program given in AUDITORIA_PROMTOOL cannot be run: ${env.AUDITORIA_PROMTOOL}`,
        'There is no such program',
        'Name the whole path of promtool, or unset AUDITORIA_PROMTOOL to have it fetched.',
      );
    }
    const folder = mkdtempSync(join(tmpdir(), 'auditoria-promtool-'));
    try {
      await downloadPackage('prometheus', folder, what);
      await takeOut(join(folder, readdirSync(folder).find((name) => name.endsWith('.deb')) ?? ''), folder);
      keep(join(folder, inPackage), keptAt(env));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  provide(env) {
    env.AUDITORIA_PROMTOOL = findPromtool(env) ?? '';
  },
};

/** @param {string} deb @param {string} folder */
async function takeOut(deb, folder) {
  const { code, output } = await runQuietly('sh', [
    '-c',
    'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" "$3"',
    'sh',
    deb,
    folder,
    inPackage,
  ]);
  if (code !== 0) throw new SetupFailed(`${what} needs promtool, which is not in Debian's package`, output, 'Install Prometheus by hand.');
}

/** Whole or not at all, also where the cache is on another disk. @param {string} from @param {string} to */
function keep(from, to) {
  const beside = `${to}.new`;
  mkdirSync(dirname(to), { recursive: true });
  rmSync(beside, { force: true });
  copyFileSync(from, beside);
  renameSync(beside, to);
}
