// Tests the keys of recordings: where they lie, whom they open for, and how the server's own is changed.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyMissing, RecordingKeys } from './keys.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auditoria-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'recordings.key');

it('V11 every recording has a key of its own, which opens for its id alone', () => {
  const keys = new RecordingKeys(folder);
  const [one, two] = [keys.make('one'), keys.make('two')];
  expect(keys.open('one', one)).toHaveLength(32);
  expect(keys.open('one', one).equals(keys.open('two', two))).toBe(false);
  expect(() => keys.open('two', one)).toThrow(KeyMissing);
  expect(() => keys.open('one', `${one.slice(0, -2)}AA`)).toThrow(KeyMissing);
  expect(() => keys.open('one', 'nonsense')).toThrow(KeyMissing);
});

it('V11 the server’s key is made once, for its user alone, and found again', async () => {
  const sealed = new RecordingKeys(folder).make('one');
  const opened = new RecordingKeys(folder).open('one', sealed);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(new RecordingKeys(folder).open('one', sealed).equals(opened)).toBe(true);
  expect(await readFile(file(), 'utf8')).not.toContain(opened.toString('base64url'));
  await rm(file());
  expect(() => new RecordingKeys(folder).open('one', sealed)).toThrow(KeyMissing);
});

it('V11 a key of the server that was changed still opens what was wrapped before', () => {
  const keys = new RecordingKeys(folder);
  const running = new RecordingKeys(folder);
  running.make('before');
  const before = keys.make('one');
  const key = keys.open('one', before);
  const id = keys.rotate();
  expect(running.make('two')).toContain(`1.${id}.`);
  expect(new RecordingKeys(folder).open('one', before).equals(key)).toBe(true);
  const after = keys.rewrap('one', before) ?? '';
  expect(keys.rewrap('one', after)).toBeNull();
  expect(new RecordingKeys(folder).open('one', after).equals(key)).toBe(true);
  expect(after.slice(0, 10)).not.toBe(before.slice(0, 10));
});

it('a file that holds something else is not replaced', async () => {
  await writeFile(file(), 'what is this\n');
  expect(() => new RecordingKeys(folder).make('one')).toThrow('restore the file');
  expect(await readFile(file(), 'utf8')).toBe('what is this\n');
});
