// Fetches the worker that mediasoup's authors publish for each release. Their own install script is not used: when the
// download fails it goes on to build with pip and further downloads.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { runQuietly } from '../run.mjs';
import { binaryIn, mediasoupDir } from './cache.mjs';

/** Until the answer begins; a server that answers may take longer to send the file. */
const ANSWER_WITHIN_MS = 15_000;
const WHOLE_WITHIN_MS = 120_000;

/**
 * @param {{ version: string, repositoryUrl: string, os: string, arch: string, kernel: string, base?: string | undefined }} parts
 */
export function prebuiltUrl({ version, repositoryUrl, os, arch: cpu, kernel, base }) {
  const releases = base ?? `${repositoryUrl.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const kernelSuffix = os === 'linux' ? `-kernel${kernel.split('.')[0]}` : '';
  return `${releases}/${version}/mediasoup-worker-${version}-${os}-${cpu}${kernelSuffix}.tgz`;
}

/**
 * Puts the published binary into `folder`.
 * @param {string} folder
 * @returns {Promise<string | undefined>} why that did not work; undefined when it did
 */
export async function downloadWorker(folder) {
  const described = JSON.parse(readFileSync(join(mediasoupDir, 'package.json'), 'utf8'));
  const url = prebuiltUrl({
    version: described.version,
    repositoryUrl: described.repository.url,
    os: platform(),
    arch: arch(),
    kernel: release(),
    base: process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL,
  });
  const archive = join(folder, 'prebuilt.tgz');
  try {
    writeFileSync(archive, await fetchWhole(url));
  } catch (error) {
    return reasonOf(error);
  }
  const unpacked = await runQuietly('tar', ['-xzf', archive, '-C', folder]);
  if (unpacked.code !== 0) return `the download could not be unpacked: ${unpacked.output.trim()}`;
  if (!existsSync(binaryIn(folder))) return 'the download holds no worker';
  chmodSync(binaryIn(folder), 0o755);
  return undefined;
}

/** @param {string} url */
async function fetchWhole(url) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Error('the download is too slow')), WHOLE_WITHIN_MS);
    return Buffer.from(await answer.arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** fetch hides the network's own words in `cause`. @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
