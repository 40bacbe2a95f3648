// Who else was lost at the same moment: compared with a plain count over everything that happened.
import { describe, expect, it } from 'vitest';
import { Random } from '../../test/fuzz/random.ts';
import { ConnectionId, LessonId } from '../contract/ids.ts';
import { besideMs, Losses } from './lost-beside.ts';
import { networkOf } from './network.ts';

const lesson = (name: string) => LessonId.parse(name);
const device = (name: string | number) => ConnectionId.parse(`d${name}`);
const maths = lesson('maths');
const campus = '198.51.100.';

interface Loss {
  readonly id: number;
  readonly room: string;
  readonly network: string;
  readonly at: number;
}

function seated(...addresses: string[]): Losses {
  const losses = new Losses();
  for (const [index, address] of addresses.entries()) losses.here(device(index), address);
  return losses;
}

describe('lost beside', () => {
  it('G4 counts who was lost within ten seconds, before and after, on the network, in the room, everywhere', () => {
    const losses = seated(`${campus}1`, `${campus}2`, '203.0.113.1', `${campus}3`, `${campus}4`);
    losses.lost(device(1), maths, 90_000);
    losses.lost(device(0), maths, 100_000);
    losses.lost(device(2), maths, 105_000);
    losses.lost(device(3), lesson('physics'), 110_000);
    losses.lost(device(4), maths, 110_001);
    expect(losses.over(device(0), maths, 150_000)).toEqual({ sameNetwork: 2, onNetwork: 3, room: 2, everywhere: 3 });
  });

  it('G4 counts a device once, however often it was lost, and never the one that asks', () => {
    const losses = seated(`${campus}1`, `${campus}2`);
    for (const at of [1000, 2000, 3000]) {
      losses.lost(device(1), maths, at);
      losses.over(device(1), maths, at + 100);
    }
    losses.lost(device(0), maths, 2500);
    losses.over(device(0), maths, 2600);
    losses.lost(device(0), maths, 4000);
    expect(losses.over(device(0), maths, 5000)).toEqual({ sameNetwork: 1, onNetwork: 1, room: 1, everywhere: 1 });
  });

  it('G4 of a gap on one network is counted there, also when the device comes back from another', () => {
    const losses = seated(`${campus}1`, `${campus}2`);
    losses.lost(device(0), maths, 1000);
    losses.lost(device(1), maths, 1500);
    losses.here(device(1), '203.0.113.9');
    expect(losses.over(device(0), maths, 2000)).toEqual({ sameNetwork: 1, onNetwork: 1, room: 1, everywhere: 1 });
  });

  it('G4 tells at least as many on the network as were lost on it', () => {
    const losses = seated(`${campus}1`);
    losses.lost(device(0), maths, 1000);
    losses.here(device(1), `${campus}2`);
    losses.lost(device(1), maths, 2000);
    expect(losses.over(device(0), maths, 5000)).toMatchObject({ sameNetwork: 1, onNetwork: 1 });
  });

  it('G4 agrees with a plain count over random losses', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = new Random(seed);
      const losses = new Losses();
      const happened: Loss[] = [];
      const open = new Map<number, Loss>();
      const home = Array.from({ length: 30 }, () => `${random.below(3)}.0.0.1`);
      for (const [index, address] of home.entries()) losses.here(device(index), address);
      let at = 1000;
      for (let step = 0; step < 400; step += 1) {
        at += random.below(1500);
        const id = random.below(30);
        const gap = open.get(id);
        const room = `room${id % 4}`;
        if (gap === undefined) {
          const loss = { id, room, network: networkOf(home[id] ?? ''), at };
          losses.lost(device(id), lesson(room), at);
          happened.push(loss);
          open.set(id, loss);
          continue;
        }
        open.delete(id);
        const near = happened.filter((other) => other.id !== id && Math.abs(other.at - gap.at) <= besideMs);
        const count = (holds: (other: Loss) => boolean) => new Set(near.filter(holds).map((other) => other.id)).size;
        expect(losses.over(device(id), lesson(room), at)).toMatchObject({
          sameNetwork: count((other) => other.network === gap.network),
          room: count((other) => other.room === gap.room),
          everywhere: count(() => true),
        });
      }
    }
  });
});

describe('what is remembered', () => {
  it('G5 is nothing of who is gone, and no loss that nobody can ask for', () => {
    const losses = new Losses();
    for (let index = 0; index < 5000; index += 1) {
      losses.here(device(index), `10.0.${index % 200}.1`);
      losses.lost(device(index), lesson(`l${index % 50}`), index * 1000);
      losses.over(device(index), lesson(`l${index % 50}`), index * 1000 + 500);
      losses.gone(device(index));
    }
    expect(losses.size.devices).toBe(0);
    expect(losses.size.losses).toBeLessThan(60);
    expect(losses.size.places).toBeLessThan(60);
  });

  it('G5 is counted fast when ten thousand are lost at once', () => {
    const losses = new Losses();
    const many = 10_000;
    for (let index = 0; index < many; index += 1) losses.here(device(index), `10.0.${index % 4}.1`);
    const began = process.cpuUsage();
    for (let index = 0; index < many; index += 1) losses.lost(device(index), maths, 100_000 + (index % 7));
    for (let index = 0; index < many; index += 1) expect(losses.over(device(index), maths, 130_000).everywhere).toBe(many - 1);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
