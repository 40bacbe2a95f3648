// npm test: sets up what is missing, runs every test, and ends with "N passed, N failed".
// npm test -- unit scenario contract media e2e runs only those; further words go to the runner; --check runs the checks as well.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runChecks } from './checks.mjs';
import { root } from './paths.mjs';
import { addUp, closingLine, fromPlaywright, fromVitest, withExitCode } from './results.mjs';
import { runInForeground } from './run.mjs';
import { say } from './say.mjs';
import { setUp } from './setup.mjs';

const kinds = ['unit', 'scenario', 'contract', 'media', 'e2e'];
const words = process.argv.slice(2);
const withChecks = words.includes('--check');
const named = words.filter((word) => kinds.includes(word));
const passedOn = words.filter((word) => !kinds.includes(word) && word !== '--check');
const wanted = named.length > 0 ? named : kinds;

const { node, env } = await setUp(purposeOf(wanted));
// The product's Node first on the path, for tests that start programs of their own.
env.PATH = `${dirname(node)}:${env.PATH}`;
const reports = mkdtempSync(join(tmpdir(), 'auditoria-test-'));

/** Only what these tests need: a port's contract is kept by the real media worker too. @param {readonly string[]} kindsOfTest */
function purposeOf(kindsOfTest) {
  if (kindsOfTest.includes('e2e')) return 'test';
  return kindsOfTest.includes('media') || kindsOfTest.includes('contract') ? 'testMedia' : 'testQuick';
}

/**
 * @template Report
 * @param {string} name
 * @param {readonly string[]} args
 * @param {(report: Report) => import('./results.mjs').Result} read
 */
async function run(name, args, read) {
  const file = join(reports, `${name}.json`);
  const code = await runInForeground(node, [...args, ...passedOn], {
    cwd: root,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const report = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  return withExitCode(name, report, code);
}

/** @param {string} name @param {readonly string[]} projects @param {readonly string[]} [more] */
function runVitest(name, projects, more = []) {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['--config', join(root, 'config/tools/vitest.config.ts'), ...projects.map((project) => `--project=${project}`)],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, `${name}.json`)}`],
  ];
  return run(name, [...args, ...more], fromVitest);
}

function runPlaywright() {
  const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--config', join(root, 'config/tools/playwright.config.ts')];
  return run('playwright', [...args, '--reporter=list,json', '--pass-with-no-tests'], fromPlaywright);
}

const results = [];
if (withChecks) results.push(...(await runChecks(node)));
const quick = wanted.filter((kind) => kind !== 'media' && kind !== 'e2e');
if (quick.length > 0) results.push(await runVitest('vitest', quick));
// On its own and one file after the other: media on a busy core loses packets.
if (wanted.includes('media')) results.push(await runVitest('media', ['media'], ['--no-file-parallelism']));
if (wanted.includes('e2e')) results.push(await runPlaywright());
rmSync(reports, { recursive: true, force: true });

const result = addUp(results);
for (const name of result.skipped) say(`skipped: ${name}`);
for (const name of result.faults) say(`failed: ${name}`);
// Nothing run at all is no success.
process.exitCode = result.failed === 0 && result.passed > 0 ? 0 : 1;
say(closingLine(result));
