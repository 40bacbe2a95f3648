// What is acknowledged is on a disk, in order, whatever becomes of the database, the local disk and the process.
import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { DatabaseAway } from '../database/away.ts';
import { openLog } from '../log.ts';
import { HeldFile } from './held-file.ts';
import { HoldingService } from './holding.service.ts';
import { held } from './holding.ts';

const log = openLog({ level: 'silent', format: 'json' });

/** A database of one list, that can go away or refuse. */
class World {
  readonly clock = new FakeClock(0);
  readonly written: string[] = [];
  isAway = false;
  readonly path: string;
  disk: 'good' | 'full' = 'good';
  mostHeld: number | null = null;

  private constructor(path: string) {
    this.path = path;
  }

  static async open(): Promise<World> {
    return new World(join(await mkdtemp(join(tmpdir(), 'auditoria-held-')), 'held'));
  }

  async start(): Promise<{ readonly holding: HoldingService; readonly put: (value: string) => Promise<unknown> }> {
    const { file, lines } = await HeldFile.open(this.path, 4096);
    const append = file.append.bind(file);
    file.append = (these) => (this.disk === 'full' ? Promise.reject(new Error('ENOSPC')) : append(these));
    const holding = new HoldingService({
      file,
      lines,
      clock: this.clock,
      log,
      refusedDays: 30,
      ...(this.mostHeld && { mostHeld: this.mostHeld }),
    });
    const put = holding.through('word', z.string(), async (word) => {
      await Promise.resolve();
      if (this.isAway) throw new DatabaseAway();
      if (word === 'poison') throw new Error('constraint');
      this.written.push(word);
      return word.length;
    });
    return { holding, put };
  }

  async held(): Promise<string> {
    return (await readFile(this.path, 'utf8')).split('\0', 1)[0] ?? '';
  }
}

it('H20 what the database does not take is on the local disk before it is acknowledged, and written in order when it is back', async () => {
  const world = await World.open();
  const { holding, put } = await world.start();
  expect(await put('a')).toBe(1);
  world.isAway = true;
  const [b, c] = [put('b'), put('c')];
  expect(await b).toBe(held);
  expect(await world.held()).toContain('"b"');
  expect(await c).toBe(held);
  world.isAway = false;
  // Nothing overtakes what waits.
  expect(await put('d')).toBe(held);
  expect(() => holding.checkComplete()).toThrow(DatabaseAway);
  world.clock.advance(1000);
  await expect.poll(() => holding.count).toBe(0);
  await expect.poll(() => world.held()).toBe('');
  expect(await put('e')).toBe(1);
  expect(world.written).toEqual(['a', 'b', 'c', 'd', 'e']);
  await holding.close();
});

it('H21 a process that died leaves what it acknowledged to the next, which writes it before anything else', async () => {
  const world = await World.open();
  const { put } = await world.start();
  world.isAway = true;
  await Promise.all([put('a'), put('b')]);
  world.isAway = false;
  const next = await world.start();
  await next.holding.start();
  expect(world.written).toEqual(['a', 'b']);
  expect(await world.held()).toBe('');
  await next.holding.close();
});

it('H21 nothing is written past what is held until that is forgotten: were it the newer, the older would overwrite it at the next start', async () => {
  const world = await World.open();
  const { file, lines } = await HeldFile.open(world.path, 4096);
  const gate = Promise.withResolvers<void>();
  const clear = file.clear.bind(file);
  file.clear = () => gate.promise.then(clear);
  const holding = new HoldingService({ file, lines, clock: world.clock, log, refusedDays: 30 });
  const put = holding.through('word', z.string(), async (word) => {
    await Promise.resolve();
    if (world.isAway) throw new DatabaseAway();
    world.written.push(word);
  });
  world.isAway = true;
  await put('older');
  world.isAway = false;
  world.clock.advance(1000);
  await expect.poll(() => holding.count).toBe(0);
  const newer = put('newer');
  expect(await world.held()).toContain('older');
  await new Promise(setImmediate);
  expect(world.written).toEqual(['older']);
  gate.resolve();
  await newer;
  expect([world.written, await world.held()]).toEqual([['older', 'newer'], '']);
  await holding.close();
});

