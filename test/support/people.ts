// People who speak the real protocol over a real socket, and keep what they see of the room.
import { inflateRawSync } from 'node:zlib';
import { io, type Socket } from 'socket.io-client';
import type { ChatMessage } from '../../server/contract/chat.ts';
import type { ParticipantId, TransportId } from '../../server/contract/ids.ts';
import { protocolVersion, type RequestInput, type RequestName, type RequestOutput } from '../../server/contract/index.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { Refusal, Reply } from '../../server/contract/reply.ts';
import {
  type Join,
  type Joined,
  type ParticipantView,
  RestOfRoom,
  type RoomSnapshot,
  type RoomView,
  type WaitingView,
} from '../../server/contract/room.ts';

const patienceMs = 4000;

/** What a person sees of the room, kept in step by notices as the real client does it. */
export interface Sight {
  readonly self: RoomSnapshot['self'];
  room: RoomView;
  readonly participants: Map<ParticipantId, ParticipantView>;
  readonly chat: Map<string, ChatMessage>;
  waiting: readonly WaitingView[];
  check: RoomSnapshot['check'];
  checkResult: RoomSnapshot['checkResult'];
  plannedCheck: RoomSnapshot['plannedCheck'];
  readonly resumed: boolean;
}

export class Visitor {
  /** All notices since the socket was opened. */
  readonly heard: Notice[] = [];
  readonly #url: () => string;
  readonly #token: () => string;
  /** Where this person seems to be; as a proxy tells it. */
  address: string | null = null;
  #socket: Socket | null = null;
  #sight: Sight | null = null;
  #watchers: (() => void)[] = [];

  constructor(url: () => string, token: () => string) {
    this.#url = url;
    this.#token = token;
  }

