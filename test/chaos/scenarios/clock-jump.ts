// The clock of the machine jumps an hour ahead and back: nobody is thrown out, and who comes back in between gets the place.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const hourMs = 3_600_000;
const stayMs = 4000;

export const clockJump: Scenario = {
  name: 'clock-jump',
  says: 'the clock jumps an hour ahead, and back',
  databases: ['sqlite'],
  touches: 'the-struck',
  silenceMs: 2000,
  async strike(world, classes) {
    const [unlucky] = classes[0]?.students.slice(1) ?? [];
    for (const skewMs of [hourMs, 0]) {
      world.skewMs = skewMs;
      await world.server.moveClock(skewMs);
      await wait(stayMs / 2);
      unlucky?.socket.io.engine.close();
      await wait(stayMs / 2);
    }
    const faults = unlucky?.isIn === true ? [] : ['who lost the line meanwhile could not come back'];
    return { hit: classes, faults };
  },
};
