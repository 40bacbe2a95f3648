// A line to a server that the test plays by hand: what was sent waits for an answer, time passes when told to.
import type { RequestInput, RequestName, RequestOutput } from '../../../server/contract/index.ts';
import type { RtpCapabilities } from '../../../server/contract/media.ts';
import type { Surroundings } from '../connection.ts';
import { type Outcome, offline } from '../outcome.ts';
import type { Entry } from '../room-token.ts';
import type { OpenWire, Wire, WireEvents } from '../wire.ts';

interface Sent {
  readonly name: RequestName;
  readonly input: unknown;
  readonly answer: (outcome: unknown) => void;
}

export class FakeWire implements Wire {
  readonly token: string;
  readonly events: WireEvents;
  readonly sent: Sent[] = [];
  /** Answered by itself, whenever it is asked. */
  rest: RequestOutput<'room:rest'> = { participants: [], chat: [] };
  readonly restAsked: RequestInput<'room:rest'>[] = [];
  ending: 'open' | 'closed' | 'dropped' | 'lost' = 'open';

  constructor(token: string, events: WireEvents) {
    this.token = token;
    this.events = events;
  }

  send<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Outcome<RequestOutput<N>>> {
    if (this.ending !== 'open') return Promise.resolve(offline);
    if (name === 'room:rest') {
      this.restAsked.push(input as RequestInput<'room:rest'>);
      return Promise.resolve({ ok: true, value: this.rest } as Outcome<RequestOutput<N>>);
    }
    return new Promise((resolve) => this.sent.push({ name, input, answer: (outcome) => resolve(outcome as Outcome<RequestOutput<N>>) }));
  }

  /** Answers the oldest request that still waits, and says which it was. */
  async answer(outcome: unknown): Promise<Sent> {
    const request = this.sent.shift();
    if (!request) throw new Error('nothing was asked');
    request.answer(outcome);
    await settled();
    return request;
  }

  async lose(): Promise<void> {
    this.ending = 'lost';
    this.events.lost();
    for (const request of this.sent.splice(0)) request.answer(offline);
    await settled();
  }

  close(): void {
    this.ending = 'closed';
    for (const request of this.sent.splice(0)) request.answer(offline);
  }

  drop(): void {
    this.ending = 'dropped';
    for (const request of this.sent.splice(0)) request.answer(offline);
  }
}

/** Lets all promises that can go on go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export class FakeLine {
  readonly wires: FakeWire[] = [];
  readonly tokens: Outcome<Entry>[] = [];
  readonly offered: RtpCapabilities = { codecs: [], headerExtensions: [] };
  tokensFetched = 0;
  now = 1_000_000;
  #timers: { at: number; action: () => void }[] = [];

  get wire(): FakeWire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error('no wire was opened');
    return wire;
  }

  get surroundings(): Surroundings {
    const openWire: OpenWire = (token, events) => {
      const wire = new FakeWire(token, events);
      this.wires.push(wire);
      return wire;
    };
    return {
      openWire,
      fetchEntry: () => {
        this.tokensFetched += 1;
        return Promise.resolve(
          this.tokens.shift() ?? { ok: true, value: { roomToken: `token-${this.tokensFetched}`, rtpCapabilities: this.offered } },
        );
      },
      now: () => this.now,
      random: () => 1,
      later: (ms, action) => {
        const timer = { at: this.now + ms, action };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
    };
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (let next = this.#due(until); next; next = this.#due(until)) {
      this.now = next.at;
      next.action();
      await settled();
    }
    this.now = until;
  }

  #due(until: number): { at: number; action: () => void } | undefined {
    const [first] = this.#timers.filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at);
    if (first) this.#timers = this.#timers.filter((timer) => timer !== first);
    return first;
  }
}
