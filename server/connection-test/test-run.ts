// One connection test: a media room that nobody is in but its own browser, and how much it may still use.
import { type Instant, LessonId, TrackId, type TransportId } from '../contract/ids.ts';
import type { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters, TransportParameters } from '../contract/media.ts';
import { Refused } from '../contract/reply.ts';
import type { MediaEngine, MediaRoom, MediaTransport } from '../ports/media.ts';

/** Enough for each way that there may be, and a loop of sound and picture for some seconds (U8). */
export const allowance = {
  transports: 24,
  tracks: 26,
  /** Over HTTP. */
  down: 6_000_000,
  up: 3_000_000,
  /** Sound and picture, both directions together: 1.2 Mbit/s for 20 seconds. */
  media: 6_000_000,
} as const;

export interface TestRunOptions {
  readonly id: string;
  readonly address: string;
  readonly endsAt: Instant;
  newId(): string;
  /** Its media worker died. */
  failed(): void;
}

export class TestRun {
  readonly id: string;
  readonly address: string;
  readonly endsAt: Instant;
  readonly #newId: () => string;
  readonly #room: MediaRoom;
  readonly #transports = new Map<TransportId, MediaTransport>();
  readonly #left: Record<keyof typeof allowance, number> = { ...allowance };

  private constructor(room: MediaRoom, { id, address, endsAt, newId, failed }: TestRunOptions) {
    this.#room = room;
    this.id = id;
    this.address = address;
    this.endsAt = endsAt;
    this.#newId = newId;
    room.listen({ volumes: () => undefined, failed });
  }

  /** Throws `Refused('media-unavailable')`. */
  static async open(engine: MediaEngine, options: TestRunOptions): Promise<TestRun> {
    const room = await engine.openRoom(LessonId.parse(`test-${options.newId()}`), { viewers: 1, pictures: 1 });
    return new TestRun(room, options);
  }

  async openTransport(direction: 'send' | 'receive'): Promise<TransportParameters> {
    this.take('transports', 1);
    const transport = await this.#room.openTransport(direction);
    this.#transports.set(transport.parameters.id, transport);
    return transport.parameters;
  }

  async connect(transportId: TransportId, dtls: DtlsParameters): Promise<void> {
    await this.#transport(transportId).connect(dtls);
  }

  async publish(transportId: TransportId, kind: MediaKind, rtpParameters: RtpParameters): Promise<TrackId> {
    this.take('tracks', 1);
    const trackId = TrackId.parse(this.#newId());
    const source = kind === 'audio' ? 'screen-audio' : 'screen';
    await this.#transport(transportId).publish({ trackId, kind, source, rtpParameters, paused: false });
    return trackId;
  }

  async subscribe(transportId: TransportId, trackId: TrackId, rtpCapabilities: RtpCapabilities) {
    this.take('tracks', 1);
    const subscribed = await this.#transport(transportId).subscribe({ trackId, rtpCapabilities });
    if (subscribed === null) throw new Refused('not-found', 'There is no such track, or the browser cannot play it.');
    // A packet that is too early for the browser is one that it does not miss.
    await subscribed.resume();
    const { consumerId, kind, rtpParameters } = subscribed;
    return { consumerId, kind, rtpParameters };
  }

  /** Throws `Refused('too-large')` when there is not so much left. */
  take(what: keyof typeof allowance, amount: number): void {
    if (this.#left[what] < amount) throw new Refused('too-large', `This test has used up its ${what}.`);
    this.#left[what] -= amount;
  }

  /** Whether it has sent and received more than a test needs. */
  async hasFlooded(): Promise<boolean> {
    const stats = await Promise.all([...this.#transports.values()].map((transport) => transport.stats()));
    return stats.reduce((sum, { bytesIn, bytesOut }) => sum + bytesIn + bytesOut, 0) > allowance.media;
  }

  /** Safe twice. */
  close(): void {
    this.#transports.clear();
    this.#room.close();
  }

  #transport(id: TransportId): MediaTransport {
    const transport = this.#transports.get(id);
    if (transport === undefined) throw new Refused('not-found', 'The test has no such transport.');
    return transport;
  }
}
