// Requests from outside as traces: those by HTTP, and those over sockets.
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Reply } from '../contract/reply.ts';
import type { HearQuery } from '../database/heard.ts';
import type { TraceHeaders, Tracing } from './tracing.ts';

/** Whose word counts: anybody else could have every request traced. */
export interface TrustedSenders {
  isTrusted(address: string): boolean;
}

/** Put before the routers. */
export function traceHttp(tracing: Tracing, senders: TrustedSenders): RequestHandler {
  return (request, response, next) => {
    const { method } = request;
    const span = tracing.begin(method, { 'http.request.method': method }, headersOf(request, senders));
    response.once('close', () => {
      const path: unknown = request.route?.path;
      const { statusCode } = response;
      const failed = statusCode >= 500;
      if (typeof path !== 'string') return span.end({ attributes: { 'http.response.status_code': statusCode }, failed });
      const route = `${request.baseUrl}${path}`;
      span.end({ name: `${method} ${route}`, attributes: { 'http.route': route, 'http.response.status_code': statusCode }, failed });
    });
    span.run(next);
  };
}

export type TraceSocket = (name: string, handshake: IncomingMessage, answer: () => Promise<Reply<unknown>>) => Promise<Reply<unknown>>;

/** `name` is that of a request of the contract, or `unknown`. */
export function traceSockets(tracing: Tracing, senders: TrustedSenders): TraceSocket {
  return async (name, handshake, answer) => {
    const span = tracing.begin(`socket ${name}`, { 'rpc.system': 'socket.io', 'rpc.method': name }, headersOf(handshake, senders));
    const reply = await span.run(answer);
    const outcome = reply.ok ? 'ok' : reply.code;
    span.end({ attributes: { 'auditoria.outcome': outcome }, failed: outcome === 'internal' });
    return reply;
  };
}

/** Queries as steps of the request that asked them; `hear` hears of each as before. */
export function alsoTraced(tracing: Tracing, hear: HearQuery): HearQuery {
  return (query) => {
    hear(query);
    const { kind, outcome, durationMs } = query;
    tracing.stepped(`db ${kind}`, { 'db.operation.name': kind, 'auditoria.outcome': outcome }, { durationMs, failed: outcome !== 'ok' });
  };
}

function headersOf({ headers, socket }: IncomingMessage, senders: TrustedSenders): TraceHeaders | null {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== 'string' || !senders.isTrusted(socket.remoteAddress ?? '')) return null;
  return { traceparent, tracestate: typeof tracestate === 'string' ? tracestate : undefined };
}
