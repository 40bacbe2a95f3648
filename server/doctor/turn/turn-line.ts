// A line to a STUN or TURN server by UDP, TCP or TLS: asks it, and gives the answer that belongs to the question.
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type Answer, readAnswer } from './stun-message.ts';

export interface RelayAddress {
  readonly protocol: 'udp' | 'tcp' | 'tls';
  readonly host: string;
  readonly port: number;
}

export interface TurnLine {
  /** Rejects when no answer comes. */
  ask(message: { readonly bytes: Buffer; readonly transaction: string }): Promise<Answer>;
  close(): void;
}

/** In which a packet that was lost may be sent again twice (RFC 8489, 6.2.1). */
const answersWithinMs = 4_000;
const sentAgainMs = [500, 1500];

/** RFC 7065: `turns` is TLS on TCP; without a transport it is UDP. */
export function relayAddress(url: string): RelayAddress | null {
  const found = /^(stuns?|turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url);
  if (found === null) return null;
  const [, scheme = '', host = '', port, transport] = found;
  const isSecure = scheme.endsWith('s');
  const protocol = isSecure ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp';
  return { protocol, host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? (isSecure ? 5349 : 3478)) };
}

export function openTurnLine(to: RelayAddress): Promise<TurnLine> {
  return to.protocol === 'udp' ? openUdp(to) : openStream(to);
}

class Questions {
  readonly #asked = new Map<string, (answer: Answer | Error) => void>();

  wait(transaction: string, clean: () => void): Promise<Answer> {
    return new Promise((done, fail) => {
      const end = (answer: Answer | Error): void => {
        this.#asked.delete(transaction);
        clearTimeout(timer);
        clean();
        if (answer instanceof Error) fail(answer);
        else done(answer);
      };
      const timer = setTimeout(() => end(new Error('no answer')), answersWithinMs);
      this.#asked.set(transaction, end);
    });
  }

  answered(answer: Answer): void {
    this.#asked.get(answer.transaction)?.(answer);
  }

  failed(error: Error): void {
    for (const end of [...this.#asked.values()]) end(error);
  }
}

async function openUdp({ host, port }: RelayAddress): Promise<TurnLine> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  const questions = new Questions();
  socket.on('message', (bytes) => {
    const read = readAnswer(bytes);
    if (read !== null) questions.answered(read.answer);
  });
  socket.on('error', (error) => questions.failed(error));
  await new Promise<void>((done) => socket.connect(port, address, () => done()));
  return {
    ask({ bytes, transaction }) {
      const send = () => socket.send(bytes, (error) => error && questions.failed(error));
      const timers = sentAgainMs.map((ms) => setTimeout(send, ms));
      send();
      return questions.wait(transaction, () => {
        for (const timer of timers) clearTimeout(timer);
      });
    },
    close: () => socket.close(),
  };
}

async function openStream({ protocol, host, port }: RelayAddress): Promise<TurnLine> {
  const socket = await connected(protocol, host, port);
  const questions = new Questions();
  let waiting = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let read = readAnswer(waiting); read !== null; read = readAnswer(waiting)) {
      waiting = waiting.subarray(read.length);
      questions.answered(read.answer);
    }
  });
  socket.on('error', (error) => questions.failed(error));
  socket.on('close', () => questions.failed(new Error('the line was closed')));
  return {
    ask({ bytes, transaction }) {
      const answer = questions.wait(transaction, () => undefined);
      socket.write(bytes);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

function connected(protocol: 'udp' | 'tcp' | 'tls', host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const ready = () => {
      socket.off('error', failed);
      socket.setTimeout(0);
      done(socket);
    };
    const failed = (error: Error) => {
      socket.destroy();
      fail(error);
    };
    const socket: Socket =
      protocol === 'tls'
        ? connectSecurely({ host, port, ...(isIP(host) === 0 && { servername: host }) }, ready)
        : connect({ host, port }, ready);
    socket.once('error', failed);
    socket.setTimeout(answersWithinMs, () => failed(new Error('no answer')));
  });
}
