// The server dies from one moment to the next and is started again: everybody is back by themselves, and all that was acknowledged is there.
import type { Scenario } from '../scenario.ts';

export const serverKilled: Scenario = {
  name: 'server-killed',
  says: 'the server is killed with kill -9 and started again',
  databases: ['sqlite', 'postgres'],
  touches: 'everybody',
  silenceMs: null,
  async strike({ server }, classes) {
    await server.kill();
    await server.start();
    return { hit: classes };
  },
};
