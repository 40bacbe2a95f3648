// A server that is killed while it makes a film loses no finished piece, and leaves no process behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lowFfmpeg } from './ffmpeg.ts';
import { ExportWorld } from './testing/export-world.ts';
import { filmOf } from './testing/film-signals.ts';
import { pathOf, smallClass } from './testing/small-class.ts';

const id = 'class';
let world: ExportWorld;
let child: ChildProcess | undefined;
beforeAll(async () => {
  world = await ExportWorld.open();
  await world.add(id);
  await smallClass(world.root, id);
}, 60_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await world.close();
});

const filmPieces = async (): Promise<string[]> =>
  (await readdir(join(world.workRoot, `${id}-mp4`)).catch(() => [])).filter((name) => name.startsWith('f-'));

/** Processes of this machine that work in our folder. */
async function workers(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(join(world.workRoot, id))) found.push(command);
  }
  return found;
}

it('V32 after kill -9 it goes on with the pieces that were finished', async () => {
  child = spawn(process.execPath, [join(import.meta.dirname, 'testing/export-child.ts'), world.root], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await expect.poll(async () => (await filmPieces()).length, { timeout: 40_000, interval: 10 }).toBeGreaterThanOrEqual(2);
  child.kill('SIGKILL');
  await exited;
  await expect.poll(workers, { timeout: 5000 }).toEqual([]);
  const before = await filmPieces();
  expect(await world.states(id)).toEqual({ insight: 'ready', m4a: 'ready', mp4: 'running' });

  const encoded: string[] = [];
  const really = lowFfmpeg();
  const { queue } = world.server({
    ffmpeg: (args, run) => {
      if (args.includes('[film]')) encoded.push(args[args.indexOf('-frames:v') + 1] ?? '');
      return really(args, run);
    },
  });
  await queue.start();
  await queue.idle();
  await queue.close();
  expect(await world.states(id)).toMatchObject({ mp4: 'ready' });
  const { durationMs } = await filmOf(pathOf(world.root, id, 'class.mp4'));
  expect(Math.abs(durationMs - 22_000)).toBeLessThan(100);
  const made = encoded.reduce((sum, frames) => sum + Number(frames), 0);
  const kept = before.reduce((sum, name) => sum + Number(name.split(/[-.]/)[2]) - Number(name.split(/[-.]/)[1]), 0);
  expect(before.length).toBeGreaterThanOrEqual(2);
  expect(made + kept).toBe(22 * 15);
}, 60_000);
