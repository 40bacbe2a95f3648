// npm run dev: the server, started again when its files change, and Vite with hot reload before it; Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { setUp } from './setup.mjs';

const { node, env } = await setUp('develop');
env.AUDITORIA_DEV_SERVER ??= `http://127.0.0.1:${env.AUDITORIA_PORT || 3000}`;
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const programs = [
  ['--watch', '--watch-preserve-output', join(root, 'server', 'main.ts')],
  [vite, '--config', join(root, 'config', 'tools', 'vite.config.ts')],
].map((args) => spawn(node, args, { cwd: root, env, stdio: 'inherit' }));

/** @param {NodeJS.Signals} signal */
function endAll(signal) {
  for (const program of programs) program.kill(signal);
}
// The terminal sends Ctrl-C to both already; we only must not die before them.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => endAll('SIGTERM'));
for (const program of programs) {
  program.on('close', (code) => {
    process.exitCode ??= code ?? 1;
    endAll('SIGTERM');
  });
}
