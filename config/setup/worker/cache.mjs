// The cache of proven media workers, outside the repository: one folder for each mediasoup version, build recipe and distribution.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { distribution } from '../debian.mjs';
import { fingerprint } from '../hash.mjs';
import { cacheDir, root } from '../paths.mjs';

export const recipeDir = join(root, 'server', 'adapters', 'mediasoup', 'worker');
export const mediasoupDir = join(root, 'node_modules', 'mediasoup');

/**
 * @param {{ mediasoup: string, recipe: string, distribution: string, version: string, arch: string }} parts
 */
export function cacheKey({ mediasoup, recipe, distribution: id, version, arch }) {
  return [mediasoup, `${id}${version}`, arch, recipe.slice(0, 12)].join('-').replace(/[^\w.-]/g, '_');
}

export function mediasoupVersion() {
  return String(JSON.parse(readFileSync(join(mediasoupDir, 'package.json'), 'utf8')).version);
}

function workersDir() {
  return join(cacheDir(), 'worker');
}

/** The folder of the worker that fits this machine and this version of the code. */
export function cachedFolder() {
  const { id, version } = distribution();
  const recipe = fingerprint(recipeDir, [recipeDir]);
  return join(workersDir(), cacheKey({ mediasoup: mediasoupVersion(), recipe, distribution: id, version, arch: process.arch }));
}

/** @param {string} folder */
export function binaryIn(folder) {
  return join(folder, 'mediasoup-worker');
}

/** @returns {string | undefined} */
export function cachedWorker() {
  const binary = binaryIn(cachedFolder());
  return existsSync(binary) ? binary : undefined;
}

/**
 * A fresh folder to make a worker in, on the cache's own disk; what killed set-ups left behind is cleared away.
 * @returns {string}
 */
export function openStaging() {
  mkdirSync(workersDir(), { recursive: true });
  for (const name of readdirSync(workersDir())) {
    const owner = /^\.making-(\d+)$/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) rmSync(join(workersDir(), name), { recursive: true, force: true });
  }
  const folder = join(workersDir(), `.making-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** @param {number} pid */
function isRunning(pid) {
  return existsSync(`/proc/${pid}`);
}

/**
 * Moves a proven binary to its place in one step.
 * @param {string} binary on the cache's own disk
 * @param {object} origin where it came from, kept beside it for whoever wonders
 * @returns {string} where it now is
 */
export function keepWorker(binary, origin) {
  const folder = cachedFolder();
  const staged = `${folder}.${process.pid}`;
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  renameSync(binary, binaryIn(staged));
  writeFileSync(join(staged, 'origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(staged, folder);
  return binaryIn(folder);
}

/** Proofs of binaries that lie elsewhere, by content: a given binary is proven once, not at every start. @param {string} binary */
function proofFile(binary) {
  const digest = createHash('sha256').update(readFileSync(binary)).digest('hex');
  return join(cacheDir(), 'proven', `${mediasoupVersion()}-${digest}`);
}

/** @param {string} binary */
export function isProven(binary) {
  return existsSync(proofFile(binary));
}

/** @param {string} binary */
export function rememberProof(binary) {
  const file = proofFile(binary);
  mkdirSync(join(cacheDir(), 'proven'), { recursive: true });
  writeFileSync(file, `${basename(binary)}\n`);
}
