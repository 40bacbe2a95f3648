// The only wrapper around handlers of socket requests: parse, check phase and right, await, catch, reply.
import type { z } from 'zod';
import { type ParsedInput, type RequestName, type RequestOutput, requests } from '../contract/index.ts';
import { type RefusalCode, Refused, type Reply } from '../contract/reply.ts';
import type { Action } from '../contract/room.ts';
import { isDatabaseAway } from '../database/away.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { Phase, Session, SessionIn } from './session.ts';

/** What a handler may know of, and do to, the socket that asks. */
export interface Line {
  /** New for each socket. */
  readonly id: string;
  readonly address: string;
  /** Moves the socket to its next phase; requests that come later are checked against it. */
  enter(session: Session): void;
}

/** `handle` is only called in one of `phases`, with checked input, and when the connection may do `action`. It throws `Refused`; all else it throws is our fault. */
export interface Handler<N extends RequestName, P extends Phase = Phase> {
  readonly phases: readonly P[];
  readonly action?: Action;
  handle(input: ParsedInput<N>, session: SessionIn<P>, line: Line): Promise<RequestOutput<N>>;
}

/** One module's handlers. The tables of all modules together must cover every request, or they do not compile. */
export type Handlers<N extends RequestName, P extends Phase = Phase> = { readonly [K in N]: Handler<K, P> };

export interface AnswerOptions {
  readonly handlers: Handlers<RequestName>;
  mayDo(ref: ConnectionRef, action: Action): boolean;
  /** Something that is our fault: to be logged whole. */
  failed(name: RequestName, error: unknown): void;
}

type Schemas = { readonly [N in RequestName]: { readonly input: z.ZodType<ParsedInput<N>> } };
const schemas: Schemas = requests;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

const refuse = (code: RefusalCode, message: string): Reply<never> => ({ ok: false, code, message });

/** Never throws. */
export async function answer<N extends RequestName>(
  options: AnswerOptions,
  name: N,
  payload: unknown,
  session: Session,
  line: Line,
): Promise<Reply<RequestOutput<N>>> {
  const handler: Handler<N> = options.handlers[name];
  const parsed = schemas[name].input.safeParse(payload);
  if (!parsed.success) return refuse('bad-request', 'the payload does not have the shape of this request');
  if (!handler.phases.includes(session.phase)) return refuse('wrong-phase', `not in phase ${session.phase}`);
  if (handler.action !== undefined && !(session.phase === 'in-room' && options.mayDo(session.connection, handler.action)))
    return refuse('not-allowed', `needs the right to ${handler.action}`);
  try {
    return { ok: true, value: await handler.handle(parsed.data, session, line) };
  } catch (error) {
    if (error instanceof Refused) return refusalOf(error);
    if (isDatabaseAway(error)) return refuse('database-away', 'the database is away for now');
    options.failed(name, error);
    return refuse('internal', 'the server failed');
  }
}

export function refusalOf(error: Refused): Reply<never> {
  const { code, message, details } = error;
  return { ok: false, code, message, ...(details === undefined ? {} : { details }) };
}
