// npm run bench <name>: sets up what is missing, then runs that measurement.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runInForeground } from './run.mjs';
import { setUp } from './setup.mjs';

const folder = join(root, 'test', 'bench');
const [name, ...args] = process.argv.slice(2);
const file = join(folder, `${name}.ts`);
if (!name || !existsSync(file)) {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => entry.endsWith('.ts'))
        .map((entry) => entry.slice(0, -3))
    : [];
  console.error(`Say what to measure: npm run bench <name>. There is: ${names.join(', ') || 'nothing yet'}`);
  process.exit(2);
}
const { node, env } = await setUp('develop');
process.exitCode = await runInForeground(node, [file, ...args], { cwd: root, env });
