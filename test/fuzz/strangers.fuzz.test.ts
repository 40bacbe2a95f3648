// H16: whoever has nothing to do with a class learns nothing of what happens in it; without an account not even that there is one.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignPeople } from './foreign-class.ts';
import { ask, type Call, type KindOfCall, kindsOfCalls } from './http-calls.ts';
import { KnownIds } from './known-ids.ts';
import { type ActorName, WholeWorld } from './whole-world.ts';

const known = new KnownIds();
const kinds = kindsOfCalls(known);
let world: WholeWorld;
beforeAll(async () => {
  world = await WholeWorld.open(known);
}, 120_000);
afterAll(() => world.close());

const drawsOfEach = 3;
const [, ...students] = foreignPeople;
/** What only those inside know: who is there, and what was said. */
const secrets = [...students, 'Only for us'];

/** J14: whoever has an account may knock at any class, and so is told that it is there, what it is called, and who teaches it. */
const toldOfDoors: ReadonlySet<string> = new Set(['lesson', 'enter', 'coursePage', 'courseNow', 'courseRecordings', 'courseAttendance']);

function draw(values: fc.Arbitrary<Call>, seed: number): Call {
  const [call] = fc.sample(values, { seed, numRuns: 1 });
  if (call === undefined) throw new Error('nothing was drawn');
  return call;
}

/** The same call, of something that there is, and of something that there is not. */
function twins({ place, valid }: KindOfCall, id: string, seed: number): readonly [Call, Call] {
  known.at(place, true);
  const call = draw(valid, seed);
  const of = (which: string) => ({ ...call, path: call.path.replace(new RegExp(`/${place}/[^/?]+`), `/${place}/${which}`) });
  return [of(id), of('x'.repeat(id.length))];
}

async function differences(actor: ActorName): Promise<string[]> {
  const told = new Set<string>();
  for (const kind of kinds) {
    const id = known.foreign(kind.place);
    if (id === undefined) continue;
    for (let seed = 1; seed <= drawsOfEach; seed += 1) {
      const [there, nowhere] = await Promise.all(twins(kind, id, seed).map((call) => ask(world.url, call, world.tokenOf(actor))));
      const [one, other] = [`${there?.status} ${there?.code}`, `${nowhere?.status} ${nowhere?.code}`];
      if (one !== other) told.add(`${kind.name}: ${one}, and nowhere ${other}`);
    }
  }
  return [...told];
}

describe('H16 a stranger', () => {
  it.each(['nobody', 'guest'] as const)(
    'who is %s is answered alike whether there is such a class or not',
    { timeout: 120_000 },
    async (actor) => {
      expect(await differences(actor)).toEqual([]);
    },
  );

  it.each(['student', 'otherTeacher'] as const)(
    'who is %s is told that a class is there, and no more',
    { timeout: 120_000 },
    async (actor) => {
      const more = (await differences(actor)).filter(
        (told) => !toldOfDoors.has(told.split(':')[0] ?? '') && !told.endsWith(': 403 not-allowed, and nowhere 404 not-found'),
      );
      expect(more).toEqual([]);
    },
  );

  it.each(['nobody', 'guest', 'student', 'otherTeacher'] as const)(
    'who is %s hears nothing of those inside',
    { timeout: 120_000 },
    async (actor) => {
      const heard: string[] = [];
      for (const kind of kinds)
        for (let seed = 1; seed <= drawsOfEach; seed += 1) {
          known.at(kind.place, true);
          const call = draw(kind.valid, seed * 3);
          const { value } = await ask(world.url, call, world.tokenOf(actor));
          const text = JSON.stringify(value);
          // What was asked with comes back in some answers.
          const asked = JSON.stringify(call);
          heard.push(
            ...secrets.filter((secret) => text.includes(secret) && !asked.includes(secret)).map((secret) => `${kind.name} tells ${secret}`),
          );
        }
      expect(heard).toEqual([]);
      expect(world.faults).toEqual([]);
    },
  );
});
