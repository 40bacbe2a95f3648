// A media engine without media: it keeps the rules of the port and lets a test see what would flow and say what happens.
import { Draining } from '../../server/adapters/mediasoup/draining.ts';
import { ConsumerId, type LessonId, type TrackId, TransportId } from '../../server/contract/ids.ts';
import type { MediaKind, RtpCapabilities, RtpParameters } from '../../server/contract/media.ts';
import { Refused } from '../../server/contract/reply.ts';
import type {
  ExpectedLoad,
  MediaEngine,
  MediaRoom,
  MediaRoomListener,
  MediaTransport,
  PictureWeight,
  Published,
  Subscribed,
  SubscribeOptions,
  TransportStats,
  Volume,
  WorkerLoad,
} from '../../server/ports/media.ts';
import type { RecordingTap, SenderReport, TapEvents, TapListener, TappedTrack, TapSteering } from '../../server/ports/tap.ts';

const rtpCapabilities: RtpCapabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    {
      kind: 'video',
      mimeType: 'video/H264',
      preferredPayloadType: 101,
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
    },
    { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 103, clockRate: 90_000 },
  ],
  headerExtensions: [{ kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1 }],
};

/** A worker does nothing but to have a number, by which rooms say where they are. */
interface FakeWorker {
  readonly pid: number;
}

export const silentStats: TransportStats = {
  bytesIn: 0,
  bytesOut: 0,
  packetsIn: 0,
  packetsLostIn: 0,
  bpsIn: 0,
  bpsOut: 0,
  lossIn: 0,
  lossOut: 0,
  roundTripMs: null,
  availableBps: null,
  worker: 1,
  path: null,
  tracks: [],
};

let lastNumber = 0;
const next = (): number => {
  lastNumber += 1;
  return lastNumber;
};

export class FakeMedia implements MediaEngine {
  readonly rtpCapabilities = rtpCapabilities;
  readonly rooms = new Map<LessonId, FakeRoom>();
  /** While false no room can be opened. */
  alive = true;
  /** What `load` says of the worker. */
  cpuShare: WorkerLoad['cpuShare'] = null;
  budget: WorkerLoad['budget'] = { used: 0, limit: 750 };
  readonly #draining = new Draining<FakeWorker>();
  readonly #workers: readonly FakeWorker[];

  constructor({ workers = 1 }: { readonly workers?: number } = {}) {
    this.#workers = Array.from({ length: workers }, (_, index) => ({ pid: index + 1 }));
  }

  async openRoom(lessonId: LessonId, expected: ExpectedLoad): Promise<FakeRoom> {
    if (!this.alive) throw new Refused('media-unavailable', 'No media worker is alive just now.');
    const [worker] = this.#draining.open(this.#workers);
    const room = new FakeRoom(expected, worker?.pid ?? 1, () => {
      if (this.rooms.get(lessonId) === room) this.rooms.delete(lessonId);
    });
    this.rooms.set(lessonId, room);
    return room;
  }

  /** As if the worker died and its replacement stood ready at once. */
  killWorker(): void {
    for (const room of [...this.rooms.values()]) room.fail();
  }

  /** What would reach clients now, over all rooms. */
  flows(): readonly FakeSubscribed[] {
    return [...this.rooms.values()].flatMap((room) => room.subscriptions().filter((subscribed) => subscribed.flows));
  }

  async load(): Promise<readonly WorkerLoad[]> {
    return this.alive ? this.#workers.map((worker) => this.#loadOf(worker)) : [];
  }

  drain(pid: number, drained: boolean): boolean {
    const worker = this.#workers.find((one) => one.pid === pid);
    if (worker === undefined) throw new Refused('not-found', 'There is no such media worker.');
    return this.#draining.set(worker, drained, this.#workers);
  }

