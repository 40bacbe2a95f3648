// Fetches the source of libsrtp2 from the distribution's own archive, to build it with OpenSSL.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distribution } from '../debian.mjs';
import { lastLines, runQuietly } from '../run.mjs';

const TIME_OUT_MS = 120_000;

/** @param {string} suite @param {string} codename */
function isOfDistribution(suite, codename) {
  return suite === codename || suite.startsWith(`${codename}-`);
}

/**
 * The source counterparts of the distribution's own entries among apt's sources; entries of others are left out.
 * @param {string} text a file in apt's one-line or deb822 form
 * @param {string} codename like bookworm
 */
export function sourceEntries(text, codename) {
  if (!/^Types:/m.test(text)) {
    return text
      .split('\n')
      .filter((line) => /^deb\s/.test(line))
      .filter((line) => isOfDistribution(line.replace(/\[[^\]]*\]/, '').split(/\s+/)[2] ?? '', codename))
      .map((line) => line.replace(/^deb\s/, 'deb-src '))
      .join('\n');
  }
  return text
    .split(/\n\s*\n/)
    .filter((stanza) => /^Types:.*\bdeb\b/m.test(stanza))
    .filter((stanza) => (/^Suites:\s*(.*)$/m.exec(stanza)?.[1] ?? '').split(/\s+/).some((suite) => isOfDistribution(suite, codename)))
    .map((stanza) => stanza.replace(/^Types:.*$/m, 'Types: deb-src'))
    .join('\n\n');
}

/**
 * Works without root and leaves the system's apt as it is: lists and sources are kept in `folder`.
 * @param {string} folder
 * @returns {Promise<{ source: string } | { fault: string }>}
 */
export async function fetchSrtpSource(folder) {
  const parts = join(folder, 'sources');
  const lists = join(folder, 'lists');
  mkdirSync(parts, { recursive: true });
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const { codename } = distribution();
  for (const [index, file] of aptSources().entries()) {
    const entries = sourceEntries(readFileSync(file, 'utf8'), codename);
    const ending = file.endsWith('.sources') ? 'sources' : 'list';
    if (entries) writeFileSync(join(parts, `${index}.${ending}`), `${entries}\n`);
  }
  const options = [
    'Dir::Etc::SourceList=/dev/null',
    `Dir::Etc::SourceParts=${parts}`,
    `Dir::State::Lists=${lists}`,
    // apt's own user may not enter our folder.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  for (const args of [['update'], ['source', 'libsrtp2']]) {
    const { code, output } = await runQuietly('apt-get', [...options, ...args], { cwd: folder, timeoutMs: TIME_OUT_MS });
    if (code !== 0) return { fault: lastLines(output, 3) };
  }
  const name = readdirSync(folder).find((entry) => entry.startsWith('libsrtp2-') && existsSync(join(folder, entry, 'CMakeLists.txt')));
  return name ? { source: join(folder, name) } : { fault: 'the source package has another form than expected' };
}

function aptSources() {
  const folder = '/etc/apt/sources.list.d';
  const parts = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return ['/etc/apt/sources.list', ...parts].filter((file) => /\.(list|sources)$/.test(file) && existsSync(file));
}
