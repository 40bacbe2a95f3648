// The TCP connections of the web server, counted so that stopping need not wait for those who do nothing or do not answer.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** For answers and farewells that are on their way. */
const farewellMs = 1000;

export class Connections {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #served: Promise<void> | null = null;

  constructor(server: Server) {
    this.#server = server;
    // Node's own lists know neither sockets that were upgraded nor those whose TLS handshake is not over.
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Nobody new comes in; requests are still answered. Safe twice. */
  stopListening(): void {
    this.#served ??= new Promise((done) => void this.#server.close(() => done()));
  }

  /** Ends what does not end by itself within a second. */
  async end(): Promise<void> {
    this.stopListening();
    this.#server.closeAllConnections();
    const late = setTimeout(() => {
      for (const socket of this.#open) socket.destroy();
    }, farewellMs);
    await this.#served;
    clearTimeout(late);
  }
}