  #loadOf(worker: FakeWorker): WorkerLoad {
    const rooms = [...this.rooms.values()].filter((room) => room.workers().includes(worker.pid));
    const sum = (of: (room: FakeRoom) => number): number => rooms.reduce((total, room) => total + of(room), 0);
    return {
      pid: worker.pid,
      cpuSeconds: 0,
      cpuShare: this.cpuShare,
      packetsPerSecond: 0,
      budget: this.budget,
      rooms: rooms.length,
      transports: sum((room) => room.transports.size),
      producers: sum((room) => room.tracks.size),
      consumers: sum((room) => room.subscriptions().length),
      drained: this.#draining.has(worker),
      mayDrain: this.#draining.mayDrain(worker, this.#workers),
    };
  }

  async close(): Promise<void> {
    for (const room of [...this.rooms.values()]) room.close();
  }
}

export class FakeRoom implements MediaRoom {
  readonly rtpCapabilities = rtpCapabilities;
  readonly transports = new Set<FakeTransport>();
  readonly tracks = new Map<TrackId, FakePublished>();
  readonly taps = new Set<FakeTap>();
  readonly expected: ExpectedLoad;
  readonly #listeners: MediaRoomListener[] = [];
  readonly #pid: number;
  readonly #gone: () => void;
  closed = false;

  constructor(expected: ExpectedLoad, pid: number, gone: () => void) {
    this.expected = expected;
    this.#pid = pid;
    this.#gone = gone;
  }

  workers(): readonly number[] {
    return [this.#pid];
  }

  listen(listener: MediaRoomListener): void {
    this.#listeners.push(listener);
  }

  async openTransport(direction: 'send' | 'receive'): Promise<FakeTransport> {
    this.#checkOpen();
    const transport = new FakeTransport(this, direction);
    this.transports.add(transport);
    return transport;
  }

  async openTap(): Promise<FakeTap> {
    this.#checkOpen();
    const tap = new FakeTap(this);
    this.taps.add(tap);
    return tap;
  }

  /** Nothing is ever sent to the port. */
  async steerTap(_port: number): Promise<TapSteering> {
    const tap = await this.openTap();
    const deaf = { packet: () => undefined, senderReport: () => undefined };
    return {
      attach: (trackId: TrackId, events: TapEvents) =>
        tap.attach(trackId, {
          ...deaf,
          producerPaused: () => events.producerPaused(),
          producerResumed: () => events.producerResumed(),
          ended: () => events.ended(),
        }),
      close: () => tap.close(),
    };
  }

  subscriptions(): readonly FakeSubscribed[] {
    return [...this.transports].flatMap((transport) => [...transport.subscribed]);
  }

  /** As the level observer does: it hears nothing of paused tracks. */
  sound(volumes: readonly Volume[]): void {
    const audible = volumes.filter(({ trackId }) => this.tracks.get(trackId)?.paused === false);
    for (const listener of this.#listeners) listener.volumes(audible);
  }

  fail(): void {
    if (this.closed) return;
    this.#end();
    for (const listener of this.#listeners) listener.failed();
  }

  close(): void {
    if (!this.closed) this.#end();
  }

  #end(): void {
    this.closed = true;
    for (const transport of [...this.transports]) transport.close();
    for (const tap of this.taps) tap.roomEnded();
    this.#gone();
  }

  #checkOpen(): void {
    if (this.closed) throw new Refused('media-unavailable', 'The room’s media are closed.');
  }
}

export class FakeTransport implements MediaTransport {
  readonly parameters;
  readonly subscribed = new Set<FakeSubscribed>();
  readonly published = new Set<FakePublished>();
  /** What `stats` answers. */
  figures: TransportStats = silentStats;
  /** Tests may set it to what a path becomes. */
  ice: MediaTransport['ice'] = 'new';
  readonly direction: 'send' | 'receive';
  readonly #room: FakeRoom;
  readonly #strained: (() => void)[] = [];
  closed = false;

  constructor(room: FakeRoom, direction: 'send' | 'receive') {
    this.#room = room;
    this.direction = direction;
    this.parameters = {
      id: TransportId.parse(`transport-${next()}`),
      iceParameters: { usernameFragment: 'fake', password: 'fake', iceLite: true },
      iceCandidates: [],
      dtlsParameters: { role: 'auto' as const, fingerprints: [{ algorithm: 'sha-256' as const, value: '00' }] },
    };
  }

  onStrained(strained: () => void): void {
    this.#strained.push(strained);
  }

