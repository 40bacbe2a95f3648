// Packages of Debian and Ubuntu: which are missing, and installing them where we may.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { lastLines, runQuietly } from './run.mjs';
import { SetupFailed, say, sayProgress } from './say.mjs';

/** @typedef {{ id: string, version: string, codename: string, isDebianLike: boolean }} Distribution */

/**
 * @param {string} text the content of /etc/os-release
 * @returns {Distribution}
 */
export function readDistribution(text) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  for (const [, key = '', value = ''] of text.matchAll(/^([A-Z_]+)=(.*)$/gm)) fields.set(key, value.replace(/^["']|["']$/g, ''));
  const id = fields.get('ID') || 'linux';
  const codename = fields.get('VERSION_CODENAME') || '';
  return {
    id,
    // Debian's testing has no version number.
    version: fields.get('VERSION_ID') || codename || 'rolling',
    codename,
    isDebianLike: [id, ...(fields.get('ID_LIKE') ?? '').split(' ')].some((name) => name === 'debian' || name === 'ubuntu'),
  };
}

export function distribution() {
  return readDistribution(existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '');
}

/**
 * @param {readonly string[]} wanted
 * @param {string} listing lines of "name<TAB>status", as dpkg-query prints them
 */
export function missingFrom(wanted, listing) {
  const installed = new Set();
  for (const line of listing.split('\n')) {
    const [name, status] = line.split('\t');
    if (status === 'installed') installed.add(name);
  }
  return wanted.filter((name) => !installed.has(name));
}

/** @param {readonly string[]} packages @param {boolean} asRoot */
export function installCommand(packages, asRoot) {
  const sudo = asRoot ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Sees to it that these packages are installed, or stops with the command that installs them.
 * @param {readonly string[]} packages
 * @param {{ what: string, usually: string }} reason
 */
export async function ensurePackages(packages, { what, usually }) {
  const listing = await runQuietly('dpkg-query', ['-W', `-f=\${Package}\\t\${db:Status-Status}\\n`, ...packages]);
  if (listing.code === 127) {
    throw new SetupFailed(
      `${what} needs packages that this set-up can install only on Debian and Ubuntu`,
      'dpkg is not here',
      `Install your distribution's counterparts of: ${packages.join(' ')}. Then start again.`,
    );
  }
  const missing = missingFrom(packages, listing.output);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !distribution().isDebianLike) {
    throw new SetupFailed(
      `${what} needs packages that are not installed: ${missing.join(', ')}`,
      isRoot ? 'This is neither Debian nor Ubuntu, so nothing is installed without asking' : 'Only root may install packages',
      `Run: ${installCommand(missing, isRoot)}`,
    );
  }
  say(`  installing Debian packages with apt-get (usually ${usually}): ${missing.join(' ')}`);
  await install(missing, what);
}

/** @param {readonly string[]} packages @param {string} what */
async function install(packages, what) {
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  let updated = !hasPackageLists();
  if (updated) await apt(['update']);
  let result = await apt(args);
  if (result.code !== 0 && !updated) {
    // Lists that are some weeks old name versions that the archive has dropped.
    updated = true;
    await apt(['update']);
    result = await apt(args);
  }
  if (result.code === 0) return;
  throw new SetupFailed(
    `apt-get could not install what ${what} needs`,
    lastLines(result.output, 8),
    `Look at the network and at /etc/apt, then run: ${installCommand(packages, true)}`,
  );
}

/**
 * Puts a package's file into a folder and installs nothing, for which one need not be root.
 * @param {string} name
 * @param {string} folder
 * @param {string} what needs it
 */
export async function downloadPackage(name, folder, what) {
  // As root it would else download as a user of its own, who may not write where we do.
  const download = ['-o', 'APT::Sandbox::User=root', 'download', name];
  if (!hasPackageLists() && process.getuid?.() === 0) await apt(['update']);
  let result = await apt(download, folder);
  if (result.code !== 0 && process.getuid?.() === 0) {
    await apt(['update']);
    result = await apt(download, folder);
  }
  if (result.code === 0) return;
  throw new SetupFailed(
    `${what} needs Debian's package ${name}, which cannot be downloaded`,
    lastLines(result.output, 8),
    `Look at the network and at /etc/apt (apt-get update), or install your distribution's counterpart of ${name}. Then start again.`,
  );
}

function hasPackageLists() {
  const folder = '/var/lib/apt/lists';
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}

/** @param {readonly string[]} args @param {string} [cwd] */
function apt(args, cwd) {
  return runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onLine: (line) => sayProgress(`  apt-get: ${line}`),
  });
}
