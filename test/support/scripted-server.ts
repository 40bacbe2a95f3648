// A real HTTP server on a free port that takes what it is sent, or behaves as badly as it is told to: for tests of whoever sends.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

export type Behaviour =
  /** Answers, and takes nothing. */
  | Answer
  /** Takes nothing and never answers. */
  | 'hang'
  /** Takes nothing and cuts the line. */
  | 'drop'
  /** Takes it, and cuts the line before the answer. */
  | 'take-and-drop'
  /** Takes it, and never answers. */
  | 'take-and-hang'
  /** Takes it, and answers when `release` is called. */
  | 'take-late';

export class ScriptedServer {
  readonly port: number;
  /** What it does with the next requests, one after the other; after them what `always` says. */
  readonly script: Behaviour[] = [];
  always: Behaviour | 'take' = 'take';
  /** How many requests came. */
  requests = 0;
  readonly #server: Server;
  #late: (() => void)[] = [];
  #waiting: { readonly count: number; readonly done: () => void }[] = [];

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @param take of a request that is taken: keeps it, and says what is answered */
  static async open(take: (body: string, headers: IncomingHttpHeaders, url: string) => Answer): Promise<ScriptedServer> {
    const server = createServer((request, response) => {
      void read(request).then((body) => {
        opened?.behave(() => take(body, request.headers, request.url ?? ''), response);
      });
    });
    let opened: ScriptedServer | null = null;
    const port = await new Promise<number>((listening) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    opened = new ScriptedServer(server, port);
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  behave(take: () => Answer, response: ServerResponse): void {
    this.requests += 1;
    const behaviour = this.script.shift() ?? this.always;
    if (behaviour === 'take') reply(response, take());
    else if (behaviour === 'take-late') {
      const answer = take();
      this.#late.push(() => reply(response, answer));
    } else if (behaviour === 'take-and-drop' || behaviour === 'take-and-hang') {
      take();
      if (behaviour === 'take-and-drop') response.destroy();
    } else if (behaviour === 'drop') response.destroy();
    else if (behaviour !== 'hang') reply(response, behaviour);
    for (const one of this.#waiting.filter(({ count }) => this.requests >= count)) one.done();
    this.#waiting = this.#waiting.filter(({ count }) => this.requests < count);
  }

  /** Resolves when so many requests have come, since it was opened. */
  reached(count: number): Promise<void> {
    if (this.requests >= count) return Promise.resolve();
    return new Promise((done) => this.#waiting.push({ count, done }));
  }

  release(): void {
    for (const answer of this.#late.splice(0)) answer();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

function reply(response: ServerResponse, { status, body = '', headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}
