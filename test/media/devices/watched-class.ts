// For tests and measurements: a class on a real media worker, whose teachers send from browsers, and what is told of their signals.
import { randomUUID } from 'node:crypto';
import type { MediasoupEngine } from '../../../server/adapters/mediasoup/engine.ts';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { type Fact, FactBus, type FactOf } from '../../../server/facts.ts';
import { MediaService } from '../../../server/media/media.service.ts';
import { openRealEngine } from '../real-engine.ts';
import { RoomsOnBus } from '../rooms-on-bus.ts';
import { type Devices, sendFrom } from './browser.ts';

export class WatchedClass {
  readonly told: FactOf<'signal-changed'>[] = [];
  /** What the server would have logged as its fault. */
  readonly faults: object[] = [];
  readonly #engine: MediasoupEngine;
  readonly #media: MediaService;
  readonly #rooms: RoomsOnBus;
  readonly #script: string;
  readonly #browsers: (() => Promise<void>)[] = [];

  private constructor(engine: MediasoupEngine, script: string) {
    const bus = new FactBus((_name, _fact, error) => this.faults.push({ error }));
    const publish = (facts: readonly Fact[]): void => bus.publish(facts);
    this.#engine = engine;
    this.#script = script;
    this.#rooms = new RoomsOnBus(publish);
    this.#media = new MediaService({
      ...{ engine, publish, rooms: this.#rooms, clock: systemClock, newId: randomUUID },
      expected: () => ({ viewers: 10, pictures: 1 }),
      ice: { stun: [], turn: [], turnSecret: null },
      log: { warn: (context) => this.faults.push(context) },
      announcer: { toRoom: none, toConnection: none, toParticipant: none, toThoseWhoMay: none },
    });
    bus.listen('media', (fact) => this.#media.onFact(fact));
    bus.listen('test', (fact) => void (fact.type === 'signal-changed' && this.told.push(fact)));
  }

  /** `script`: mediasoup-client for the pages. */
  static async open(script: string): Promise<WatchedClass> {
    return new WatchedClass(await openRealEngine(), script);
  }

  /** Comes in with a browser of their own. */
  async teacher(name: string, devices: Devices, codec?: 'video/H264' | 'video/VP8'): Promise<void> {
    const ref = this.#rooms.enter(name, 'teacher');
    const transport = await this.#media.open(ref, 'send');
    const server = {
      ...{ transport, rtpCapabilities: this.#engine.rtpCapabilities, ...(codec && { codec }) },
      connect: (dtls: Parameters<MediaService['connect']>[2]) => this.#media.connect(ref, transport.id, dtls),
      publish: async (source: 'camera' | 'microphone', rtpParameters: Parameters<MediaService['publish']>[1]['rtpParameters']) => {
        const kind = source === 'camera' ? ('video' as const) : ('audio' as const);
        const { trackId } = await this.#media.publish(ref, { transportId: transport.id, source, kind, rtpParameters, paused: false });
        return trackId;
      },
    };
    this.#browsers.push(await sendFrom(devices, this.#script, server));
  }

  /** How many bytes a second come of all of them, as measured last. */
  get bytesPerSecond(): number {
    return this.#media.traffic().bpsIn / 8;
  }

  async close(): Promise<void> {
    for (const close of this.#browsers) await close();
    this.#media.close();
    await this.#engine.close();
  }
}

const none = (): void => undefined;
