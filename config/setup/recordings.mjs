// npm run recordings: sets up what is missing, then reads the files of recordings and says what is broken, or changes the key.
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runInForeground } from './run.mjs';
import { setUp } from './setup.mjs';

const { node, env } = await setUp('check');
process.exitCode = await runInForeground(node, [join(root, 'server', 'app-recordings-command.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env,
});
