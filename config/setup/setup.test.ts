// The set-up's own decisions: what is left to do, in which order, where things are kept.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './hash.mjs';
import { cacheDir, isAtLeast } from './paths.mjs';
import { exitCode, findProgram } from './run.mjs';
import { runSteps, type Step } from './setup.mjs';
import { whyOf } from './steps/client-build.mjs';
import { installEnvironment } from './steps/node-modules.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'auditoria-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function recordingStep(name: string, done: boolean, log: string[]): Step {
  return {
    name,
    usually: '1 second',
    remaining: () => (done ? undefined : 'something'),
    act: async () => {
      log.push(`did ${name}`);
    },
    provide: (env) => {
      log.push(`provided ${name}`);
      env[name] = 'found';
    },
  };
}

test('a step with nothing left to do is not done again, but still hands on what it knows', async () => {
  const log: string[] = [];
  const env: NodeJS.ProcessEnv = {};
  await runSteps([recordingStep('A', true, log), recordingStep('B', false, log)], env);
  expect(log).toEqual(['provided A', 'did B', 'provided B']);
  expect(env).toEqual({ A: 'found', B: 'found' });
});

test('a failed step ends the set-up', async () => {
  const log: string[] = [];
  const failing: Step = { ...recordingStep('A', false, log), act: () => Promise.reject(new Error('no')) };
  await expect(runSteps([failing, recordingStep('B', false, log)], {})).rejects.toThrow('no');
  expect(log).toEqual([]);
});

test('a fingerprint follows content and names, and not the place of the clone', () => {
  const file = join(folder, 'a.ts');
  writeFileSync(file, 'one');
  const before = fingerprint(folder, [folder]);
  writeFileSync(file, 'two');
  const changed = fingerprint(folder, [folder]);
  writeFileSync(file, 'one');
  expect(changed).not.toBe(before);
  expect(fingerprint(folder, [folder])).toBe(before);
  renameSync(file, join(folder, 'b.ts'));
  expect(fingerprint(folder, [folder])).not.toBe(before);
});

test('what does not exist yet has a fingerprint too', () => {
  expect(fingerprint(folder, [join(folder, 'missing')])).toMatch(/^[0-9a-f]{64}$/);
});

test('the cache lies where the person says, else where the desktop says, else at home', () => {
  expect(cacheDir({ AUDITORIA_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
  expect(cacheDir({ XDG_CACHE_HOME: '/b' })).toBe('/b/auditoria');
  expect(cacheDir({})).toMatch(/\/\.cache\/auditoria$/);
});

test('versions are compared by number', () => {
  expect(isAtLeast('20.9.0', [20, 19])).toBe(false);
  expect(isAtLeast('20.19.0', [20, 19])).toBe(true);
  expect(isAtLeast('22.1.0', [20, 19])).toBe(true);
});

test('npm is told not to run mediasoup’s own install script, whatever its version', () => {
  expect(installEnvironment({ NODE_ENV: 'production', npm_config_local_prefix: '/x', HOME: '/h' })).toEqual({
    HOME: '/h',
    MEDIASOUP_WORKER_BIN: 'comes-from-the-set-up',
  });
});

test('a program ended by a signal has a code as in a shell', () => {
  expect(exitCode(null, 'SIGTERM')).toBe(143);
  expect(exitCode(3, null)).toBe(3);
});

test('the first name that is found anywhere on the path wins', () => {
  const present = new Set(['/b/chromium', '/a/chrome']);
  expect(findProgram(['chromium', 'chrome'], (path) => present.has(path), '/a:/b')).toBe('/b/chromium');
  expect(findProgram(['firefox'], (path) => present.has(path), '/a:/b')).toBeUndefined();
});

test('of a failed client build its first complaint is told, without the stack', () => {
  const output = 'building…\nerror during build:\n\u001b[31mno such file a.tsx\u001b[0m\n    at async build (vite.js:1)\n';
  expect(whyOf(output)).toBe('error during build:\nno such file a.tsx');
});
