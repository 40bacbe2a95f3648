// Two servers never run on one data folder, and one that was killed keeps nobody out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderLock, FolderTaken } from './folder-lock.ts';
import { readInstance, removeInstance, writeInstance } from './instance.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'auditoria-lock-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Another process that takes the lock and keeps it. */
async function otherServer(dataDir: string) {
  const program = `
    const { FolderLock } = await import(${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)});
    await FolderLock.take(${JSON.stringify(dataDir)}, 0);
    console.log('taken');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('H28 a folder that a server has is refused to a second one, in words that name the first', async () => {
  const dataDir = await folder();
  const lock = await FolderLock.take(dataDir);
  writeInstance(dataDir, { pid: 4711, id: 'one', url: 'http://127.0.0.1:3000', version: '1' });
  await expect(FolderLock.take(dataDir, 0)).rejects.toThrow(FolderTaken);
  await expect(FolderLock.take(dataDir, 0)).rejects.toThrow('process 4711');
  lock.close();
  (await FolderLock.take(dataDir, 0)).close();
});

test('H28 another process is kept out as well, and a killed one leaves no lock behind', async () => {
  const dataDir = await folder();
  const child = await otherServer(dataDir);
  expect(FolderLock.tryTake(dataDir)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await FolderLock.take(dataDir, 0);
  lock.close();
});

test('H28 one that is about to end is waited for', async () => {
  const dataDir = await folder();
  const first = await FolderLock.take(dataDir);
  const second = FolderLock.take(dataDir);
  setImmediate(() => first.close());
  (await second).close();
});

test('what a server says of itself is read by others on the machine, and torn words are none', async () => {
  const dataDir = await folder();
  expect(readInstance(dataDir)).toBeUndefined();
  const instance = { pid: process.pid, id: 'one', url: 'http://127.0.0.1:3000', version: '1' };
  writeInstance(dataDir, instance);
  expect(readInstance(dataDir)).toEqual(instance);
  removeInstance(dataDir);
  expect(readInstance(dataDir)).toBeUndefined();
});
