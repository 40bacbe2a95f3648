// npm run chaos [soak|fuzz]: sets up what is missing, then breaks a server under running classes, runs days of school on it, or feeds it nonsense.
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runInForeground } from './run.mjs';
import { setUp } from './setup.mjs';

/** @type {Readonly<Record<string, string>>} */
const programs = { soak: 'test/chaos/soak.ts', fuzz: 'test/fuzz/main.ts' };
const [first = '', ...rest] = process.argv.slice(2);
const program = Object.hasOwn(programs, first) ? programs[first] : undefined;
const args = program === undefined ? process.argv.slice(2) : rest;
const { node, env } = await setUp('develop');
process.exitCode = await runInForeground(node, [join(root, program ?? 'test/chaos/run.ts'), ...args], { cwd: root, env });
