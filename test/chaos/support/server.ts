// The server that is broken: started, killed, started again on the same port, and looked at from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

const Started = z.object({ url: z.string() });
const Answer = z.object({ id: z.number(), heldBytes: z.number() });

/** What the server holds when nobody asks anything of it. */
export interface Level {
  /** Of Node's heap, after collection, without compiled code; and of the buffers beside it. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** Of the server and its media workers together. */
  readonly handles: number;
}

export interface ServerOptions {
  readonly folder: string;
  readonly port: number;
  readonly config: object;
  readonly env?: NodeJS.ProcessEnv;
  /** Of Node's heap; missing: Node's own. */
  readonly heapMegabytes?: number;
}

export class Server {
  readonly #options: ServerOptions;
  #child: ChildProcess | null = null;
  #url = '';
  #asked = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start(): Promise<void> {
    const { folder, port, config, env, heapMegabytes } = this.#options;
    const flags = ['--expose-gc', ...(heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`])];
    const child = spawn(process.execPath, [...flags, join(import.meta.dirname, '../server-entry.ts')], {
      env: { ...process.env, ...env, AUDITORIA_CHAOS_CONFIG: JSON.stringify({ ...config, port }) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    const log = createWriteStream(join(folder, 'server.log'), { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    const ended = once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The server ended with ${String(code)}: ${folder}/server.log`)),
    );
    const [said] = await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    this.#url = Started.parse(said).url;
  }

  /** Its media workers go by themselves: their pipe breaks. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }

  async moveClock(skewMs: number): Promise<void> {
    await this.#ask({ skewMs });
  }

  async level(): Promise<Level> {
    const { heldBytes } = await this.#ask({ memory: true });
    const workers = await this.workers();
    const open = await Promise.all([this.pid, ...workers].map(handlesOf));
    return { heapBytes: heldBytes, rssBytes: await rssOf(this.pid), handles: open.reduce((sum, count) => sum + count, 0) };
  }

  /** Process ids of its media workers. */
  async workers(): Promise<readonly number[]> {
    const children = await readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').catch(() => '');
    const pids = children.split(' ').filter(Boolean).map(Number);
    const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')));
    return pids.filter((_, index) => names[index]?.startsWith('mediasoup-worke'));
  }

  async log(): Promise<string> {
    return readFile(join(this.#options.folder, 'server.log'), 'utf8');
  }

  async #ask(what: object): Promise<z.infer<typeof Answer>> {
    const child = this.#child;
    if (child === null) throw new Error('The server does not run');
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<z.infer<typeof Answer>>((done, fail) => {
      const late = setTimeout(() => fail(new Error('The server does not answer its own process')), 60_000);
      const hear = (message: unknown) => {
        const answer = Answer.safeParse(message);
        if (!answer.success || answer.data.id !== id) return;
        clearTimeout(late);
        child.off('message', hear);
        done(answer.data);
      };
      child.on('message', hear);
    });
    child.send({ id, ...what });
    return answered;
  }
}

const handlesOf = async (pid: number): Promise<number> => (await readdir(`/proc/${pid}/fd`).catch(() => [])).length;

async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Chosen once, so that a server that is started again is found at the same address. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('There is no free port'))));
    });
  });
}
