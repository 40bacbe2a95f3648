// The settings of recordings: where the keys of the store come from, and what is found fault with.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigFaulty, loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'auditoria-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(settings: string, env: NodeJS.ProcessEnv = {}) {
  writeFileSync(join(folder, 'auditoria.yaml'), `recording:\n${settings}`);
  return loadConfig(env, folder).recording;
}

function faultsOf(settings: string, env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    load(settings, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigFaulty) return error.faults;
    throw error;
  }
}

it('V16 the keys of the store come from a file or a variable, without the end of the line', () => {
  writeFileSync(join(folder, 'access'), 'from the file\n');
  const named = '  s3AccessKey: { file: access }\n  s3SecretKey: { variable: STORE_SECRET }\n';
  expect(load(named, { STORE_SECRET: 'from the variable' })).toMatchObject({
    s3AccessKey: 'from the file',
    s3SecretKey: 'from the variable',
  });
  expect(load('')).toMatchObject({ s3AccessKey: null, s3SecretKey: null });
});

it('V16 a key that cannot be read is a fault that names the setting, and tells no secret', () => {
  const named = '  s3AccessKey: { file: nowhere }\n  s3SecretKey: { variable: STORE_SECRET }\n';
  expect(faultsOf(named)).toEqual(['recording.s3AccessKey: cannot read nowhere', 'recording.s3SecretKey: cannot read STORE_SECRET']);
  expect(faultsOf('  s3AccessKey: ours\n  s3SecretKey: { file: nowhere }\n').join()).not.toContain('ours');
});

it.each([
  ['a store without a bucket', '  store: s3\n', 'recording.s3Bucket: must be set when the store is s3'],
  ['one key without the other', '  s3AccessKey: ours\n', 'recording.s3AccessKey: needs both s3AccessKey and s3SecretKey, or neither'],
  ['a store elsewhere in the clear', '  s3Endpoint: http://s3.example.edu\n', 'recording.s3Endpoint: is neither https nor on this machine'],
  ['shares that do not fall', '  scarceShare: 0.2\n', 'recording.tightShare: tightShare, scarceShare and fullShare must fall'],
])('V16 %s is a fault', (_what, settings, fault) => {
  expect(faultsOf(settings)).toEqual([fault]);
});
