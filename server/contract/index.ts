// Collects all socket requests; the types of server, client and handlers are derived from here.
import type { z } from 'zod';
import { chatRequests } from './chat.ts';
import { mediaRequests } from './media.ts';
import type { Notice } from './notices.ts';
import { presenceCheckRequests } from './presence-check.ts';
import { qualityReportRequests } from './quality-report.ts';
import type { Reply } from './reply.ts';
import { roomRequests } from './room.ts';

export { protocolVersion } from './protocol-version.ts';

/** Every request a socket may carry: acknowledged, with one payload and one `Reply`. */
export const requests = { ...roomRequests, ...chatRequests, ...mediaRequests, ...presenceCheckRequests, ...qualityReportRequests } as const;
export type Requests = typeof requests;
export type RequestName = keyof Requests;
/** What a client sends, before the schema has filled in defaults. */
export type RequestInput<N extends RequestName> = z.input<Requests[N]['input']>;
/** What a handler gets, after the schema. */
export type ParsedInput<N extends RequestName> = z.output<Requests[N]['input']>;
export type RequestOutput<N extends RequestName> = z.output<Requests[N]['output']>;

export type ClientToServer = {
  [N in RequestName]: (input: RequestInput<N>, acknowledge: (reply: Reply<RequestOutput<N>>) => void) => void;
};

/** Notices come in batches so that a storm of joins costs one message, not hundreds. */
export type ServerToClient = { notices: (batch: readonly Notice[]) => void };