it('H21 what nobody can read is set aside, and the rest is written', async () => {
  const world = await World.open();
  await writeFile(world.path, '{"kind":"wo\n{"kind":"word","value":"b"}\n');
  const { holding } = await world.start();
  await holding.start();
  expect([world.written, await world.held(), await readFile(`${world.path}.refused-1970-01-01`, 'utf8')]).toEqual([
    ['b'],
    '',
    '{"kind":"wo\n',
  ]);
  await holding.close();
});

it('H21 more than was reserved is forgotten whole', async () => {
  const world = await World.open();
  const { file } = await HeldFile.open(world.path, 4096);
  await file.append(['x'.repeat(3000)]);
  await file.append(['y'.repeat(3000)]);
  await file.clear();
  expect(await readFile(world.path)).toEqual(Buffer.alloc(4096));
  await file.append(['"z"']);
  await file.close();
  const next = await HeldFile.open(world.path, 4096);
  expect(next.lines).toEqual(['"z"']);
  await next.file.close();
});

it('H22 where the local disk takes nothing either, nothing is acknowledged until one of them does', async () => {
  const world = await World.open();
  const { holding, put } = await world.start();
  Object.assign(world, { isAway: true, disk: 'full' });
  let told = false;
  const a = put('a').then(() => {
    told = true;
  });
  await expect.poll(() => holding.isStuck).toBe(true);
  expect(told).toBe(false);
  world.disk = 'good';
  world.clock.advance(1000);
  await a;
  expect([await world.held(), holding.isStuck]).toEqual(['{"kind":"word","value":"a"}\n', false]);
  await holding.close();
});

it('H20 what the database refuses for good is set aside, and keeps nobody waiting', async () => {
  const world = await World.open();
  const { holding, put } = await world.start();
  world.isAway = true;
  await Promise.all([put('poison'), put('b')]);
  world.isAway = false;
  world.clock.advance(1000);
  await expect.poll(() => holding.count).toBe(0);
  expect(world.written).toEqual(['b']);
  expect(await readFile(`${world.path}.refused-1970-01-01`, 'utf8')).toBe('{"kind":"word","value":"poison"}\n');
  await holding.close();
});

it('H30 no more is held than may be: first nothing new is begun, then nothing is taken, and all of it is let go of when the database is back', async () => {
  const world = await World.open();
  world.mostHeld = 190;
  const { holding, put } = await world.start();
  world.isAway = true;
  const long = 'x'.repeat(40);
  expect([await put(long), await put(long), holding.isStuck]).toEqual([held, held, false]);
  await put(long);
  expect(holding.isStuck).toBe(true);
  expect(await put(long)).toBe(held);
  await expect(put(long)).rejects.toThrow(DatabaseAway);
  world.isAway = false;
  world.clock.advance(1000);
  await expect.poll(() => holding.count).toBe(0);
  expect([holding.isStuck, world.written.length]).toEqual([false, 4]);
  await holding.close();
});

it('H31 what was refused for good is kept for as long as it may, and no longer', async () => {
  const world = await World.open();
  const day = 86_400_000;
  world.clock.advance(100 * day);
  for (const name of ['1970-03-01', '1970-04-01']) await writeFile(`${world.path}.refused-${name}`, 'x');
  await writeFile(`${world.path}.refused`, 'x');
  await utimes(`${world.path}.refused`, 0, 0);
  const { holding } = await world.start();
  const aside = async () => (await readdir(join(world.path, '..'))).filter((name) => name.includes('refused'));
  await holding.start();
  expect(await aside()).toEqual(['held.refused-1970-04-01']);
  world.clock.advance(30 * day);
  await expect.poll(aside).toEqual([]);
  await holding.close();
});

it('H21 a line that was torn when the power went is no line', async () => {
  const world = await World.open();
  const { file } = await HeldFile.open(world.path, 4096);
  await file.append(['"one"']);
  await file.append(['"two"']);
  await file.close();
  const text = await readFile(world.path);
  text.write('\0', text.indexOf('two') + 1);
  const torn = join(world.path, '..', 'torn');
  await writeFile(torn, text);
  const next = await HeldFile.open(torn, 4096);
  expect(next.lines).toEqual(['"one"']);
  await next.file.close();
});
