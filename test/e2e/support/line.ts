// A line between a browser and the server that a test can cut and mend, as a pulled cable does it.
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Line {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #state: { isCut: boolean };

  private constructor(url: string, server: Server, sockets: Set<Socket>, state: { isCut: boolean }) {
    this.url = url;
    this.#server = server;
    this.#sockets = sockets;
    this.#state = state;
  }

  /** A new address that leads to the server. */
  static open(to: string): Promise<Line> {
    const sockets = new Set<Socket>();
    const state = { isCut: false };
    const server = createServer((near) => {
      if (state.isCut) {
        near.destroy();
        return;
      }
      const far = connect(Number(new URL(to).port), '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    return new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address !== 'object' || address === null) throw new Error('The line has no port');
        done(new Line(`http://localhost:${address.port}`, server, sockets, state));
      });
    });
  }

  /** Nothing gets through any more, in either direction. */
  cut(): void {
    this.#state.isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#state.isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
