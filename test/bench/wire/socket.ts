// The least of a socket.io client that speaks over one WebSocket: hundreds of them fit into one process.
// Protocols: engine.io 4 and socket.io 5, without binary and without polling.

/** First signs of engine.io's packets, and of socket.io's within its messages. */
const ping = '2';
const pong = '3';
const connectPacket = '40';
const refusedPacket = '44';
const eventPacket = '42';
const answerPacket = '43';

export class WireSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { readonly answered: (json: string) => void; readonly lost: (error: Error) => void }>();
  #next = 0;
  /** Each event as it came: JSON of its name and what belongs to it. */
  onEvent: (json: string) => void = () => undefined;
  onClosed: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @param url of the server, http:// */
  static open(url: string, auth: object): Promise<WireSocket> {
    const raw = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const socket = new WireSocket(raw);
    return new Promise((opened, refused) => {
      raw.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string') return;
        if (data.startsWith('0')) raw.send(`${connectPacket}${JSON.stringify(auth)}`);
        else if (data.startsWith(connectPacket)) opened(socket);
        else if (data.startsWith(refusedPacket)) refused(new Error(`The socket was refused: ${data.slice(2)}`));
        else socket.#hear(data);
      });
      raw.addEventListener('error', () => refused(new Error('The socket failed.')));
      raw.addEventListener('close', () => {
        refused(new Error('The socket was closed.'));
        socket.#lost();
      });
    });
  }

  /** The answer is what the caller says it is: only our own servers are asked. */
  ask<T>(name: string, input: unknown): Promise<T> {
    this.#next += 1;
    const id = this.#next;
    this.#socket.send(`${eventPacket}${id}${JSON.stringify([name, input])}`);
    return new Promise((done, lost) => {
      const answered = (json: string): void => {
        const [answer]: [T] = JSON.parse(json);
        done(answer);
      };
      this.#waiting.set(id, { answered, lost });
    });
  }

  close(): void {
    this.#socket.close();
  }

  #hear(packet: string): void {
    if (packet === ping) return this.#socket.send(pong);
    if (packet.startsWith(answerPacket)) return this.#answer(packet);
    if (packet.startsWith(eventPacket)) this.onEvent(packet.slice(eventPacket.length));
  }

  #answer(packet: string): void {
    const begin = packet.indexOf('[');
    const id = Number(packet.slice(answerPacket.length, begin));
    this.#waiting.get(id)?.answered(packet.slice(begin));
    this.#waiting.delete(id);
  }

  #lost(): void {
    for (const { lost } of this.#waiting.values()) lost(new Error('The socket was closed.'));
    this.#waiting.clear();
    this.onClosed();
  }
}
