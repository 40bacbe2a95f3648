// What flows through one connection: how much it pours in, and how much waits for one that takes nothing. Rules H5 and H6.
import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { SocketLimits } from './socket-limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** engine.io's own socket, below those of socket.io. */
export type Conn = Socket['conn'];

export type Cut = 'too-much' | 'too-slow';

/** Of the WebSocket's close frame, of those that are free for use: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.2 */
const tooSlowCode = 4408;
/** For the last words, then the line is gone, whether they were heard or not. */
const farewellMs = 1000;

export class Intake {
  readonly #packets: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor({ packets, bytes }: Pick<SocketLimits, 'packets' | 'bytes'>, nowMs: number) {
    this.#packets = new TokenBucket(packets, nowMs);
    this.#bytes = new TokenBucket(bytes, nowMs);
  }

  /** False when it is too much. */
  take(bytes: number, nowMs: number): boolean {
    return this.#packets.take(nowMs) && this.#bytes.take(nowMs, bytes);
  }
}

export class Outflow {
  readonly #limits: Pick<SocketLimits, 'waitingBytes' | 'unreadMs' | 'slowestBytesPerSecond'>;
  #waitingBytes = 0;
  /** What was handed to the network and is not taken yet. */
  #going: { readonly bytes: number; readonly sinceMs: number } | null = null;

  constructor(limits: Pick<SocketLimits, 'waitingBytes' | 'unreadMs' | 'slowestBytesPerSecond'>) {
    this.#limits = limits;
  }

  /** Something more is to be sent. False when the other side takes it too slowly. */
  add(bytes: number, nowMs: number): boolean {
    this.#waitingBytes += bytes;
    const leftMs = this.leftMs(nowMs);
    return leftMs === null || (leftMs >= 0 && this.#waitingBytes <= this.#limits.waitingBytes);
  }

  /** How much time there still is to take what was handed to the network; below nought it is too late, and null when nothing waits to be taken. */
  leftMs(nowMs: number): number | null {
    if (this.#going === null) return null;
    const { unreadMs, slowestBytesPerSecond } = this.#limits;
    return this.#going.sinceMs + unreadMs + (this.#going.bytes / slowestBytesPerSecond) * 1000 - nowMs;
  }

  /** All that waits is handed to the network. */
  send(nowMs: number): void {
    this.#going = { bytes: this.#waitingBytes, sinceMs: nowMs };
    this.#waitingBytes = 0;
  }

  taken(): void {
    this.#going = null;
  }
}

/** Calls `cut` once: in the turn in which a connection goes too far, or when its time is over. */
export function watchFlow(conn: Conn, limits: SocketLimits, cut: (why: Cut) => void): void {
  const intake = new Intake(limits, performance.now());
  const outflow = new Outflow(limits);
  let isCut = false;
  const end = (why: Cut) => {
    if (isCut) return;
    isCut = true;
    cut(why);
  };
  // Heartbeats are no occasion to look: a pong that nobody asked for puts the next one off. One timer at a time, whatever is sent meanwhile.
  let watch: NodeJS.Timeout | null = null;
  const watchOn = () => {
    const leftMs = outflow.leftMs(performance.now());
    if (leftMs !== null && leftMs < 0) return end('too-slow');
    watch = leftMs === null || isCut ? null : setTimeout(watchOn, Math.ceil(leftMs) + 1).unref();
  };
  conn.once('close', () => clearTimeout(watch ?? undefined));
  const watchTransport = (transport: object) => {
    outflow.taken();
    if (transport instanceof EventEmitter) transport.on('drain', () => outflow.taken());
  };
  watchTransport(conn.transport);
  conn.on('upgrade', watchTransport);
  conn.on('packet', (packet: unknown) => {
    if (!intake.take(bytesOf(packet), performance.now())) end('too-much');
  });
  conn.on('packetCreate', (packet: unknown) => {
    if (!outflow.add(bytesOf(packet), performance.now())) end('too-slow');
  });
  conn.on('flush', () => {
    outflow.send(performance.now());
    if (watch === null) watchOn();
  });
}

/** Nothing more is read. Who was too slow is told by the close frame, and what waits is forgotten; else what was said last still goes out. */
export function cutOff(conn: Conn, why: Cut): void {
  const webSocket: unknown = 'socket' in conn.transport ? conn.transport.socket : undefined;
  if (!isWebSocket(webSocket)) return conn.close(true);
  if (why === 'too-slow') webSocket.close(tooSlowCode, why);
  webSocket.pause();
  setTimeout(() => webSocket.terminate(), farewellMs).unref();
  conn.close(why === 'too-slow');
}

interface WebSocketLike {
  close(code: number, reason: string): void;
  pause(): void;
  terminate(): void;
}

function isWebSocket(carrier: unknown): carrier is WebSocketLike {
  return typeof carrier === 'object' && carrier !== null && 'close' in carrier && 'pause' in carrier && 'terminate' in carrier;
}

function bytesOf(packet: unknown): number {
  const data = typeof packet === 'object' && packet !== null && 'data' in packet ? packet.data : undefined;
  if (typeof data === 'string') return data.length;
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}
