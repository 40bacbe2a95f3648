// PostgreSQL is restarted by its administrator, or crashes and comes back, in the middle of classes.
import type { Scenario } from '../scenario.ts';

export const databaseRestarted: Scenario = {
  name: 'database-restarted',
  says: 'PostgreSQL is restarted, or crashes and recovers',
  databases: ['postgres'],
  touches: 'the-struck',
  silenceMs: 5000,
  async strike({ postgres, random }, classes) {
    const how = random.chance(0.5) ? 'fast' : 'immediate';
    await postgres?.stop(how);
    await postgres?.start();
    return { hit: classes, note: `stopped: ${how}` };
  },
};
