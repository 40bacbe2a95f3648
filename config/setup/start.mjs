// npm start and npm run demo: sets up what is missing, then runs the server (or the named file) in this terminal.
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runInForeground } from './run.mjs';
import { setUp } from './setup.mjs';

const [file = 'server/main.ts', ...args] = process.argv.slice(2);
const { node, env } = await setUp('serve');
process.exitCode = await runInForeground(node, [join(root, file), ...args], { cwd: root, env });