  async connect(dtls: Parameters<MediaTransport['connect']>[0]): Promise<void> {
    this.#checkOpen();
    if (dtls.role === 'server') throw new Refused('bad-request', 'The client has to be the DTLS client.');
    this.ice = 'connected';
  }

  /** Its client reports that less arrives. */
  strain(): void {
    for (const tell of this.#strained) tell();
  }

  async restartIce() {
    this.#checkOpen();
    return { usernameFragment: `fake${next()}`, password: 'fake', iceLite: true };
  }

  async publish(options: Parameters<MediaTransport['publish']>[0]): Promise<FakePublished> {
    this.#checkOpen();
    const { trackId, kind, rtpParameters, paused } = options;
    const mimeType = rtpParameters.codecs[0]?.mimeType ?? '';
    const known = rtpCapabilities.codecs.some((codec) => codec.kind === kind && same(codec.mimeType, mimeType));
    if (!known || this.#room.tracks.has(trackId)) throw new Refused('bad-request', `The engine refuses ${mimeType}.`);
    const published = new FakePublished({ trackId, kind, rtpParameters, paused, room: this.#room });
    this.#room.tracks.set(trackId, published);
    this.published.add(published);
    return published;
  }

  async subscribe(options: SubscribeOptions): Promise<FakeSubscribed | null> {
    this.#checkOpen();
    const track = this.#room.tracks.get(options.trackId);
    if (track === undefined) return null;
    const decodable = options.rtpCapabilities.codecs.some(({ mimeType }) => same(mimeType, track.mimeType));
    if (!decodable) return null;
    const subscribed = new FakeSubscribed(track, options.resendsSound === true, (gone) => this.subscribed.delete(gone));
    track.subscribers.add(subscribed);
    this.subscribed.add(subscribed);
    return subscribed;
  }

  async stats(): Promise<TransportStats> {
    this.#checkOpen();
    return this.figures;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const published of this.published) published.close();
    for (const subscribed of [...this.subscribed]) subscribed.close();
    this.#room.transports.delete(this);
  }

  #checkOpen(): void {
    if (this.closed || this.#room.closed) throw new Refused('media-unavailable', 'The transport is closed.');
  }
}

export class FakePublished implements Published {
  readonly trackId: TrackId;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly mimeType: string;
  readonly subscribers = new Set<FakeSubscribed>();
  paused: boolean;
  closed = false;
  /** Of a microphone that is watched: tests tell its level by it. */
  hear: ((decibels: number) => void) | null = null;
  /** What `weigh` answers. */
  weight: PictureWeight = { smallest: fineLayer(240), largest: fineLayer(960) };
  weighed = 0;
  readonly #room: FakeRoom;

  constructor(options: {
    readonly trackId: TrackId;
    readonly kind: MediaKind;
    readonly rtpParameters: RtpParameters;
    readonly paused: boolean;
    readonly room: FakeRoom;
  }) {
    this.trackId = options.trackId;
    this.kind = options.kind;
    this.rtpParameters = options.rtpParameters;
    this.mimeType = options.rtpParameters.codecs[0]?.mimeType ?? '';
    this.paused = options.paused;
    this.#room = options.room;
  }

  async pause(): Promise<void> {
    if (this.closed || this.paused) return;
    this.paused = true;
    for (const tap of this.#room.taps) tap.producerPaused(this.trackId);
  }

  async resume(): Promise<void> {
    if (this.closed || !this.paused) return;
    this.paused = false;
    for (const tap of this.#room.taps) tap.producerResumed(this.trackId);
  }

  async tellLevels(hear: (decibels: number) => void): Promise<void> {
    this.hear = hear;
  }

  async weigh(): Promise<PictureWeight | null> {
    this.weighed += 1;
    return this.paused || this.closed ? null : this.weight;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#room.tracks.delete(this.trackId);
    for (const subscribed of [...this.subscribers]) subscribed.close();
    for (const tap of this.#room.taps) tap.producerClosed(this.trackId);
  }
}

export class FakeSubscribed implements Subscribed {
  readonly consumerId = ConsumerId.parse(`consumer-${next()}`);
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly layers: number;
  readonly track: FakePublished;
  readonly resendsSound: boolean;
  readonly #gone: (subscribed: FakeSubscribed) => void;
  paused = true;
  closed = false;
  layer: number;
  /** Null: all frames. */
  temporalLayer: number | null = null;
  keyFramesAsked = 0;

  constructor(track: FakePublished, resendsSound: boolean, gone: (subscribed: FakeSubscribed) => void) {
    this.track = track;
    this.resendsSound = resendsSound;
    this.#gone = gone;
    this.kind = track.kind;
    this.layers = Math.max(1, track.rtpParameters.encodings.length);
    this.layer = this.layers - 1;
    this.rtpParameters = { ...track.rtpParameters, encodings: [{ ssrc: 1_000_000 + next() }] };
  }

  /** Whether packets would reach the client. */
  get flows(): boolean {
    return !this.closed && !this.paused && !this.track.paused;
  }

  async pause(): Promise<void> {
    this.paused = true;
  }

  async resume(): Promise<void> {
    if (this.closed) return;
    this.paused = false;
    if (this.kind === 'video') this.keyFramesAsked += 1;
  }

  async setLayer(spatialLayer: number, temporalLayer?: number): Promise<void> {
    this.layer = Math.max(0, Math.min(spatialLayer, this.layers - 1));
    this.temporalLayer = temporalLayer ?? null;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.track.subscribers.delete(this);
    this.#gone(this);
  }
}

interface Tapped {
  readonly listener: TapListener;
  paused: boolean;
  keyFramesAsked: number;
}

export class FakeTap implements RecordingTap {
  readonly tapped = new Map<TrackId, Tapped>();
  readonly #room: FakeRoom;
  closed = false;

  constructor(room: FakeRoom) {
    this.#room = room;
  }

  async attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack> {
    const track = this.#room.tracks.get(trackId);
    if (track === undefined || this.closed || this.#room.closed) throw new Error(`There is no track ${trackId} to record.`);
    const tapped: Tapped = { listener, paused: true, keyFramesAsked: 0 };
    this.tapped.set(trackId, tapped);
    const codec = track.rtpParameters.codecs[0];
    return {
      trackId,
      kind: track.kind,
      mimeType: track.mimeType,
      clockRate: codec?.clockRate ?? 90_000,
      payloadType: codec?.payloadType ?? 0,
      ssrc: 2_000_000 + next(),
      parameters: codec?.parameters ?? {},
      producerPaused: track.paused,
      resume: async () => {
        tapped.paused = false;
        if (track.kind === 'video') tapped.keyFramesAsked += 1;
      },
      pause: async () => {
        tapped.paused = true;
      },
      requestKeyFrame: async () => {
        if (track.kind === 'video') tapped.keyFramesAsked += 1;
      },
      close: async () => {
        this.tapped.delete(trackId);
      },
    };
  }

  /** As if the publisher had sent it. */
  packet(trackId: TrackId, packet: Buffer, arrivedAtMs: number): void {
    const tapped = this.tapped.get(trackId);
    if (tapped?.paused === false && this.#room.tracks.get(trackId)?.paused === false) tapped.listener.packet(packet, arrivedAtMs);
  }

  senderReport(trackId: TrackId, report: SenderReport): void {
    this.tapped.get(trackId)?.listener.senderReport(report);
  }

  producerPaused(trackId: TrackId): void {
    this.tapped.get(trackId)?.listener.producerPaused();
  }

  producerResumed(trackId: TrackId): void {
    this.tapped.get(trackId)?.listener.producerResumed();
  }

  producerClosed(trackId: TrackId): void {
    const tapped = this.tapped.get(trackId);
    this.tapped.delete(trackId);
    tapped?.listener.ended();
  }

  roomEnded(): void {
    for (const trackId of [...this.tapped.keys()]) this.producerClosed(trackId);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.tapped.clear();
    this.#room.taps.delete(this);
  }
}

const fineLayer = (width: number) => ({
  ...{ width, height: (width * 9) / 16, keyFrame: width * 20 },
  frames: Array.from({ length: 70 }, () => width * 2),
});

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
