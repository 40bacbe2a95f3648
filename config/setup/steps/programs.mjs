// Programs that come from the distribution: ffmpeg for recordings, Chromium and PostgreSQL for the tests.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { distribution, ensurePackages } from '../debian.mjs';
import { findProgram } from '../run.mjs';
import { SetupFailed } from '../say.mjs';

/** @typedef {import('../setup.mjs').Step} Step */

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @type {Step} */
export const ffmpeg = {
  name: 'ffmpeg',
  usually: '1 minute',
  remaining: () => (findProgram(['ffmpeg'], isProgram) ? undefined : 'install'),
  act: () => ensurePackages(['ffmpeg'], { what: 'Making files of recordings', usually: '1 minute' }),
};

const BROWSERS = ['chromium', 'google-chrome-stable', 'google-chrome'];

/** @param {NodeJS.ProcessEnv} env */
function findBrowser(env) {
  if (env.AUDITORIA_CHROMIUM) return isProgram(env.AUDITORIA_CHROMIUM) ? env.AUDITORIA_CHROMIUM : undefined;
  return findProgram(BROWSERS, isProgram);
}

/** @type {Step} */
export const chromium = {
  name: 'Chromium',
  usually: '1 minute',
  remaining: (env) => (findBrowser(env) ? undefined : 'install'),
  async act(env) {
    if (env.AUDITORIA_CHROMIUM) {
      throw new SetupFailed(
        `The browser given in AUDITORIA_CHROMIUM cannot be run: ${env.AUDITORIA_CHROMIUM}`,
        'There is no such program',
        "Name a Chromium's whole path, or unset AUDITORIA_CHROMIUM to have one installed.",
      );
    }
    if (distribution().id === 'ubuntu') {
      throw new SetupFailed(
        'The browser tests need Chromium',
        "Ubuntu's package of it is a snap, which cannot be installed everywhere",
        'Run: sudo snap install chromium  (or name any Chromium in AUDITORIA_CHROMIUM)',
      );
    }
    // Fonts are only recommended, and without them pages are empty boxes.
    const packages = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];
    await ensurePackages(packages, { what: 'The browser tests', usually: '1 minute' });
  },
  provide(env) {
    env.AUDITORIA_CHROMIUM = findBrowser(env) ?? '';
  },
};

/** Debian keeps the server's programs off the path, by version. */
function hasPostgres() {
  const versions = '/usr/lib/postgresql';
  return existsSync(versions) && readdirSync(versions).some((version) => isProgram(join(versions, version, 'bin', 'initdb')));
}

/** @type {Step} */
export const postgres = {
  name: 'PostgreSQL',
  usually: '1 minute',
  remaining: () => (hasPostgres() ? undefined : 'install'),
  act: () => ensurePackages(['postgresql'], { what: 'Testing the store on PostgreSQL', usually: '1 minute' }),
};
