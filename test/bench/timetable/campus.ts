// A server in a process of its own as the measurement uses it: import a file, ask, and come into classes.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { ImportJobDetail } from '../../../server/contract/import.ts';
import { protocolVersion } from '../../../server/contract/index.ts';

const Started = z.object({ what: z.literal('started'), url: z.string(), admin: z.string(), students: z.array(z.string()) });
const POLL_MS = 50;
const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));

export interface ImportTimes {
  readonly uploadMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly layOutMs: number;
  readonly totalMs: number;
}

export class Campus {
  readonly #child: ChildProcess;
  readonly #started: z.infer<typeof Started>;
  readonly #sockets = new Set<Socket>();

  private constructor(child: ChildProcess, started: z.infer<typeof Started>) {
    this.#child = child;
    this.#started = started;
  }

  /** @param judged students of a term that is judged already; 0: none */
  static async open(databaseUrl: string, classes: number, perClass: number, judged = 0): Promise<Campus> {
    const file = join(import.meta.dirname, 'server.ts');
    const child = fork(file, [databaseUrl, String(classes), String(perClass), String(judged)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [said] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('The server ended'))),
    ]);
    return new Campus(child, Started.parse(said));
  }

  async #ask(message: object): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(message);
    return (await answer)[0];
  }

  async session(who: string): Promise<string> {
    return z.object({ token: z.string() }).parse(await this.#ask({ what: 'session', who })).token;
  }

  /** Since it was asked last. */
  async longestStallMs(): Promise<number> {
    return z.object({ longestMs: z.number() }).parse(await this.#ask({ what: 'stalls' })).longestMs;
  }

  async call(token: string, method: string, path: string, body?: Uint8Array<ArrayBuffer> | string): Promise<unknown> {
    const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const response = await fetch(this.#started.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...json },
      ...(body !== undefined && { body }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  async import(file: Uint8Array<ArrayBuffer>): Promise<ImportTimes> {
    const { admin } = this.#started;
    const marks = [performance.now()];
    const mark = () => marks.push(performance.now());
    const { id } = ImportJobDetail.parse(await this.call(admin, 'POST', '/api/imports?name=university.xlsx&source=Univer', file));
    mark();
    const until = async (...states: string[]) => {
      for (;;) {
        const job = ImportJobDetail.parse(await this.call(admin, 'GET', `/api/imports/${id}`));
        if (job.state === 'failed' || job.state === 'faulty')
          throw new Error(`The import is ${job.state}: ${JSON.stringify(job.faults.slice(0, 3))}`);
        if (states.includes(job.state)) return;
        await pause(POLL_MS);
      }
    };
    await until('ready');
    mark();
    await this.call(admin, 'POST', `/api/imports/${id}/apply`, JSON.stringify({ withGone: true }));
    await until('laying-out', 'done');
    mark();
    await until('done');
    mark();
    const [begun = 0, uploaded = 0, read = 0, written = 0, done = 0] = marks;
    return {
      uploadMs: uploaded - begun,
      readMs: read - uploaded,
      writeMs: written - read,
      layOutMs: done - written,
      totalMs: done - begun,
    };
  }

  /** Ms of each of so many calls, one after the other. */
  async timed(count: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const began = performance.now();
      await call(index);
      times.push(performance.now() - began);
    }
    return times;
  }

  /** Writes of the live server, one after the other, until told to stop; ms of the longest. */
  async longestWrite(isOver: () => boolean): Promise<number> {
    let longest = 0;
    for (let turn = 0; !isOver(); turn += 1) {
      const began = performance.now();
      await this.call(this.#started.admin, 'PATCH', '/api/me', JSON.stringify({ language: turn % 2 === 0 ? 'kk' : 'ru' }));
      longest = Math.max(longest, performance.now() - began);
      await pause(20);
    }
    return longest;
  }

  /** Comes in by a new socket and stays. */
  async join(student: number): Promise<Socket> {
    const socket = io(this.#started.url, {
      auth: { token: this.#started.students[student] },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.#sockets.add(socket);
    await new Promise<void>((connected, refused) => {
      socket.once('connect', connected);
      socket.once('connect_error', refused);
    });
    const reply: unknown = await socket
      .timeout(30_000)
      .emitWithAck('room:join', { protocol: protocolVersion, device: 'bench', consent: true });
    z.object({ ok: z.literal(true) }).parse(reply);
    return socket;
  }

  /** Somebody comes into one class after the other, so many a second, and goes soon; ms of each coming in. */
  async joins(perSecond: number, students: readonly number[], isOver: () => boolean): Promise<number[]> {
    const times: number[] = [];
    const running: Promise<void>[] = [];
    for (let turn = 0; !isOver(); turn += 1) {
      const student = students[turn % students.length] ?? 0;
      running.push(
        (async () => {
          const began = performance.now();
          const socket = await this.join(student);
          times.push(performance.now() - began);
          await socket.timeout(30_000).emitWithAck('room:leave', {});
          socket.disconnect();
          this.#sockets.delete(socket);
        })(),
      );
      await pause(1000 / perSecond);
    }
    await Promise.all(running);
    return times;
  }

  get admin(): string {
    return this.#started.admin;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.disconnect();
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
