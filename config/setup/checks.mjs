// The checks that need no running server: types, lint and format, import rules, dead code, the example configuration in step.
import { join } from 'node:path';
import { root } from './paths.mjs';
import { single } from './results.mjs';
import { runQuietly } from './run.mjs';
import { duration, say } from './say.mjs';

const packages = join(root, 'node_modules');
const tools = join(root, 'config', 'tools');

/** @type {readonly { name: string, args: readonly string[], mend: string }[]} */
const checks = [
  { name: 'types of server, config and test', args: [join(packages, 'typescript/bin/tsc'), '-p', root], mend: '' },
  { name: 'types of the client', args: [join(packages, 'typescript/bin/tsc'), '-p', join(root, 'client')], mend: '' },
  {
    name: 'lint and format',
    args: [join(packages, '@biomejs/biome/bin/biome'), 'check', `--config-path=${tools}`, '--error-on-warnings', '.'],
    mend: 'npm run format mends most of it.',
  },
  {
    name: 'import rules',
    args: [
      join(packages, 'dependency-cruiser/bin/dependency-cruiser.mjs'),
      ...['--config', join(tools, 'dependency-cruiser.cjs'), '--output-type', 'err-long', 'server', 'client', 'config', 'test'],
    ],
    mend: 'config/tools/dependency-cruiser.cjs says why each rule is there.',
  },
  { name: 'dead code', args: [join(packages, 'knip/bin/knip.js'), '--config', join(tools, 'knip.json')], mend: '' },
  { name: 'example.yaml in step', args: [join(root, 'config/example.ts'), '--check'], mend: 'node config/example.ts writes it.' },
];

/**
 * Runs all checks, also after a failure.
 * @param {string} node
 * @returns {Promise<import('./results.mjs').Result[]>}
 */
export async function runChecks(node) {
  const results = [];
  for (const { name, args, mend } of checks) {
    const started = Date.now();
    const { code, output } = await runQuietly(node, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    say(`${code === 0 ? '✓' : '✗'} ${name} (${duration(Date.now() - started)})`);
    if (code !== 0) say([output.trimEnd(), mend].filter(Boolean).join('\n'));
    results.push(single(`check: ${name}`, code === 0));
  }
  return results;
}
