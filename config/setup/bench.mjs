// npm run bench [name]: sets up what is missing, then runs that measurement, or without a name all that have goals.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runInForeground } from './run.mjs';
import { setUp } from './setup.mjs';

const folder = join(root, 'test', 'bench');
const [first, ...rest] = process.argv.slice(2);
const [name, args] = first === undefined || first.startsWith('--') ? ['all', process.argv.slice(2)] : [first, rest];
const file = join(folder, `${name}.ts`);
if (!existsSync(file)) {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => entry.endsWith('.ts'))
        .map((entry) => entry.slice(0, -3))
    : [];
  console.error(`There is no measurement of that name. npm run bench [name]; there is: ${names.join(', ') || 'nothing yet'}`);
  process.exit(2);
}
// Whole pages in a browser take more than a server.
const { node, env } = await setUp(['lines', 'signals'].includes(name) ? 'test' : 'develop');
process.exitCode = await runInForeground(node, [file, ...args], { cwd: root, env });
