// The media worker: given, from the cache, downloaded, or built here; each proven by a real handshake before it is used.
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { SetupFailed, say } from '../say.mjs';
import { buildWorker } from '../worker/build.mjs';
import { binaryIn, cachedWorker, isProven, keepWorker, openStaging, rememberProof } from '../worker/cache.mjs';
import { downloadWorker } from '../worker/download.mjs';
import { faultOf } from '../worker/proof.mjs';

/** @type {import('../setup.mjs').Step} */
export const mediaWorker = {
  name: 'Media worker',
  usually: 'seconds where it can be downloaded, 6 minutes where it is built',
  remaining(env) {
    const given = env.MEDIASOUP_WORKER_BIN;
    if (given) return existsSync(given) && isProven(given) ? undefined : `to prove ${given}`;
    return cachedWorker() ? undefined : 'download or build';
  },
  async act(env) {
    if (env.MEDIASOUP_WORKER_BIN) await proveGiven(resolve(env.MEDIASOUP_WORKER_BIN));
    else await make(env);
  },
  provide(env) {
    env.MEDIASOUP_WORKER_BIN = env.MEDIASOUP_WORKER_BIN ? resolve(env.MEDIASOUP_WORKER_BIN) : (cachedWorker() ?? '');
  },
};

/** @param {string} binary */
async function proveGiven(binary) {
  const fault = existsSync(binary) ? await faultOf(binary) : 'there is no such file';
  if (fault) {
    throw new SetupFailed(
      `The media worker given in MEDIASOUP_WORKER_BIN is no good: ${binary}`,
      fault,
      'Name a worker of the same version as the mediasoup package, or unset MEDIASOUP_WORKER_BIN to have one made.',
    );
  }
  rememberProof(binary);
}

/** @param {NodeJS.ProcessEnv} env */
async function make(env) {
  const staging = openStaging();
  try {
    if (await downloaded(staging, env)) return;
    const { binary, srtp } = await buildWorker(staging);
    say('  proving it with a DTLS handshake');
    const fault = await faultOf(binary);
    if (fault) {
      throw new SetupFailed(
        'The media worker was built, but does not work',
        fault,
        'Report this with your distribution and version. A worker made elsewhere can be given in MEDIASOUP_WORKER_BIN.',
      );
    }
    keepWorker(binary, { from: 'source', srtp });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string} staging @param {NodeJS.ProcessEnv} env */
async function downloaded(staging, env) {
  if (env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return false;
  say("  asking for mediasoup's own binary (15 s at most)");
  const fault = (await downloadWorker(staging)) ?? (await faultOf(binaryIn(staging)));
  if (fault) {
    say(`  not to be had: ${fault}`);
    rmSync(binaryIn(staging), { force: true });
    return false;
  }
  keepWorker(binaryIn(staging), { from: 'download' });
  return true;
}
