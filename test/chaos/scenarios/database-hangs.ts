// PostgreSQL stands still without a word, as on a machine that swaps or behind a line that lost it: after some seconds it counts as away.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

export const databaseHangs = (forMs: number): Scenario => ({
  name: 'database-hangs',
  says: `PostgreSQL answers nothing for ${forMs / 1000} s, and breaks no line`,
  databases: ['postgres'],
  touches: 'the-struck',
  // H29: until then everybody waits who needs it.
  silenceMs: 10_000,
  async strike({ postgres }, classes) {
    await postgres?.freeze();
    await wait(forMs);
    await postgres?.thaw();
    return { hit: classes };
  },
});
