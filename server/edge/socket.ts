// The socket server: lets in who shows a room token, and carries requests to `answer`. Nothing a client sends gets past it unchecked or uncounted.
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type RefusalCode, Refused, type Reply } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { SocketServer } from './announcer.ts';
import { type AnswerOptions, answer, isRequestName } from './answer.ts';
import { watchCloseCode } from './loss-cause.ts';
import type { Claims } from './session.ts';
import { defaultLimits, Headcount, Pacing, type SocketLimits } from './socket-limits.ts';
import { type LineRooms, SocketLine } from './socket-line.ts';

export interface SocketServerOptions {
  /** The same rule as for HTTP; a handshake from elsewhere is answered 403. */
  isOwnOrigin(request: IncomingMessage): boolean;
  readonly limits?: Partial<SocketLimits>;
}

/** Answers handshakes as soon as the HTTP server does; serves nobody before `listenToSockets`. */
export function openSocketServer(http: HttpServer, { isOwnOrigin, limits }: SocketServerOptions): SocketServer {
  const { maximumMessageBytes, heartbeatMs, answerHeartbeatWithinMs } = { ...defaultLimits, ...limits };
  return new Server(http, {
    serveClient: false,
    maxHttpBufferSize: maximumMessageBytes,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request)),
    pingInterval: heartbeatMs,
    pingTimeout: answerHeartbeatWithinMs,
    connectTimeout: 10_000,
  });
}

export interface SocketOptions {
  readonly handlers: AnswerOptions['handlers'];
  readonly rooms: LineRooms & Pick<AnswerOptions, 'mayDo'>;
  readonly tokens: { verifyRoom(token: string): Claims };
  addressOf(request: IncomingMessage): string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<SocketLimits>;
  /** For the metrics; names that do not exist are counted as `unknown`. */
  answered?(name: string, outcome: 'ok' | 'ignored' | RefusalCode, durationMs: number): void;
}

const Auth = z.object({ token: z.string().max(4096) });

export function listenToSockets(io: SocketServer, options: SocketOptions): void {
  const { rooms, tokens, addressOf, clock, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const persons = new Headcount(limits.socketsPerPerson);
  const addresses = new Headcount(limits.socketsPerAddress);
  const claimsOf = new WeakMap<Socket, Claims>();

  io.use((socket, next) => {
    try {
      const auth = Auth.safeParse(socket.handshake.auth);
      if (!auth.success) throw new Refused('not-signed-in', 'the handshake carries no token');
      const claims = tokens.verifyRoom(auth.data.token);
      if (persons.isFull(claims.personId) || addresses.isFull(addressOf(socket.request)))
        throw new Refused('too-many-requests', 'too many sockets');
      claimsOf.set(socket, claims);
      next();
    } catch (error) {
      if (!(error instanceof Refused)) log.error({ error }, 'a handshake failed');
      const { code, message } = error instanceof Refused ? error : new Refused('internal', 'the server failed');
      // socket.io passes `data` to the client and nothing else of the error.
      next(Object.assign(new Error(code), { data: { code, message } }));
    }
  });

  io.on('connection', (socket) => {
    const claims = claimsOf.get(socket);
    const address = addressOf(socket.request);
    // Several handshakes at the same moment have all found room.
    if (claims === undefined || persons.isFull(claims.personId) || addresses.isFull(address)) return void socket.disconnect(true);
    const { personId, lessonId } = claims;
    persons.add(personId);
    addresses.add(address);
    const failed = (error: unknown) => log.error({ error, personId, lessonId }, 'a lost socket could not be dealt with');
    const closeCode = watchCloseCode(socket);
    const line = new SocketLine(io, socket, claims, address, rooms, failed);
    const late = clock.after(limits.joinWithinMs, () => {
      if (line.session.phase === 'greeting') socket.disconnect(true);
    });
    socket.on('disconnect', (reason) => {
      late.cancel();
      persons.remove(personId);
      addresses.remove(address);
      line.lost(reason, closeCode());
    });
    hear(socket, line, options, limits);
  });
}

function hear(socket: Socket, line: SocketLine, options: SocketOptions, limits: SocketLimits): void {
  const { handlers, rooms, log, answered } = options;
  const { personId, lessonId } = line.session.claims;
  const pacing = new Pacing(limits.patience, performance.now());
  let isJoining = false;
  const answering: AnswerOptions = {
    handlers,
    mayDo: (ref, action) => rooms.mayDo(ref, action),
    failed: (request, error) => log.error({ error, request, personId, lessonId }, 'a request failed'),
  };

  async function reply(name: string, payload: unknown): Promise<Reply<unknown>> {
    const pace = pacing.ask(name, performance.now());
    if (pace.verdict === 'out') {
      log.warn({ personId, lessonId, address: line.address }, 'a socket was closed for asking too much');
      socket.disconnect(true);
    }
    if (pace.verdict !== 'go') {
      const details = pace.verdict === 'wait' ? { details: { retryAfterMs: pace.retryAfterMs } } : {};
      return { ok: false, code: 'too-many-requests', message: 'slower, please', ...details };
    }
    if (!isRequestName(name)) return { ok: false, code: 'bad-request', message: 'no such request' };
    if (name !== 'room:join') return answer(answering, name, payload, line.session, line);
    if (isJoining) return { ok: false, code: 'wrong-phase', message: 'a join is under way' };
    isJoining = true;
    return answer(answering, name, payload, line.session, line).finally(() => {
      isJoining = false;
    });
  }

  socket.onAny((event: unknown, ...args: unknown[]) => {
    const began = performance.now();
    const name = typeof event === 'string' && isRequestName(event) ? event : 'unknown';
    const acknowledge = args.at(-1);
    // Whoever does not want to know gets nothing done: every request of ours is acknowledged.
    if (typeof acknowledge !== 'function' || args.length > 2) return answered?.(name, 'ignored', 0);
    void reply(name, args.length === 2 ? args[0] : undefined).then((answer) => {
      answered?.(name, answer.ok ? 'ok' : answer.code, performance.now() - began);
      acknowledge(answer);
    });
  });
}
