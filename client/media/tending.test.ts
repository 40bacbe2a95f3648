// Tending a path: when a new one is looked for, what happens while the server cannot be asked, and when it is given up.
import { expect, test } from 'vitest';
import type { IceParameters } from '../../server/contract/media.ts';
import { type Outcome, offline } from '../session/outcome.ts';
import { FakeLine, settled } from '../session/testing/fake-wire.ts';
import { type PathState, Tending } from './tending.ts';

const ice = { usernameFragment: 'new', password: 'secret' };
const refused: Outcome<IceParameters> = { ok: false, code: 'not-found', details: undefined };

function tended() {
  const clock = new FakeLine();
  const told: string[] = [];
  const world: { state: PathState; answer: Outcome<IceParameters> } = { state: 'connected', answer: { ok: true, value: ice } };
  const tending = new Tending(
    {
      state: () => world.state,
      askNewIce: () => {
        told.push('asked');
        return Promise.resolve(world.answer);
      },
      restart: ({ usernameFragment }) => {
        told.push(`restart ${usernameFragment}`);
        return Promise.resolve();
      },
      onBack: () => told.push('back'),
      onBroken: () => told.push('broken'),
    },
    clock.surroundings,
  );
  const become = async (state: PathState) => {
    world.state = state;
    tending.changed(state);
    await settled();
  };
  return { clock, told, world, tending, become };
}

test('L23 a break that heals within a second is left alone, and its end is told', async () => {
  const { clock, told, become } = tended();
  await become('disconnected');
  await clock.pass(999);
  await become('connected');
  await clock.pass(60_000);
  expect(told).toEqual(['back']);
});

test('L23 a longer one has a new path looked for, and a path that failed has it at once', async () => {
  const { clock, told, become } = tended();
  await become('disconnected');
  await clock.pass(1000);
  expect(told).toEqual(['asked', 'restart new']);
  await become('connected');
  expect(told).toEqual(['asked', 'restart new', 'back']);
  await become('failed');
  expect(told.slice(3)).toEqual(['asked', 'restart new']);
});

test('L23 while the server cannot be asked nothing is given up: it is asked again, ever more slowly', async () => {
  const { clock, told, world, become } = tended();
  world.answer = offline;
  await become('failed');
  await clock.pass(120_000);
  expect(told).not.toContain('broken');
  expect(told.length).toBeGreaterThan(20);
  expect(told.length).toBeLessThan(40);
  world.answer = { ok: true, value: ice };
  await clock.pass(5000);
  expect(told.at(-1)).toBe('restart new');
});

test('L23 a transport that the server does not know is opened anew at once', async () => {
  const { told, world, become } = tended();
  world.answer = refused;
  await become('failed');
  expect(told).toEqual(['asked', 'broken']);
});

test('L23 a path that is twice not found though the server answers is given up', async () => {
  const { clock, told, become } = tended();
  await become('failed');
  await clock.pass(8000);
  expect(told).toEqual(['asked', 'restart new', 'asked', 'restart new']);
  await clock.pass(8000);
  expect(told.at(-1)).toBe('broken');
});

test('L21 a path that flows is looked for anew without a word, and one that was never used is left alone', async () => {
  const { clock, told, world, tending } = tended();
  await tending.lookWith(ice);
  await clock.pass(60_000);
  expect(told).toEqual(['restart new']);
  world.state = 'new';
  await tending.lookWith(ice);
  expect(told).toEqual(['restart new']);
});

test('a path that is closed is tended no more', async () => {
  const { clock, told, tending, become } = tended();
  await become('disconnected');
  tending.close();
  await clock.pass(60_000);
  await become('failed');
  expect(told).toEqual([]);
});
