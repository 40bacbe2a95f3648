// Node modules: installed as the lock file says, whenever the lock file has changed.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../hash.mjs';
import { root, stagingDir } from '../paths.mjs';
import { npmCommand, runInForeground } from '../run.mjs';
import { SetupFailed } from '../say.mjs';

const INPUTS = ['package.json', 'package-lock.json', '.npmrc'];
const modules = join(root, 'node_modules');
const stamp = join(modules, '.auditoria-lock');

function wanted() {
  return `${fingerprint(root, [join(root, 'package-lock.json')])} ${process.arch}\n`;
}

/** @type {import('../setup.mjs').Step} */
export const nodeModules = {
  name: 'Node modules',
  usually: '1 minute',
  remaining: () => (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted() ? undefined : 'npm ci'),
  async act() {
    // npm ci begins by deleting; beside the old modules instead, so that a failure leaves those usable.
    const staged = join(stagingDir, 'modules');
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { recursive: true });
    for (const name of INPUTS) copyFileSync(join(root, name), join(staged, name));
    const [npm, args] = npmCommand();
    const code = await runInForeground(npm, [...args, 'ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd: staged,
      env: installEnvironment(process.env),
    });
    // Ended by Ctrl-C: nothing to explain.
    if (code > 128) process.exit(code);
    if (code !== 0) {
      throw new SetupFailed(
        `npm ci ended with code ${code}`,
        "npm's own words are above",
        'Most often the registry cannot be reached: check the network, and `npm config get registry`. Then start again.',
      );
    }
    const fresh = join(staged, 'node_modules');
    writeFileSync(join(fresh, '.auditoria-lock'), wanted());
    const old = join(stagingDir, 'modules.old');
    rmSync(old, { recursive: true, force: true });
    if (existsSync(modules)) renameSync(modules, old);
    renameSync(fresh, modules);
    rmSync(stagingDir, { recursive: true, force: true });
  },
};

/**
 * npm hands its own settings down as variables, of which `npm_config_prefix` and the like would point it at another place; and older npm
 * runs mediasoup's install script whatever package.json allows, which a given binary tells to stand aside.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function installEnvironment(env) {
  const { npm_config_local_prefix: _local, npm_config_prefix: _prefix, NODE_ENV: _mode, ...rest } = env;
  return { ...rest, MEDIASOUP_WORKER_BIN: env.MEDIASOUP_WORKER_BIN || 'comes-from-the-set-up' };
}
