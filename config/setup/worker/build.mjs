// Builds the media worker from the source inside mediasoup's npm package against the distribution's libraries.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from '../debian.mjs';
import { cacheDir } from '../paths.mjs';
import { lastLines, runQuietly } from '../run.mjs';
import { SetupFailed, say, sayProgress } from '../say.mjs';
import { binaryIn, mediasoupDir, recipeDir } from './cache.mjs';
import { fetchSrtpSource } from './srtp-source.mjs';

const PACKAGES = ['g++', 'cmake', 'ninja-build', 'pkg-config', 'dpkg-dev', 'libc6-dev'].concat([
  'libssl-dev',
  'libuv1-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
]);

/**
 * @param {string} folder where to build, on the cache's own disk
 * @returns {Promise<{ binary: string, srtp: 'openssl' | 'packaged' }>}
 */
export async function buildWorker(folder) {
  await ensurePackages(PACKAGES, { what: 'Building the media worker', usually: '1 minute' });
  const srtp = await fetchSrtpSource(folder);
  const srtpSource = 'source' in srtp ? srtp.source : undefined;
  if ('fault' in srtp) {
    say(`  the source of libsrtp2 could not be had (${srtp.fault}); the packaged library serves, about an eighth slower`);
  }
  say('  building from source (usually about 5 minutes on 2 cores)');
  const configured = ['-G', 'Ninja', '-S', recipeDir, '-B', folder, `-DWORKER_SOURCE=${join(mediasoupDir, 'worker')}`];
  if (srtpSource) configured.push(`-DSRTP_SOURCE=${srtpSource}`);
  await orFail('cmake', configured);
  await orFail('ninja', ['-C', folder, 'mediasoup-worker'], showCount());
  if (!existsSync(binaryIn(folder))) {
    throw new SetupFailed(
      'Building the media worker',
      'ninja ended well but left no binary',
      'Report this with your distribution and version.',
    );
  }
  await runQuietly('strip', [binaryIn(folder)]);
  return { binary: binaryIn(folder), srtp: srtpSource ? 'openssl' : 'packaged' };
}

/** @param {string} command @param {readonly string[]} args @param {(line: string) => void} [onLine] */
async function orFail(command, args, onLine) {
  const { code, output } = await runQuietly(command, args, onLine ? { onLine } : {});
  if (code === 0) return;
  const log = join(cacheDir(), 'worker-build.log');
  writeFileSync(log, output);
  throw new SetupFailed(
    `Building the media worker (${command} ended with code ${code})`,
    lastLines(firstError(output), 6),
    `The whole output is in ${log}. A worker made elsewhere can be given in MEDIASOUP_WORKER_BIN.`,
  );
}

/** The compilers' first complaint says more than the end of the log. @param {string} output */
export function firstError(output) {
  const lines = output.split('\n');
  const at = lines.findIndex((line) => /\berror\b:|CMake Error|ninja: error|Killed/.test(line));
  return at === -1 ? output : lines.slice(at, at + 6).join('\n');
}

/** Ninja's own count, in place at a terminal and in quarters elsewhere. */
function showCount() {
  let quarter = 0;
  return (/** @type {string} */ line) => {
    const count = readCount(line);
    if (!count) return;
    sayProgress(`  building the media worker [${count.done}/${count.all}]`);
    const reached = Math.floor((4 * count.done) / count.all);
    if (reached > quarter && !process.stdout.isTTY) say(`  built ${count.done} of ${count.all} files`);
    quarter = Math.max(quarter, reached);
  };
}

/** @param {string} line */
export function readCount(line) {
  const found = /^\[(\d+)\/(\d+)\]/.exec(line);
  return found ? { done: Number(found[1]), all: Number(found[2]) } : undefined;
}
