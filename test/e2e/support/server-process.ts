// A whole server in a process of its own, on a data folder of its own: started, killed and started again on the same port.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const startsWithinMs = 30_000;

/** One for all people of the demo university. */
export const demoPassword = 'four unrelated words';

export class ServerProcess {
  readonly url: string;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #firstRunLink: string | undefined;

  private constructor(folder: string, port: number) {
    this.url = `http://localhost:${port}`;
    this.#folder = folder;
    this.#env = {
      ...process.env,
      AUDITORIA_DATA_DIR: join(folder, 'data'),
      AUDITORIA_PORT: String(port),
      AUDITORIA_MEDIA_PORT_BASE: '0',
      AUDITORIA_MEDIA_WORKERS: '1',
      AUDITORIA_LOG_FORMAT: 'json',
    };
    delete this.#env.AUDITORIA_DEMO_PASSWORD;
  }

  /** Started on an empty database. */
  static async openEmpty(): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'auditoria-e2e-')), await freePort());
    await server.start();
    return server;
  }

  /** Started with the demo university. @param settings more of them, for a server at this address */
  static async openDemo(settings: (url: string) => NodeJS.ProcessEnv = () => ({})): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'auditoria-e2e-')), await freePort());
    Object.assign(server.#env, settings(server.url));
    await server.#fillDemo();
    await server.start();
    return server;
  }

  /** What the first start on an empty database printed. */
  get firstRunLink(): string {
    if (this.#firstRunLink === undefined) throw new Error('The server printed no link for a first run');
    return this.#firstRunLink;
  }

  log(): Promise<string> {
    return readFile(this.#logFile, 'utf8');
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'server/main.ts')], { cwd: root, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const file = createWriteStream(this.#logFile, { flags: 'a' });
    child.stderr.pipe(file, { end: false });
    child.stdout.pipe(file, { end: false });
    let said = '';
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`The server did not start within ${startsWithinMs} ms:\n${said}`)), startsWithinMs);
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        if (!said.includes('Auditoria is at')) return;
        this.#firstRunLink ??= /^\s+(http\S+\/first-run#\S+)$/m.exec(said)?.[1];
        clearTimeout(timer);
        done();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => {
        clearTimeout(timer);
        fail(new Error(`The server ended with ${code}:\n${said}`));
      });
    });
  }

  /** As a power cut does it: nothing is told to anyone. Its media worker goes with it. */
  async kill(): Promise<void> {
    const workers = await this.#workers();
    await this.#end('SIGKILL');
    for (const pid of workers) killQuietly(pid);
  }

  /** Kills the media worker alone. */
  async killMediaWorker(): Promise<void> {
    const workers = await this.#workers();
    if (workers.length === 0) throw new Error('The server has no media worker');
    for (const pid of workers) killQuietly(pid);
  }

  /** Kills the process that records, alone. */
  async killRecorder(): Promise<void> {
    const recorders = await this.#children((pid) => isRunning(pid, 'app-recorder-process.ts'));
    if (recorders.length !== 1) throw new Error(`The server has ${recorders.length} processes that record`);
    for (const pid of recorders) killQuietly(pid);
  }

  /** Ends the server in good order and removes all that it wrote. */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #logFile(): string {
    return join(this.#folder, 'server.txt');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  async #fillDemo(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'server/demo.ts')], {
      cwd: root,
      env: { ...this.#env, AUDITORIA_DEMO_PASSWORD: demoPassword },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise((done) => child.once('exit', done));
    if (code !== 0) throw new Error(`The demo university was not made:\n${said}`);
  }

  #workers(): Promise<readonly number[]> {
    return this.#children(async (pid) => /^Name:\s+mediasoup-worke/m.test(await about(pid, 'status')));
  }

  async #children(fits: (pid: number) => Promise<boolean>): Promise<readonly number[]> {
    const parent = new RegExp(`^PPid:\\s+${this.#child?.pid}$`, 'm');
    const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
    const isOurs = async (pid: number) => parent.test(await about(pid, 'status')) && (await fits(pid));
    const found = await Promise.all(pids.map(async (pid) => ((await isOurs(pid)) ? [pid] : [])));
    return found.flat();
  }
}

/** Empty for a process that is gone between the listing and the look. */
const about = (pid: number, what: 'status' | 'cmdline'): Promise<string> => readFile(`/proc/${pid}/${what}`, 'utf8').catch(() => '');

const isRunning = async (pid: number, file: string): Promise<boolean> => (await about(pid, 'cmdline')).includes(file);

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Chosen once, so that a server that is started again is found at the same address. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('There is no free port'))));
    });
  });
}
