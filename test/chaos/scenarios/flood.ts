// Some people of a class ask for as much as their computers can: the class itself and all others go on.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import type { Person } from '../support/person.ts';

const floodMs = 6000;
const attackers = 4;
const atOnce = 200;
const long = 'x'.repeat(90_000);

export const flood: Scenario = {
  name: 'flood',
  says: `${attackers} people of a class send all that they can for ${floodMs / 1000} s`,
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  async strike(world) {
    const people = Array.from({ length: attackers }, (_, index) => world.spare(0, index));
    await Promise.all(people.map((one) => one.comeIn()));
    const until = performance.now() + floodMs;
    const poured = await Promise.all(people.map((one, index) => pour(one, index, until)));
    const cut = people.reduce((sum, { losses }) => sum + losses, 0);
    await Promise.all(people.map((one) => one.leave()));
    const sent = poured.reduce((sum, count) => sum + count, 0);
    const faults = cut === 0 ? ['nobody was cut off'] : [];
    return { hit: [], faults, note: `${sent} messages poured in, lines cut ${cut} times` };
  },
};

/** Each in a way of their own. */
async function pour(person: Person, way: number, until: number): Promise<number> {
  let sent = 0;
  while (performance.now() < until) {
    for (let count = 0; person.isIn && count < atOnce; count += 1) {
      if (way === 0) person.socket.emit('room:raise-hand', { raised: count % 2 === 0 }, () => undefined);
      else if (way === 1) person.socket.emit('chat:post', { text: 'flood', clientId: `${sent}` }, () => undefined);
      else if (way === 2) person.socket.emit(`no:such-${count}`, { deep: [[[[count]]]] }, () => undefined);
      else if (count % 20 === 0) person.socket.emit('chat:post', { text: long, clientId: `${sent}` }, () => undefined);
      sent += 1;
    }
    await wait(10);
  }
  return sent;
}
