// The client's build: made again when its sources, the contract, the lock file or Vite's configuration have changed.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fingerprint } from '../hash.mjs';
import { productNode, root, stagingDir } from '../paths.mjs';
import { runQuietly } from '../run.mjs';
import { SetupFailed } from '../say.mjs';

const config = join(root, 'config', 'tools', 'vite.config.ts');
const sources = [join(root, 'client'), join(root, 'server', 'contract'), join(root, 'package-lock.json'), config];
const built = join(root, 'dist', 'client');
/** Beside the build, not in it: all in it is served. */
const stamp = join(root, 'dist', 'client.hash');

/** @type {import('../setup.mjs').Step} */
export const clientBuild = {
  name: 'Client',
  usually: '15 seconds',
  remaining() {
    const isCurrent =
      existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root, sources);
    return isCurrent ? undefined : 'vite build';
  },
  async act() {
    // Taken before the build: what changes meanwhile is built next time.
    const hash = fingerprint(root, sources);
    const staged = join(stagingDir, 'client');
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const { code, output } = await runQuietly(
      productNode() ?? process.execPath,
      [vite, 'build', '--config', config, '--outDir', staged, '--emptyOutDir'],
      { cwd: root, env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' } },
    );
    if (code !== 0) {
      rmSync(staged, { recursive: true, force: true });
      throw new SetupFailed('vite build', whyOf(output), 'Mend the file that is named above, then start again.');
    }
    const old = join(stagingDir, 'client.old');
    rmSync(old, { recursive: true, force: true });
    rmSync(stamp, { force: true });
    mkdirSync(join(root, 'dist'), { recursive: true });
    if (existsSync(built)) renameSync(built, old);
    renameSync(staged, built);
    writeFileSync(stamp, hash);
    rmSync(stagingDir, { recursive: true, force: true });
  },
};

/** Vite's own words, from where they begin, without the stack of its inside. @param {string} output */
export function whyOf(output) {
  const at = Math.max(0, output.indexOf('error during build'));
  const told = stripVTControlCharacters(output.slice(at)).split('\n').slice(0, 16);
  return told
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim();
}
