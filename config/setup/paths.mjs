// Where things lie: the repository, the cache outside it, and the Node that runs the product.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Half-made things live here until they are renamed into place; on the repository's own disk, or the rename would be a copy. */
export const stagingDir = join(root, '.setup');

/**
 * Outside the repository, so that a fresh clone does not build the media worker again.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheDir(env = process.env) {
  if (env.AUDITORIA_CACHE_DIR) return env.AUDITORIA_CACHE_DIR;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'auditoria');
}

/** @param {string} version like 20.19.0 @param {readonly [number, number]} least */
export function isAtLeast(version, least) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > least[0] || (major === least[0] && minor >= least[1]);
}

/**
 * The Node that runs the product: the one among the node modules, else this one where it is new enough to load the database driver.
 * @returns {string | undefined}
 */
export function productNode() {
  const own = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  return isAtLeast(process.versions.node, [22, 22]) ? process.execPath : undefined;
}
