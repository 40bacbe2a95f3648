// The server has little memory, and a lecture of two hundred comes, writes long messages and goes, again and again.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const people = 200;
const waves = 2;
const wordsMs = 4000;
const long = 'words '.repeat(330);

export const memoryPressure: Scenario = {
  name: 'memory-pressure',
  says: `${people} people come, write and go, ${waves} times, on a heap of 192 MB`,
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  world: { spare: people, heapMegabytes: 192 },
  async strike(world) {
    let written = 0;
    for (let wave = 0; wave < waves; wave += 1) {
      const crowd = Array.from({ length: people }, (_, index) => world.spare(0, index));
      await Promise.all(crowd.map((one) => one.comeIn()));
      const until = performance.now() + wordsMs;
      const talking = crowd.map(async (one) => {
        while (performance.now() < until) {
          if (await one.write(long)) written += 1;
          await wait(500 + world.random.below(1000));
        }
      });
      await Promise.all(talking);
      // Half of them say goodbye, the others are just gone.
      await Promise.all(crowd.map((one, index) => (index % 2 === 0 ? one.leave() : one.vanish())));
    }
    return { hit: [], faults: world.server.isRunning ? [] : ['the server died'], note: `${written} long messages were taken` };
  },
};
