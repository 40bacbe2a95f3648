// PostgreSQL is away for a minute: sound, hands and chat go on all the while, and its trace is whole when it is back.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

export const databaseAway = (forMs: number): Scenario => ({
  name: 'database-away',
  says: `PostgreSQL is away for ${forMs / 1000} s`,
  databases: ['postgres'],
  touches: 'the-struck',
  silenceMs: 5000,
  async strike({ postgres, random }, classes) {
    await postgres?.stop(random.chance(0.5) ? 'fast' : 'immediate');
    await wait(forMs / 2);
    // Somebody's line breaks meanwhile, and is taken up again without the database.
    const [unlucky] = classes[0]?.students ?? [];
    const before = unlucky?.losses ?? 0;
    unlucky?.socket.io.engine.close();
    await wait(forMs / 2);
    const cameBack = unlucky?.isIn === true && unlucky.losses > before;
    await postgres?.start();
    return { hit: classes, faults: cameBack ? [] : ['who lost the line meanwhile could not come back'] };
  },
});
