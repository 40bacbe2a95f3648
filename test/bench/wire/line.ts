// One device in a room over the real protocol, as the browser's client speaks it.
import type { ParticipantId } from '../../../server/contract/ids.ts';
import { protocolVersion, type RequestInput, type RequestName, type RequestOutput } from '../../../server/contract/index.ts';
import type { RtpParameters } from '../../../server/contract/media.ts';
import type { Notice } from '../../../server/contract/notices.ts';
import type { Reply } from '../../../server/contract/reply.ts';
import type { Join, ParticipantView, RoomSnapshot } from '../../../server/contract/room.ts';
import { WireSocket } from './socket.ts';

const tile = { width: 1280, height: 720 };

export class Line {
  readonly #socket: WireSocket;
  readonly #cameras = new Set<ParticipantId>();
  #self: ParticipantId | null = null;
  #subscribed = 0;
  #waiting: { readonly count: number; readonly done: () => void } | null = null;
  /** Every subscription's parameters, when it is offered. */
  onOffered: (parameters: RtpParameters) => void = () => undefined;
  /** Each message of the server, as JSON. */
  hear: (json: string) => void = () => undefined;
  onFailed: (error: unknown) => void = (error) => {
    throw error;
  };

  private constructor(socket: WireSocket) {
    this.#socket = socket;
    socket.onEvent = (json) => {
      const [name, batch]: [string, readonly Notice[]] = JSON.parse(json);
      if (name === 'notices') this.#hear(batch);
      this.hear(json);
    };
  }

  static async open(url: string, token: string): Promise<Line> {
    return new Line(await WireSocket.open(url, { token }));
  }

  get self(): ParticipantId {
    if (this.#self === null) throw new Error('Not in the room.');
    return this.#self;
  }

  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const reply = await this.#socket.ask<Reply<RequestOutput<N>>>(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${reply.message}`);
    return reply.value;
  }

  async join(media: Join['media']): Promise<RoomSnapshot> {
    const device = 'bench';
    const joined = await this.ask('room:join', { protocol: protocolVersion, device, consent: true, ...(media && { media }) });
    if (joined.state !== 'in') throw new Error('In the lobby.');
    const { snapshot } = joined;
    this.#self = snapshot.self.participantId;
    for (const participant of snapshot.participants) this.#look(participant);
    if (this.#cameras.size > 0) this.#show();
    return snapshot;
  }

  /** Resolves when so many tracks are acknowledged and flow. */
  subscribed(count: number): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { count, done };
      this.#settle();
    });
  }

  close(): void {
    // What was asked for and not yet answered matters no more.
    this.onFailed = () => undefined;
    this.#socket.close();
  }

  #hear(batch: readonly Notice[]): void {
    const cameras = this.#cameras.size;
    const offered: { readonly consumerId: string; readonly rtpParameters: RtpParameters }[] = [];
    for (const notice of batch) {
      if (notice.type === 'participant-joined' || notice.type === 'participant-changed') this.#look(notice.participant);
      if (notice.type === 'media-offered') offered.push(notice.subscription);
    }
    if (this.#self !== null && this.#cameras.size > cameras) this.#show();
    if (offered.length > 0) void this.#take(offered).catch((error: unknown) => this.onFailed(error));
  }

  #look({ id, tracks }: ParticipantView): void {
    if (id !== this.#self && tracks.some(({ source }) => source === 'camera')) this.#cameras.add(id);
  }

  /** The page shows every camera. */
  #show(): void {
    const tiles = [...this.#cameras].map((participantId) => ({ participantId, source: 'camera' as const, ...tile }));
    this.ask('media:view', { tiles, hidden: false }).catch((error: unknown) => this.onFailed(error));
  }

  async #take(offered: readonly { readonly consumerId: string; readonly rtpParameters: RtpParameters }[]): Promise<void> {
    for (const { rtpParameters } of offered) this.onOffered(rtpParameters);
    await this.ask('media:ready', { consumerIds: offered.map(({ consumerId }) => consumerId) });
    this.#subscribed += offered.length;
    this.#settle();
  }

  #settle(): void {
    if (this.#waiting === null || this.#subscribed < this.#waiting.count) return;
    this.#waiting.done();
    this.#waiting = null;
  }
}
