// Every HTTP route and every request of a socket with random inputs, from all kinds of people: no fault of the server, and nothing noticed elsewhere.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { ask, faultOf, type KindOfCall, kindsOfCalls } from './http-calls.ts';
import { KnownIds } from './known-ids.ts';
import { Random } from './random.ts';
import { faultOfReply, type KindOfRequest, kindsOfRequests } from './socket-requests.ts';
import { type ActorName, actorNames, actors, WholeWorld } from './whole-world.ts';

/** A new world after so many inputs: what was ended or removed is there again. */
const inputsPerWorld = 1000;
const lookEvery = 100;

export interface Fuzzed {
  readonly inputs: number;
  /** How often each outcome came: `ok`, or the code of the refusal. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Routes and requests that at least once were answered with a value. */
  readonly reached: readonly string[];
  readonly neverReached: readonly string[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  readonly told?: (line: string) => void;
}

/** Throws with the seed and the input that did it. */
export async function fuzzAll({ seed, count, told = () => undefined }: FuzzOptions): Promise<Fuzzed> {
  const fuzz = new Fuzz(seed);
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note).on('uncaughtException', note);
  try {
    for (let done = 0; done < count; done += inputsPerWorld) {
      await fuzz.world(Math.min(inputsPerWorld, count - done));
      if (unhandled.length > 0) throw new Error(`seed ${seed}: unhandled: ${String(unhandled[0])}`, { cause: unhandled[0] });
      globalThis.gc?.();
      told(`${done + inputsPerWorld} of ${count}: ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`);
    }
  } finally {
    process.off('unhandledRejection', note).off('uncaughtException', note);
  }
  return fuzz.result();
}

class Fuzz {
  readonly #seed: number;
  readonly #random: Random;
  readonly #known = new KnownIds();
  readonly #calls: readonly KindOfCall[];
  readonly #requests: readonly KindOfRequest[];
  readonly #outcomes = new Map<string, number>();
  readonly #reached = new Set<string>();
  #inputs = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#calls = kindsOfCalls(this.#known);
    this.#requests = kindsOfRequests(this.#known);
  }

  async world(count: number): Promise<void> {
    const world = await WholeWorld.open(this.#known);
    try {
      const before = await world.foreign();
      for (let turn = 0; turn < count; turn += 1) {
        if (turn % lookEvery === 0) await world.revive();
        this.#inputs += 1;
        const said = this.#random.chance(0.5) ? await this.#call(world) : await this.#request(world);
        if (world.faults.length > 0) this.#fail(said, `logged ${world.faults.join('\n')}`);
        const isLook = turn % lookEvery === lookEvery - 1 || turn === count - 1;
        if (isLook && !isDeepStrictEqual(await world.foreign(), before)) this.#fail(said, 'the foreign class has changed');
      }
      await world.empty();
      if (world.media.rooms.size > 0) this.#fail('at the end', `${world.media.rooms.size} rooms keep their media`);
      if (world.faults.length > 0) this.#fail('at the end', `logged ${world.faults.join('\n')}`);
    } finally {
      await world.close();
    }
  }

  result(): Fuzzed {
    const names = [...this.#calls, ...this.#requests].map(({ name }) => name);
    return {
      inputs: this.#inputs,
      outcomes: Object.fromEntries([...this.#outcomes].toSorted(([, one], [, other]) => other - one)),
      reached: [...this.#reached],
      neverReached: names.filter((name) => !this.#reached.has(name)),
    };
  }

  async #call(world: WholeWorld): Promise<string> {
    const kind = this.#random.one(this.#calls);
    if (kind === undefined) throw new Error('There are no routes');
    // Who may ask for it gets further; who may not is tried as often.
    const actor = (this.#random.chance(0.5) ? this.#random.one(able[kind.access]) : this.#random.one(actorNames)) ?? 'nobody';
    this.#known.at(kind.place, actors[actor].isStranger);
    const call = this.#draw(this.#random.chance(0.6) ? kind.valid : kind.broken);
    const said = `${actor}: ${kind.name} ${call.method} ${call.path} ${JSON.stringify(call.body)}`;
    const answer = await ask(world.url, call, world.tokenOf(actor)).catch((error: unknown) => this.#fail(said, String(error)));
    const fault = faultOf(answer);
    if (fault !== null) this.#fail(said, `${fault} ${world.faults.join('\n')}`);
    this.#count(kind.name, answer.code);
    if (answer.code === null) this.#known.learn(answer.value, kind.place);
    return said;
  }

  async #request(world: WholeWorld): Promise<string> {
    const kind = this.#random.one(this.#requests);
    if (kind === undefined) throw new Error('There are no requests');
    const actor = this.#random.one(seated) ?? 'leader';
    if (kind.seldom > 1 && !this.#random.chance(1 / kind.seldom)) return `${actor}: did not ${kind.name}`;
    const socket = await world.socketOf(actor, kind.name === 'room:join' && this.#random.chance(0.5));
    if (socket === null) return `${actor} has no socket`;
    this.#known.at('participants', actors[actor].isStranger);
    const input = this.#draw(this.#random.chance(0.7) ? kind.valid : kind.broken);
    const said = `${actor}: ${kind.name} ${JSON.stringify(input)}`;
    const reply: unknown = await socket.raw(kind.name, input).catch((error: unknown) => {
      // Who was shown out meanwhile hears no answer.
      if (socket.socket.connected) return this.#fail(said, String(error));
      return { ok: false, code: 'seat-lost' };
    });
    const fault = faultOfReply(reply);
    if (fault !== null) this.#fail(said, `${fault} ${world.faults.join('\n')}`);
    const { ok, code, value } = Object(reply);
    this.#count(kind.name, ok === true ? null : String(code));
    if (ok === true) this.#known.learn(value, kindLearned[kind.name] ?? 'participants');
    return said;
  }

  #draw<T>(values: fc.Arbitrary<T>): T {
    const [drawn] = fc.sample(values, { seed: this.#random.below(2 ** 31), numRuns: 1 });
    if (drawn === undefined) return fc.sample(values, { seed: 1, numRuns: 1 })[0] as T;
    return drawn;
  }

  #count(name: string, code: string | null): void {
    const outcome = code ?? 'ok';
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    if (code === null) this.#reached.add(name);
  }

  #fail(said: string, what: string): never {
    throw new Error(`seed ${this.#seed}, input ${this.#inputs}: ${what}\n${said.slice(0, 3000)}`);
  }
}

const able: Readonly<Record<KindOfCall['access'], readonly ActorName[]>> = {
  anyone: actorNames,
  enrolling: ['student', 'otherTeacher', 'leader', 'administrator'],
  'signed-in': ['leader', 'otherTeacher', 'coordinator', 'administrator', 'student'],
  administrator: ['administrator'],
};
/** Those who lead reach more than the others. */
const seated: readonly ActorName[] = ['leader', 'leader', 'student', 'guest', 'otherTeacher', 'coordinator', 'administrator'];

/** What the `id` of an answer is the id of. */
const kindLearned: Readonly<Record<string, string>> = { 'media:open': 'transports', 'recording:mark': 'marks', 'chat:post': 'messages' };
