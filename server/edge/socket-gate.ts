// Who may open a connection for a socket, how many from one address, and what flows through each. Rules H1, H2, H5 and H6.
import type { IncomingMessage } from 'node:http';
import { type Conn, type Cut, cutOff, watchFlow } from './flow.ts';
import { Headcount } from './headcount.ts';
import { neighbourhoodOf } from './neighbourhood.ts';
import type { SocketLimits } from './socket-limits.ts';

export interface SocketGateOptions {
  /** The same rule as for HTTP. */
  isOwnOrigin(request: IncomingMessage): boolean;
  addressOf(request: IncomingMessage): string;
  readonly limits: SocketLimits;
  /** The server has cut one off. */
  cut?(why: Cut): void;
}

interface Watched {
  /** Told in the turn in which the connection is cut off, while something can still be said. */
  readonly farewells: Set<(why: Cut) => void>;
  /** No longer one of those who have not shown a token. */
  spoke(): void;
  cut: Cut | null;
}

export class SocketGate {
  readonly #options: SocketGateOptions;
  readonly #addresses: Headcount;
  /** Connections that have not shown a token, by address, oldest first. */
  readonly #silent = new Map<string, Set<Conn>>();
  readonly #watched = new WeakMap<Conn, Watched>();

  constructor(options: SocketGateOptions) {
    this.#options = options;
    this.#addresses = new Headcount(options.limits.socketsPerAddress);
  }

  /** Asked before the handshake is answered; the answer no is 403. */
  admits(request: IncomingMessage): boolean {
    const { isOwnOrigin, addressOf } = this.#options;
    const address = neighbourhoodOf(addressOf(request));
    return isOwnOrigin(request) && !this.#addresses.isFull(address);
  }

  opened(conn: Conn): void {
    const address = neighbourhoodOf(this.#options.addressOf(conn.request));
    const spoke = () => this.#spoke(address, conn);
    this.#watched.set(conn, { farewells: new Set(), spoke, cut: null });
    this.#addresses.add(address);
    this.#waitFor(address, conn);
    conn.once('close', () => {
      spoke();
      this.#addresses.remove(address);
    });
    watchFlow(conn, this.#options.limits, (why) => this.cut(conn, why));
  }

  /** Honest ones show their token at once: the oldest gives way, lest one who shows none keeps out all behind the same address. */
  #waitFor(address: string, conn: Conn): void {
    const silent = this.#silent.get(address) ?? new Set();
    this.#silent.set(address, silent.add(conn));
    const [oldest] = silent;
    if (silent.size <= this.#options.limits.silentPerAddress || oldest === undefined) return;
    this.#spoke(address, oldest);
    oldest.close(true);
  }

  #spoke(address: string, conn: Conn): void {
    const silent = this.#silent.get(address);
    silent?.delete(conn);
    if (silent?.size === 0) this.#silent.delete(address);
  }

  /** A socket was opened on the connection. */
  carries(conn: Conn, farewell: (why: Cut) => void): void {
    const watched = this.#watched.get(conn);
    watched?.spoke();
    watched?.farewells.add(farewell);
  }

  /** Why the connection was cut off; null when it was not. */
  cutOf(conn: Conn): Cut | null {
    return this.#watched.get(conn)?.cut ?? null;
  }

  /** Safe twice. */
  cut(conn: Conn, why: Cut): void {
    const watched = this.#watched.get(conn);
    if (watched === undefined || watched.cut !== null) return;
    watched.cut = why;
    this.#options.cut?.(why);
    for (const farewell of watched.farewells) farewell(why);
    cutOff(conn, why);
  }
}
