// Programs that come from the distribution: ffmpeg for recordings, Chromium, Firefox, PostgreSQL and coturn for the tests.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { distribution, ensurePackages } from '../debian.mjs';
import { findProgram, runQuietly } from '../run.mjs';
import { SetupFailed } from '../say.mjs';

/** @typedef {import('../setup.mjs').Step} Step */

/** @param {string} path */
export function isProgram(path) {
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

const FIREFOXES = ['firefox-esr', 'firefox'];

/** @param {string | undefined} given @param {readonly string[]} names */
function findBrowser(given, names) {
  if (given) return isProgram(given) ? given : undefined;
  return findProgram(names, isProgram);
}

/** Ubuntu's packages of browsers are snaps. @param {string} name @param {string} variable @param {string | undefined} given */
function refuseWhereNoneIsPackaged(name, variable, given) {
  if (given) {
    throw new SetupFailed(
      `The browser given in ${variable} cannot be run: ${given}`,
      'There is no such program',
      `Name the browser's whole path, or unset ${variable} to have one installed.`,
    );
  }
  if (distribution().id === 'ubuntu') {
    throw new SetupFailed(
      `The browser tests need ${name}`,
      "Ubuntu's package of it is a snap, which cannot be installed everywhere",
      `Run: sudo snap install ${name.toLowerCase()}  (or name any ${name} in ${variable})`,
    );
  }
}

/** @type {Step} */
export const chromium = {
  name: 'Chromium',
  usually: '1 minute',
  remaining: (env) => (findBrowser(env.AUDITORIA_CHROMIUM, BROWSERS) ? undefined : 'install'),
  async act(env) {
    refuseWhereNoneIsPackaged('Chromium', 'AUDITORIA_CHROMIUM', env.AUDITORIA_CHROMIUM);
    // Fonts are only recommended, and without them pages are empty boxes.
    const packages = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];
    await ensurePackages(packages, { what: 'The browser tests', usually: '1 minute' });
  },
  provide(env) {
    env.AUDITORIA_CHROMIUM = findBrowser(env.AUDITORIA_CHROMIUM, BROWSERS) ?? '';
  },
};

/** @type {Step} */
export const firefox = {
  name: 'Firefox',
  usually: '1 minute',
  remaining: (env) => (findBrowser(env.AUDITORIA_FIREFOX, FIREFOXES) && findProgram(['pulseaudio'], isProgram) ? undefined : 'install'),
  async act(env) {
    if (!findBrowser(env.AUDITORIA_FIREFOX, FIREFOXES)) refuseWhereNoneIsPackaged('Firefox', 'AUDITORIA_FIREFOX', env.AUDITORIA_FIREFOX);
    // Firefox plays sound only where something takes it.
    const packages = env.AUDITORIA_FIREFOX ? ['pulseaudio'] : ['firefox-esr', 'pulseaudio'];
    await ensurePackages(packages, { what: 'The browser tests', usually: '1 minute' });
  },
  provide(env) {
    env.AUDITORIA_FIREFOX = findBrowser(env.AUDITORIA_FIREFOX, FIREFOXES) ?? '';
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

/** @type {Step} */
export const coturn = {
  name: 'coturn',
  usually: '1 minute',
  remaining: () => (isProgram('/usr/bin/turnserver') ? undefined : 'install'),
  async act() {
    await ensurePackages(['coturn'], { what: 'Testing relays', usually: '1 minute' });
    // The package starts a relay for everybody; the tests start their own on loopback.
    await runQuietly('systemctl', ['disable', '--now', 'coturn']);
  },
};
