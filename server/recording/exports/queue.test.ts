// The line of jobs: its order, what stops a job, what brings it back, and what is left behind.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordingId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import { CalledOff, ExportFault } from './fault.ts';
import type { Task } from './make.ts';
import { asker, ExportWorld } from './testing/export-world.ts';
import { isWithinHours } from './wanted.ts';

let world: ExportWorld;
beforeEach(async () => {
  world = await ExportWorld.open();
});
afterEach(() => world.close());

const recordingId = (name: string) => RecordingId.parse(name);
const settled = 3 * 60_000;

/** Makes nothing but a note of what was wanted, and a piece in its working folder. */
function noting(made: string[], each: (task: Task) => Promise<void> = async () => undefined) {
  return async (task: Task) => {
    const folder = join(world.workRoot, `${task.job.recordingId}-${task.job.kind}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'piece'), '');
    await task.reached(0.5);
    await each(task);
    made.push(`${task.recording.id} ${task.job.kind}`);
    return { bytes: 7 };
  };
}

/** Never ready; ends when it is called off. */
const endless = (begun: () => void) => async (task: Task) => {
  begun();
  await new Promise((_resolve, reject) => task.signal.addEventListener('abort', () => reject(new CalledOff())));
  return { bytes: 0 };
};

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('order', () => {
  it('V30 looks through all first, then makes what people asked for, then the rest, newest first', async () => {
    await world.add('old', 1_800_000_000_000);
    await world.add('new', 1_800_000_900_000);
    const made: string[] = [];
    const { queue, exports } = world.server({ maker: noting(made) });
    await exports.ask(await world.recording('old'), 'mp4', 'Lesson', asker);
    await queue.idle();
    made.length = 0;
    await world.store.wait(recordingId('old'), 'mp4', { askedAt: 1, askedBy: asker.id, dueAt: 0, edition: 0 });
    await exports.catchUp();
    await queue.idle();
    expect(made).toEqual(['new insight', 'old insight', 'old mp4', 'new m4a', 'new mp4', 'old m4a']);
    await queue.close();
  });

  it('V30 what nobody asked for waits for its hours, and what somebody asked for does not', async () => {
    await world.add('one');
    world.isTheHour = false;
    const made: string[] = [];
    const { queue, exports } = world.server({ maker: noting(made) });
    await exports.catchUp();
    await queue.idle();
    expect(made).toEqual(['one insight']);
    await exports.ask(await world.recording('one'), 'm4a', 'Lesson', asker);
    await queue.idle();
    expect(made).toEqual(['one insight', 'one m4a']);
    await queue.close();
  });

  it('V30 hours are those of the university, over midnight too', () => {
    const at = Date.UTC(2027, 0, 10, 20, 30);
    expect(isWithinHours('20-07', at, 'Asia/Almaty')).toBe(true);
    expect(isWithinHours('20-07', at, 'Europe/London')).toBe(true);
    expect(isWithinHours('20-07', at + 8 * 3_600_000, 'Asia/Almaty')).toBe(false);
    expect(isWithinHours('09-17', at, 'Europe/London')).toBe(false);
    expect(isWithinHours(null, at, 'Europe/London')).toBe(true);
  });
});

describe('settings', () => {
  it('V37 by the settings films are made of all, of those asked for, or of none', async () => {
    const one = await world.add('one');
    const { queue, exports } = world.server({ rule: 'asked', maker: noting([]) });
    await exports.catchUp();
    await queue.idle();
    expect(await world.states('one')).toEqual({ insight: 'ready' });
    expect((await exports.ask(one, 'mp4', 'Lesson', asker)).state).toMatch(/waiting|running|ready/);
    await queue.idle();
    expect((await exports.exportsOf(one)).map(({ kind, state, bytes }) => [kind, state, bytes])).toEqual([
      ['mp4', 'ready', 7],
      ['m4a', 'none', null],
    ]);
    expect(world.told).toEqual(['recording.exported']);
    await queue.close();
    const never = world.server({ rule: 'never', maker: noting([]) });
    await expect(never.exports.ask(one, 'mp4', 'Lesson', asker)).rejects.toThrow(Refused);
    await never.queue.close();
  });
});

describe('edits', () => {
  it('V31 what was made before an edit is not given out, is thrown away, and made anew when no more edits come', async () => {
    await world.add('one');
    await mkdir(join(world.root, 'one'));
    await writeFile(join(world.root, 'one', 'class.mp4'), 'film');
    const made: string[] = [];
    const { queue, exports } = world.server({ maker: noting(made) });
    await queue.start();
    await exports.catchUp();
    await queue.idle();
    await world.change('one', { edition: 1 });
    expect((await exports.exportsOf(await world.recording('one'))).map(({ state }) => state)).toEqual(['outdated', 'outdated']);
    await exports.changed(recordingId('one'));
    await queue.idle();
    expect(await isThere(join(world.root, 'one', 'class.mp4'))).toBe(false);
    expect(await world.states('one')).toEqual({ insight: 'waiting', m4a: 'waiting', mp4: 'waiting' });
    made.length = 0;
    world.clock.move(settled);
    await queue.idle();
    expect(made).toEqual(['one insight', 'one m4a', 'one mp4']);
    expect((await exports.exportsOf(await world.recording('one'))).map(({ state }) => state)).toEqual(['ready', 'ready']);
    await queue.close();
  });

  it('V31 an edit while it is being made begins it anew', async () => {
    await world.add('one');
    const editions: number[] = [];
    const maker = async (task: Task) => {
      editions.push(task.recording.edition);
      if (editions.length === 1) await world.change('one', { edition: 1 });
      await task.reached(0.5);
      return { bytes: 1 };
    };
    const { queue, exports } = world.server({ rule: 'never', maker });
    await exports.catchUp();
    await queue.idle();
    expect(editions).toEqual([0, 1]);
    expect((await world.store.of(recordingId('one')))[0]).toMatchObject({ state: 'ready', edition: 1 });
    await queue.close();
  });
});

describe('endings', () => {
  it('V38 what goes into the trash is called off, and nothing of it stays in a working folder', async () => {
    await world.add('one');
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { queue, exports } = world.server({ maker: noting([], async (task) => void (await endless(() => begun())(task))) });
    await exports.catchUp();
    await running;
    await world.change('one', { trashed_at: 1 });
    await exports.leaving(recordingId('one'));
    await queue.idle();
    expect(await isThere(join(world.workRoot, 'one-insight'))).toBe(false);
    expect(await world.states('one')).toEqual({});
    await world.change('one', { trashed_at: null });
    await exports.changed(recordingId('one'));
    expect(await world.states('one')).toMatchObject({ insight: expect.stringMatching(/waiting|running/) });
    await queue.close();
  });

  it('V32 a server that stops keeps the pieces, and the next goes on', async () => {
    await world.add('one');
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = world.server({ maker: noting([], async (task) => void (await endless(() => begun())(task))) });
    await first.exports.catchUp();
    await running;
    await first.queue.close();
    expect(await world.states('one')).toMatchObject({ insight: 'running' });
    expect(await isThere(join(world.workRoot, 'one-insight', 'piece'))).toBe(true);
    await mkdir(join(world.workRoot, 'nobody-mp4'));
    const made: string[] = [];
    const second = world.server({ maker: noting(made) });
    await second.queue.start();
    await second.queue.idle();
    expect(made[0]).toBe('one insight');
    expect(await isThere(join(world.workRoot, 'nobody-mp4'))).toBe(false);
    await second.queue.close();
  });

  it('V32 of an encrypted recording no piece is left lying in plain, neither by a server that stops nor by one that was killed', async () => {
    await world.add('one');
    await world.change('one', { sealed_key: 'key' });
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = world.server({ maker: noting([], async (task) => void (await endless(() => begun())(task))) });
    await first.exports.catchUp();
    await running;
    await first.queue.close();
    expect(await isThere(join(world.workRoot, 'one-insight'))).toBe(false);
    await mkdir(join(world.workRoot, 'one-insight'));
    await writeFile(join(world.workRoot, 'one-insight', 'left'), 'by one that was killed');
    const found: boolean[] = [];
    const maker = async () => {
      found.push(await isThere(join(world.workRoot, 'one-insight', 'left')));
      return { bytes: 1 };
    };
    const second = world.server({ rule: 'never', maker });
    await second.queue.start();
    await second.queue.idle();
    expect(found[0]).toBe(false);
    expect(await world.states('one')).toMatchObject({ insight: 'ready' });
    await second.queue.close();
  });

  it('V30 nothing is made of the archive or the trash by itself, and after a return from there it is', async () => {
    for (const name of ['archived', 'thrown']) await world.add(name);
    await world.change('archived', { archived_at: 1 });
    await world.change('thrown', { trashed_at: 1 });
    const made: string[] = [];
    const { queue, exports } = world.server({ rule: 'never', maker: noting(made) });
    await exports.catchUp();
    for (const name of ['archived', 'thrown']) await exports.changed(recordingId(name));
    await queue.idle();
    expect(made).toEqual([]);
    await exports.ask(await world.recording('archived'), 'm4a', 'Lesson', asker);
    await queue.idle();
    expect(made).toEqual(['archived m4a']);
    await world.change('archived', { archived_at: null });
    await world.change('thrown', { trashed_at: null });
    for (const name of ['archived', 'thrown']) await exports.changed(recordingId(name));
    await queue.idle();
    expect(made.slice(1).toSorted()).toEqual(['archived insight', 'thrown insight']);
    await queue.close();
  });

  it('V39 of a recording whose files are gone nothing is tried again, and nobody is warned', async () => {
    await world.add('one');
    const { queue, exports } = world.server();
    await queue.start();
    await exports.catchUp();
    await queue.idle();
    expect(await world.states('one')).toEqual({ insight: 'failed', m4a: 'failed', mp4: 'failed' });
    expect(world.warned).toEqual([]);
    await queue.close();
  });

  it('V39 what fails is tried three times, each later than the last, and then says why', async () => {
    const one = await world.add('one');
    let tries = 0;
    const maker = async () => {
      tries++;
      throw new ExportFault('not-readable', 'torn');
    };
    const { queue, exports } = world.server({ rule: 'never', maker });
    await queue.start();
    await exports.ask(one, 'm4a', 'Lesson', asker);
    await queue.idle();
    expect([tries, await world.states('one')]).toEqual([1, { m4a: 'waiting' }]);
    for (const [minutes, expected] of [
      [2, 2],
      [2, 2],
      [20, 3],
      [600, 3],
    ] as const) {
      world.clock.move(minutes * 60_000);
      await queue.idle();
      expect(tries).toBe(expected);
    }
    const m4a = (await exports.exportsOf(one)).find(({ kind }) => kind === 'm4a');
    expect(m4a).toMatchObject({ state: 'failed', fault: 'not-readable' });
    await exports.ask(one, 'm4a', 'Lesson', asker);
    await queue.idle();
    expect(tries).toBe(4);
    await queue.close();
  });

  it('V39 a full disk is said to be one, and the room that the work took is given back', async () => {
    const one = await world.add('one');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const { queue, exports } = world.server({
      rule: 'never',
      maker: noting([], async () => {
        throw full;
      }),
    });
    await queue.start();
    await exports.ask(one, 'mp4', 'Lesson', asker).catch(() => undefined);
    await exports.ask(one, 'm4a', 'Lesson', asker);
    await queue.idle();
    expect(await isThere(join(world.workRoot, 'one-m4a'))).toBe(false);
    for (const minutes of [2, 20]) {
      world.clock.move(minutes * 60_000);
      await queue.idle();
    }
    expect((await world.store.of(recordingId('one')))[0]).toMatchObject({ state: 'failed', fault: 'no-space' });
    await queue.close();
  });

  it('V39 nothing is made in the room that is kept for what is being recorded', async () => {
    const one = await world.add('one');
    world.hasSpace = false;
    const made: string[] = [];
    const { queue, exports } = world.server({ rule: 'never', maker: noting(made) });
    await exports.ask(one, 'm4a', 'Lesson', asker);
    await queue.idle();
    expect(made).toEqual([]);
    expect((await world.store.of(recordingId('one')))[0]).toMatchObject({ state: 'waiting', fault: 'no-space', attempts: 1 });
    await queue.close();
  });
});
