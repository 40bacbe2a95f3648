// What the session needs of a socket: open once, send with an answer, hear notices, close. Retrying is not its business.
import type { RequestInput, RequestName, RequestOutput } from '../../server/contract/index.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { RefusalCode, RefusalDetails } from '../../server/contract/reply.ts';
import type { Outcome } from './outcome.ts';

/** Exactly one of `refused` and `lost` is told, at most once, and nothing after it. */
export interface WireEvents {
  readonly opened: () => void;
  /** The server answered the handshake with a refusal. */
  readonly refused: (code: RefusalCode, details: RefusalDetails | undefined) => void;
  /** Not opened, or open and then broken. */
  readonly lost: () => void;
  readonly notices: (batch: readonly Notice[]) => void;
}

export interface Wire {
  /** Resolves always; with `offline` when the answer does not come in time. */
  send<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Outcome<RequestOutput<N>>>;
  /** Says goodbye: the server takes it that the page was closed. No event is told after it. */
  close(): void;
  /** Breaks off without a goodbye: the server keeps the seat. No event is told after it. */
  drop(): void;
}

export type OpenWire = (token: string, events: WireEvents) => Wire;
