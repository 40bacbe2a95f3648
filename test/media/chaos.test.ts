// A quick slice of `npm run chaos`: a whole server with real media, broken under a running class. The times are measured there; here is what must never be.
import { expect, it } from 'vitest';
import { runScenario } from '../chaos/round.ts';
import { databaseAway } from '../chaos/scenarios/database-away.ts';
import { serverKilled } from '../chaos/scenarios/server-killed.ts';

const patienceMs = 180_000;

it.each([
  [
    'H20, H23 while PostgreSQL is away a class goes on, a lost line comes back, and nothing that was acknowledged is lost',
    databaseAway(3000),
    'postgres',
  ],
  ['H25 a server that is killed has everything that it had acknowledged when it is started again', serverKilled, 'sqlite'],
] as const)(
  '%s',
  async (_rule, scenario, database) => {
    const { rounds, broken } = await runScenario(scenario, { database, seed: 1, rounds: 1, weigh: false });
    const [round] = rounds;
    // How long it took depends on the machine.
    const always = broken.filter((what) => !/ (ms|MB)\b|\d handles/.test(what));
    expect([always, round?.lost, round?.othersCut]).toEqual([[], [], 0]);
  },
  patienceMs,
);
