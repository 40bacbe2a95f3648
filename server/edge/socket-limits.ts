// What one socket, one person, one room and one address may use of the server by sockets, so that a bad client harms nobody but itself. Rules H1 to H9.
import type { RequestName } from '../contract/index.ts';
import type { Pace } from './token-bucket.ts';

/** How often requests may come: for one person, whatever the number of sockets; and for all of a room together. */
export interface Paces {
  readonly person: Readonly<Partial<Record<RequestName, Pace>>>;
  /** For all requests of a person that are not named, and all that do not exist. */
  readonly others: Pace;
  readonly room: Readonly<Partial<Record<RequestName, Pace>>>;
  /** Refused requests that a person's sockets survive. */
  readonly patience: Pace;
}

export interface SocketLimits {
  readonly maximumMessageBytes: number;
  /** A connection that opens no socket by then is closed. */
  readonly openWithinMs: number;
  /** A socket that has not joined by then is closed. */
  readonly joinWithinMs: number;
  /** The server asks for a sign of life so often, and waits so long for it. */
  readonly heartbeatMs: number;
  readonly answerHeartbeatWithinMs: number;
  readonly socketsPerPerson: number;
  /** High: a whole university may come from one address, and once more while those that were cut off are not known to be dead. */
  readonly socketsPerAddress: number;
  /** Connections of one address that have not shown a token yet; the oldest goes for the newest. */
  readonly silentPerAddress: number;
  /** What is asked at the same moment by all sockets of one person and not answered yet. */
  readonly unansweredPerPerson: number;
  /** What one connection may send, of whatever kind, before anything of it is looked at: packets, and bytes. */
  readonly packets: Pace;
  readonly bytes: Pace;
  /** What may wait in memory for a connection that takes nothing, beside the message that it is taking. */
  readonly waitingBytes: number;
  /** How long a connection may take nothing of what it was sent, and how fast it must at least take a long message. */
  readonly unreadMs: number;
  readonly slowestBytesPerSecond: number;
  readonly paces: Paces;
}

export const usualPaces: Paces = {
  person: {
    // Each of these is an entry of the trace, and all but the first few in a minute come of no human hand.
    'room:join': { burst: 20, perSecond: 0.5 },
    // In a large class the whole list of people, packed.
    'room:rest': { burst: 10, perSecond: 0.5 },
    'room:page-seen': { burst: 10, perSecond: 0.2 },
    'room:raise-hand': { burst: 20, perSecond: 1 },
    'media:publish': { burst: 24, perSecond: 1 },
    'media:unpublish': { burst: 24, perSecond: 1 },
    'media:pause': { burst: 40, perSecond: 2 },
    'media:resume': { burst: 40, perSecond: 2 },
    // Kept in the database for ever.
    'chat:post': { burst: 10, perSecond: 2 },
    'recording:mark': { burst: 10, perSecond: 0.5 },
    // Costly: for a media worker, for a disk, for everybody in the room.
    'media:open': { burst: 24, perSecond: 1 },
    'media:connect': { burst: 24, perSecond: 1 },
    'media:restart-ice': { burst: 16, perSecond: 0.5 },
    'media:catch-up': { burst: 16, perSecond: 0.5 },
    'media:still': { burst: 6, perSecond: 1 },
    // Each device tells every ten seconds.
    'media:report': { burst: 16, perSecond: 1 },
    'media:receive': { burst: 24, perSecond: 1 },
    'recording:start': { burst: 4, perSecond: 0.1 },
    'recording:pause': { burst: 10, perSecond: 0.5 },
    'recording:resume': { burst: 10, perSecond: 0.5 },
    'recording:stop': { burst: 4, perSecond: 0.1 },
    'room:extend': { burst: 4, perSecond: 0.1 },
    'check:start': { burst: 4, perSecond: 0.2 },
    'check:withdraw': { burst: 4, perSecond: 0.2 },
    'check:answer': { burst: 8, perSecond: 1 },
    'room:react': { burst: 5, perSecond: 5 },
    // Comes in storms: a page is turned, a class is entered.
    'media:view': { burst: 40, perSecond: 20 },
    'media:ready': { burst: 600, perSecond: 60 },
  },
  others: { burst: 120, perSecond: 30 },
  room: {
    // Each goes to everybody in the room.
    'chat:post': { burst: 100, perSecond: 20 },
    'room:react': { burst: 200, perSecond: 40 },
  },
  patience: { burst: 200, perSecond: 5 },
};

export const defaultLimits: SocketLimits = {
  maximumMessageBytes: 100_000,
  openWithinMs: 10_000,
  joinWithinMs: 30_000,
  heartbeatMs: 10_000,
  answerHeartbeatWithinMs: 10_000,
  socketsPerPerson: 8,
  socketsPerAddress: 16_000,
  silentPerAddress: 1000,
  unansweredPerPerson: 200,
  packets: { burst: 2000, perSecond: 300 },
  bytes: { burst: 4_000_000, perSecond: 500_000 },
  waitingBytes: 512 * 1024,
  unreadMs: 30_000,
  slowestBytesPerSecond: 4000,
  paces: usualPaces,
};

/** For tests: some limits are others than usual. */
export type OtherLimits = Partial<Omit<SocketLimits, 'paces'>> & { readonly paces?: Partial<Paces> };

export function limitsWith({ paces, ...others }: OtherLimits = {}): SocketLimits {
  return { ...defaultLimits, ...others, paces: { ...usualPaces, ...paces } };
}
