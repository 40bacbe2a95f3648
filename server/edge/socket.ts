// The socket server: lets in who shows a room token, and carries requests to `answer`. Nothing a client sends gets past it unchecked or uncounted.
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type RefusalCode, Refused, type Reply } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { TraceSocket } from '../tracing/requests.ts';
import type { SocketServer } from './announcer.ts';
import { type AnswerOptions, answer, isRequestName, refusalOf } from './answer.ts';
import type { Conn, Cut } from './flow.ts';
import { Headcount } from './headcount.ts';
import { watchCloseCode } from './loss-cause.ts';
import { Pacing } from './pacing.ts';
import type { Claims } from './session.ts';
import type { SocketGate } from './socket-gate.ts';
import type { SocketLimits } from './socket-limits.ts';
import { type LineRooms, SocketLine } from './socket-line.ts';

/** Answers handshakes as soon as the HTTP server does; serves nobody before `listenToSockets`. */
export function openSocketServer(http: HttpServer, gate: SocketGate, limits: SocketLimits): SocketServer {
  const io: SocketServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: limits.maximumMessageBytes,
    allowRequest: (request, decide) => decide(null, gate.admits(request)),
    pingInterval: limits.heartbeatMs,
    pingTimeout: limits.answerHeartbeatWithinMs,
    connectTimeout: limits.openWithinMs,
  });
  io.engine.on('connection', (conn: Conn) => gate.opened(conn));
  return io;
}

/** Counts what happens on sockets. */
export interface SocketHearer {
  /** Names that do not exist are told as `unknown`. */
  answered(name: string, outcome: 'ok' | 'ignored' | RefusalCode, durationMs: number): void;
  /** A token was shown in a handshake. */
  shown(outcome: 'ok' | RefusalCode): void;
  cut(why: Cut): void;
}

export interface SocketOptions {
  readonly gate: SocketGate;
  readonly limits: SocketLimits;
  readonly handlers: AnswerOptions['handlers'];
  readonly rooms: LineRooms & Pick<AnswerOptions, 'mayDo'>;
  readonly tokens: { verifyRoom(token: string): Claims };
  addressOf(request: IncomingMessage): string;
  readonly clock: Clock;
  readonly log: Log;
  /** For the metrics. */
  readonly hearer?: SocketHearer;
  /** Where it is told what a request did, step by step. */
  readonly traced?: TraceSocket;
}

const Auth = z.object({ token: z.string().max(4096) });

/** When somebody whose sockets are all taken may try again: a dead one is found by then. */
const socketsFullRetryMs = 20_000;

export function listenToSockets(io: SocketServer, options: SocketOptions): void {
  const { rooms, tokens, addressOf, clock, log, limits, gate, hearer } = options;
  const persons = new Headcount(limits.socketsPerPerson);
  const pacing = new Pacing(limits);
  const claimsOf = new WeakMap<Socket, Claims>();

  io.use((socket, next) => {
    try {
      const auth = Auth.safeParse(socket.handshake.auth);
      if (!auth.success) throw new Refused('not-signed-in', 'the handshake carries no token');
      const claims = tokens.verifyRoom(auth.data.token);
      if (persons.isFull(claims.personId)) throw new Refused('too-many-requests', 'too many sockets', { retryAfterMs: socketsFullRetryMs });
      claimsOf.set(socket, claims);
      hearer?.shown('ok');
      next();
    } catch (error) {
      if (!(error instanceof Refused)) log.error({ error }, 'The handshake of a socket failed');
      const refused = error instanceof Refused ? error : new Refused('internal', 'the server failed');
      hearer?.shown(refused.code);
      // socket.io passes `data` to the client and nothing else of the error.
      next(Object.assign(new Error(refused.code), { data: refusalOf(refused) }));
    }
  });

  io.on('connection', (socket) => {
    const claims = claimsOf.get(socket);
    const address = addressOf(socket.request);
    // Several handshakes at the same moment have all found room.
    if (claims === undefined || persons.isFull(claims.personId)) return void socket.disconnect(true);
    const { personId, lessonId } = claims;
    persons.add(personId);
    const failed = (error: unknown) => log.error({ error, personId, lessonId }, 'A lost socket could not be dealt with');
    const closeCode = watchCloseCode(socket);
    const line = new SocketLine(io, socket, claims, address, rooms, failed);
    gate.carries(socket.conn, (why) => {
      log.warn({ personId, lessonId, address, why }, 'A socket was cut off');
      // Who is slow comes back by itself; who asks too much would only go on.
      if (why === 'too-much') socket.emit('notices', [{ type: 'ended', reason: why }]);
    });
    const late = clock.after(limits.joinWithinMs, () => {
      if (line.session.phase === 'greeting') socket.disconnect(true);
    });
    socket.on('disconnect', (reason) => {
      late.cancel();
      persons.remove(personId);
      if (gate.cutOf(socket.conn) === 'too-slow') line.tooSlow();
      else line.lost(reason, closeCode());
      // A connection without a socket would be counted for nobody.
      socket.conn.close();
    });
    hear(socket, line, pacing, options);
  });
}

function hear(socket: Socket, line: SocketLine, pacing: Pacing, { handlers, rooms, log, gate, hearer, traced }: SocketOptions): void {
  const { personId, lessonId } = line.session.claims;
  let isJoining = false;
  const answering: AnswerOptions = {
    handlers,
    mayDo: (ref, action) => rooms.mayDo(ref, action),
    failed: (request, error) => log.error({ error, request, personId, lessonId }, 'A request of a socket failed'),
  };

  async function answerInTurn(name: string, payload: unknown): Promise<Reply<unknown>> {
    if (!isRequestName(name)) return { ok: false, code: 'bad-request', message: 'no such request' };
    if (name !== 'room:join') return answer(answering, name, payload, line.session, line);
    if (isJoining) return { ok: false, code: 'wrong-phase', message: 'a join is under way' };
    isJoining = true;
    return answer(answering, name, payload, line.session, line).finally(() => {
      isJoining = false;
    });
  }

  async function reply(name: string, payload: unknown): Promise<Reply<unknown>> {
    const pace = pacing.ask(name, { personId, lessonId }, performance.now());
    if (pace.verdict === 'go') return answerInTurn(name, payload).finally(() => pacing.answered(personId));
    if (pace.verdict === 'out') gate.cut(socket.conn, 'too-much');
    const details = pace.verdict === 'wait' ? { details: { retryAfterMs: pace.retryAfterMs } } : {};
    return { ok: false, code: 'too-many-requests', message: 'slower, please', ...details };
  }

  socket.onAny((event: unknown, ...args: unknown[]) => {
    const began = performance.now();
    const name = typeof event === 'string' && isRequestName(event) ? event : 'unknown';
    const acknowledge = args.at(-1);
    // Whoever does not want to know gets nothing done: every request of ours is acknowledged.
    if (typeof acknowledge !== 'function' || args.length > 2) {
      hearer?.answered(name, 'ignored', 0);
      if (!pacing.bears(personId, began)) gate.cut(socket.conn, 'too-much');
      return;
    }
    const work = () => reply(name, args.length === 2 ? args[0] : undefined);
    void (traced?.(name, socket.request, work) ?? work()).then((answer) => {
      hearer?.answered(name, answer.ok ? 'ok' : answer.code, performance.now() - began);
      acknowledge(answer);
    });
  });
}
