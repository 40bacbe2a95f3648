// What one person and one address may use of the web server. Rules H10 to H13.
import type { Pace } from './token-bucket.ts';

export interface HttpLimits {
  /** Requests of one address, health checks too, but not for the client's hashed files. High, because a whole university may come from one address. */
  readonly perAddress: Pace;
  /** A page that lacks one of its files does not work, and after an update everybody needs all of them. */
  readonly filesPerAddress: Pace;
  /** Calls of those who are not signed in, of one address. */
  readonly strangersPerAddress: Pace;
  /** Calls of one person, whatever the number of sessions. */
  readonly perPerson: Pace;
  /** Calls that are not answered yet. */
  readonly unansweredPerPerson: number;
  readonly unansweredOfStrangersPerAddress: number;
  /** TCP connections of one address; those of trusted proxies are not counted. */
  readonly connectionsPerAddress: number;
  /** TCP connections that have not sent the head of a request yet: of one address, and of all. The oldest goes for the newest. */
  readonly silentPerAddress: number;
  readonly silent: number;
  readonly connections: number;
  /** For the head of a request, and for all of it. */
  readonly headWithinMs: number;
  readonly requestWithinMs: number;
  /** For the handshake of TLS. */
  readonly secureWithinMs: number;
  /** Who takes nothing of an answer for so long, and sends nothing either, is gone. */
  readonly idleMs: number;
  readonly headBytes: number;
  readonly headers: number;
}

export const usualHttpLimits: HttpLimits = {
  perAddress: { burst: 20_000, perSecond: 2000 },
  filesPerAddress: { burst: 500_000, perSecond: 10_000 },
  strangersPerAddress: { burst: 10_000, perSecond: 500 },
  perPerson: { burst: 600, perSecond: 60 },
  unansweredPerPerson: 60,
  unansweredOfStrangersPerAddress: 1000,
  connectionsPerAddress: 20_000,
  silentPerAddress: 500,
  silent: 4000,
  connections: 30_000,
  headWithinMs: 15_000,
  requestWithinMs: 60_000,
  secureWithinMs: 15_000,
  idleMs: 300_000,
  headBytes: 16_384,
  headers: 100,
};