  /** Rejects with the refusal of the handshake. */
  connect(auth: Record<string, unknown> = { token: this.#token() }): Promise<void> {
    const extraHeaders: Record<string, string> = this.address === null ? {} : { 'x-forwarded-for': this.address };
    const socket = io(this.#url(), { auth, extraHeaders, transports: ['websocket'], reconnection: false, forceNew: true });
    this.#socket = socket;
    this.heard.length = 0;
    socket.on('notices', (batch: readonly Notice[]) => {
      for (const notice of batch) this.#hear(notice);
      this.#stir();
    });
    socket.on('disconnect', () => this.#stir());
    return new Promise((connected, refused) => {
      socket.once('connect', connected);
      socket.once('connect_error', refused);
    });
  }

  get socket(): Socket {
    if (this.#socket === null) throw new Error('No socket was opened');
    return this.#socket;
  }

  get sight(): Sight {
    if (this.#sight === null) throw new Error('This person is not in the room');
    return this.#sight;
  }

  get isIn(): boolean {
    return this.#sight !== null;
  }

  get id(): ParticipantId {
    return this.sight.self.participantId;
  }

  get me(): ParticipantView {
    return this.sees(this.id);
  }

  sees(other: ParticipantId): ParticipantView {
    const participant = this.sight.participants.get(other);
    if (participant === undefined) throw new NotSeen(`${other} is not seen in the room`);
    return participant;
  }

  /** The server's answer, whatever it is. */
  call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<RequestOutput<N>>> {
    return this.raw(name, input);
  }

  async raw<N extends RequestName>(name: N | (string & {}), input: unknown): Promise<Reply<RequestOutput<N>>> {
    const reply: Reply<RequestOutput<N>> = await this.socket.timeout(patienceMs).emitWithAck(name, input);
    return reply;
  }

  /** The answer's value; throws when refused. */
  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    const reply = await this.call(name, input);
    if (!reply.ok) throw new Error(`${name} was refused: ${reply.code} (${reply.message})`);
    return reply.value;
  }

  /** The code of the refusal; `ok` when there is none. */
  async refused<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Refusal['code'] | 'ok'> {
    const reply = await this.call(name, input);
    return reply.ok ? 'ok' : reply.code;
  }

  async join(more: Partial<Join> = {}): Promise<Joined> {
    const joined = await this.ask('room:join', { protocol: protocolVersion, device: 'Test', consent: true, ...more });
    if (joined.state !== 'in') return joined;
    this.#sight = sightOf(joined.snapshot);
    // A page asks a moment later; a test looks at once.
    const rest = await this.ask('room:rest', {});
    const { participants, chat } =
      'packed' in rest ? RestOfRoom.parse(JSON.parse(inflateRawSync(new Uint8Array(rest.packed)).toString())) : rest;
    for (const participant of participants) this.sight.participants.set(participant.id, participant);
    for (const message of chat) this.sight.chat.set(message.id, message);
    return joined;
  }

  /** The line is lost without a word. */
  cut(): void {
    this.socket.io.engine.close();
  }

  /** The network is gone from one moment to the next: no frame is sent any more. */
  unplug(): void {
    this.#webSocket.terminate();
  }

  /** Nothing comes through any more, and nobody says so. */
  fallSilent(): void {
    this.#webSocket.pause();
  }

  /** The browser closes the page before the page could say goodbye. */
  vanish(): void {
    this.#webSocket.close(1001);
  }

  get #webSocket(): WebSocketOfNode {
    const { transport } = this.socket.io.engine;
    const carrier: unknown = 'ws' in transport ? transport.ws : undefined;
    if (!isWebSocketOfNode(carrier)) throw new Error('There is no WebSocket');
    return carrier;
  }

  /** Comes back on a new socket with the key of the device. */
  async comeBack(more: Partial<Join> = {}): Promise<Joined> {
    const { resumeKey } = this.sight.self;
    await this.connect();
    return this.join({ resumeKey, ...more });
  }

  /** As a page does that is being closed. */
  leavePage(): void {
    this.#socket?.disconnect();
  }

  async publish(source: TrackSource, paused = false): Promise<RequestOutput<'media:publish'>> {
    const { id } = await this.ask('media:open', { direction: 'send' });
    return this.publishOn(id, source, paused);
  }

  /** Beside what the device sends already; a camera in three layers. */
  publishOn(transportId: TransportId, source: TrackSource, paused = false): Promise<RequestOutput<'media:publish'>> {
    const video = source === 'camera' || source === 'screen';
    const codec = video
      ? { mimeType: 'video/VP8', payloadType: 103, clockRate: 90_000 }
      : { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 };
    const encodings = source === 'camera' ? [{ rid: 'q' }, { rid: 'h' }, { rid: 'f' }] : [{ ssrc: 1 }];
    const rtpParameters = { codecs: [codec], headerExtensions: [], encodings, rtcp: { cname: 'test' } };
    return this.ask('media:publish', { transportId, source, kind: video ? 'video' : 'audio', rtpParameters, paused });
  }

  /** Waits until it holds; looks again after each batch of notices. What cannot be seen yet does not hold. */
  until(holds: () => boolean, what = String(holds)): Promise<void> {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`Never came true: ${what}`)), patienceMs);
      const look = () => {
        if (!isTrue(holds)) return;
        clearTimeout(late);
        this.#watchers = this.#watchers.filter((watcher) => watcher !== look);
        done();
      };
      this.#watchers.push(look);
      look();
    });
  }

  hasHeard(type: Notice['type']): boolean {
    return this.heard.some((notice) => notice.type === type);
  }

  /** Waits until the server has shown this person out and closed the socket; answers why. */
  async shownOut(): Promise<string> {
    await this.until(() => !this.socket.connected, 'the socket is closed');
    const ended = this.heard.find((notice) => notice.type === 'ended');
    return ended?.reason ?? 'without a word';
  }

  #stir(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #hear(notice: Notice): void {
    this.heard.push(notice);
    if (this.#sight !== null) apply(this.#sight, notice);
  }
}

/** What socket.io's client runs on in Node; browsers' own has no such ways to fail. */
interface WebSocketOfNode {
  terminate(): void;
  pause(): void;
  close(code: number): void;
}

function isWebSocketOfNode(carrier: unknown): carrier is WebSocketOfNode {
  return typeof carrier === 'object' && carrier !== null && 'terminate' in carrier && 'pause' in carrier && 'close' in carrier;
}

class NotSeen extends Error {}

function isTrue(holds: () => boolean): boolean {
  try {
    return holds();
  } catch (error) {
    if (error instanceof NotSeen) return false;
    throw error;
  }
}

function sightOf({ self, room, participants, waiting, check, checkResult, plannedCheck, resumed }: RoomSnapshot): Sight {
  return {
    ...{ self, room, waiting, check, checkResult, plannedCheck, resumed },
    participants: new Map(participants.map((participant) => [participant.id, participant])),
    chat: new Map(),
  };
}

function apply(sight: Sight, notice: Notice): void {
  switch (notice.type) {
    case 'participant-joined':
    case 'participant-changed':
      sight.participants.set(notice.participant.id, notice.participant);
      return;
    case 'participant-left':
      sight.participants.delete(notice.participantId);
      return;
    case 'room-changed':
      sight.room = notice.room;
      return;
    case 'waiting-changed':
      sight.waiting = notice.waiting;
      return;
    case 'check-changed':
      sight.check = notice.check;
      return;
    case 'check-result':
      sight.checkResult = notice.result;
      sight.plannedCheck = notice.planned;
      return;
    case 'chat-posted':
      sight.chat.set(notice.message.id, notice.message);
      return;
    default:
      return;
  }
}
