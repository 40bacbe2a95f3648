// A PostgreSQL that can be stopped, left away and started again with what it had.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programs, runner, untilItAnswers } from '../../contract/postgres.ts';

export class PostgresMachine {
  readonly url: string;
  readonly #folder: string;
  readonly #user: ReturnType<typeof runner>;
  #child: ChildProcess | null = null;

  private constructor(folder: string, user: ReturnType<typeof runner>) {
    this.#folder = folder;
    this.#user = user;
    this.url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  }

  /** Throws where PostgreSQL is not installed. */
  static async open(): Promise<PostgresMachine> {
    const user = runner();
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-chaos-pg-'));
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (user.uid !== undefined && user.gid !== undefined) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
    const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    const made = spawnSync(join(programs(), 'initdb'), args, { ...user, cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const machine = new PostgresMachine(folder, user);
    await machine.start();
    return machine;
  }

  async start(): Promise<void> {
    const options = ['-D', join(this.#folder, 'data'), '-k', this.#folder, '-c', 'listen_addresses='];
    // Synchronous, as in production: what it acknowledges must outlive how it is stopped here.
    this.#child = spawn(join(programs(), 'postgres'), options, { ...this.#user, cwd: '/', stdio: 'ignore' });
    await untilItAnswers(this.url);
  }

  /** `fast` as by its administrator; `immediate` as by a crash. */
  async stop(how: 'fast' | 'immediate'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  /** It stands still, with all its processes and every line to it open. */
  async freeze(): Promise<void> {
    const [main, ...others] = this.#pids();
    // The first makes no new ones then.
    for (const pid of [main, ...others]) if (pid !== undefined) process.kill(pid, 'SIGSTOP');
  }

  async thaw(): Promise<void> {
    for (const pid of this.#pids()) process.kill(pid, 'SIGCONT');
    await untilItAnswers(this.url);
  }

  async close(): Promise<void> {
    await this.stop('immediate');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The one that we started, and those that it started. */
  #pids(): readonly number[] {
    const main = this.#child?.pid;
    if (main === undefined) return [];
    const children = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8');
    return [main, ...children.split(' ').filter(Boolean).map(Number)];
  }
}
