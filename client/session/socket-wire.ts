// The wire over socket.io.
import { io, type Socket } from 'socket.io-client';
import type { RequestInput, RequestName, RequestOutput } from '../../server/contract/index.ts';
import { RefusalCode, RefusalDetails, type Reply } from '../../server/contract/reply.ts';
import { type Outcome, offline, outcomeOf } from './outcome.ts';
import type { OpenWire, Wire, WireEvents } from './wire.ts';

const answerWithinMs = 10_000;

export const openSocketWire: OpenWire = (token, events) => {
  // Websocket first: long polling only where a proxy forbids it, at the price of slower notices.
  const socket: Socket = io({
    auth: { token },
    reconnection: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 8_000,
  });
  return new SocketWire(socket, events);
};

class SocketWire implements Wire {
  readonly #socket: Socket;
  #closed = false;

  constructor(socket: Socket, events: WireEvents) {
    this.#socket = socket;
    socket.on('connect', () => {
      if (!this.#closed) events.opened();
    });
    socket.on('notices', (batch) => {
      if (!this.#closed) events.notices(batch);
    });
    socket.on('connect_error', (error) => {
      if (this.#closed) return;
      this.close();
      const refusal = refusalOf(error);
      if (refusal) events.refused(refusal.code, refusal.details);
      else events.lost();
    });
    socket.on('disconnect', () => {
      if (this.#closed) return;
      this.#closed = true;
      events.lost();
    });
  }

  async send<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Outcome<RequestOutput<N>>> {
    if (this.#closed || !this.#socket.connected) return offline;
    try {
      const reply: Reply<RequestOutput<N>> = await this.#socket.timeout(answerWithinMs).emitWithAck(name, input);
      return outcomeOf(reply);
    } catch {
      // emitWithAck rejects only when the time is over or the socket is gone: both are "not known".
      return offline;
    }
  }

  close(): void {
    this.#closed = true;
    this.#socket.disconnect();
  }

  drop(): void {
    this.#closed = true;
    // Closing the engine under the socket sends no farewell, as a cable that is pulled does not.
    this.#socket.io.engine.close();
  }
}

/** A middleware's refusal travels in `data`; any other error is a broken line. */
function refusalOf(error: Error): { code: RefusalCode; details: RefusalDetails | undefined } | undefined {
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined;
  const code = RefusalCode.safeParse('code' in error.data ? error.data.code : undefined);
  if (!code.success) return undefined;
  const details = RefusalDetails.safeParse('details' in error.data ? error.data.details : undefined);
  return { code: code.data, details: details.data };
}
