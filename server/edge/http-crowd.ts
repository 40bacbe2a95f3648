// Bounds the TCP connections of the web server, above all those that never say what they want. Rules H12 and H13.
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Headcount } from './headcount.ts';
import type { HttpLimits } from './http-limits.ts';
import type { Peers } from './http-peer.ts';
import { neighbourhoodOf } from './neighbourhood.ts';

type CrowdLimits = Pick<HttpLimits, 'connectionsPerAddress' | 'silentPerAddress' | 'silent'>;

export class Crowd {
  readonly #limits: CrowdLimits;
  readonly #peers: Pick<Peers, 'isTrusted'>;
  readonly #addresses: Headcount;
  readonly #silentOf: Headcount;
  /** Connections that have not sent the head of a request, by their far end, oldest first. */
  readonly #silent = new Map<string, { readonly socket: Socket; readonly address: string }>();

  constructor(server: Server, peers: Pick<Peers, 'isTrusted'>, limits: CrowdLimits) {
    this.#limits = limits;
    this.#peers = peers;
    this.#addresses = new Headcount(limits.connectionsPerAddress);
    this.#silentOf = new Headcount(limits.silentPerAddress);
    server.on('connection', (socket: Socket) => this.#came(socket));
    // Before the listeners that serve the request. With TLS the socket of the request is another than the one that came.
    server.prependListener('request', ({ socket }: IncomingMessage) => this.#spoke(endOf(socket)));
    server.prependListener('upgrade', ({ socket }: IncomingMessage) => this.#spoke(endOf(socket)));
  }

  /** Connections that have not said what they want. */
  get silent(): number {
    return this.#silent.size;
  }

  #came(socket: Socket): void {
    const end = endOf(socket);
    const address = neighbourhoodOf(addressOf(socket));
    // A proxy brings everybody's connections, and has counted them itself.
    const isCounted = !this.#peers.isTrusted(addressOf(socket));
    if (isCounted && this.#addresses.isFull(address)) return void socket.destroy();
    if (isCounted && this.#silentOf.isFull(address)) this.#endOldest(address);
    else if (this.#silent.size >= this.#limits.silent) this.#endOldest(null);
    if (isCounted) this.#addresses.add(address);
    this.#silentOf.add(address);
    this.#silent.set(end, { socket, address });
    socket.once('close', () => {
      if (isCounted) this.#addresses.remove(address);
      if (this.#silent.get(end)?.socket === socket) this.#spoke(end);
    });
  }

  #spoke(end: string): void {
    const silent = this.#silent.get(end);
    if (silent === undefined) return;
    this.#silent.delete(end);
    this.#silentOf.remove(silent.address);
  }

  /** Honest ones say at once what they want: the oldest is the least likely to be one. */
  #endOldest(address: string | null): void {
    for (const [end, silent] of this.#silent)
      if (address === null || silent.address === address) {
        this.#spoke(end);
        silent.socket.destroy();
        return;
      }
  }
}

function addressOf({ remoteAddress }: Socket): string {
  return (remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/** No two connections have the same far end at the same time. */
function endOf(socket: Socket): string {
  return `${addressOf(socket)} ${socket.remotePort ?? 0}`;
}
