// One server with its database and its school, for one scenario: classes are begun in it, and looked at afterwards.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabase, openDatabase } from '../../../server/database/open.ts';
import { Random } from '../../fuzz/random.ts';
import { Class } from './class.ts';
import { Person, type Place } from './person.ts';
import { PostgresMachine } from './postgres-machine.ts';
import { fillSchool, type Lesson, sqliteFile, tokensOf } from './school.ts';
import { freePort, Server } from './server.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

export interface WorldOptions {
  readonly database: DatabaseKind;
  readonly seed: number;
  /** Classes, the first of which is struck; with a teacher and so many students. */
  readonly lessons?: number;
  readonly students?: number;
  /** People on each roster who are not in class. */
  readonly spare?: number;
  readonly heapMegabytes?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Before the server starts: may prepare the data folder. Answers how to undo that, when all is over. */
  readonly prepare?: (dataDir: string) => () => void;
}

interface Parts {
  readonly folder: string;
  readonly server: Server;
  readonly postgres: PostgresMachine | null;
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly undo: () => void;
}

export class World {
  readonly random: Random;
  readonly server: Server;
  readonly folder: string;
  readonly dataDir: string;
  readonly postgres: PostgresMachine | null;
  readonly lessons: readonly Lesson[];
  /** How far the server's clock is off. */
  skewMs = 0;
  readonly #where: string;
  readonly #undo: () => void;

  private constructor({ folder, server, postgres, lessons, seed, undo }: Parts) {
    this.#undo = undo;
    this.folder = folder;
    this.dataDir = join(folder, 'data');
    this.server = server;
    this.postgres = postgres;
    this.lessons = lessons;
    this.random = new Random(seed);
    this.#where = postgres?.url ?? sqliteFile(this.dataDir);
  }

  static async open(options: WorldOptions): Promise<World> {
    const { database, seed, lessons = 2, students = 3, spare = 20, heapMegabytes, env, prepare } = options;
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-chaos-'));
    const dataDir = join(folder, 'data');
    await mkdir(dataDir, { mode: 0o700 });
    const undo = prepare?.(dataDir) ?? (() => undefined);
    const postgres = database === 'postgres' ? await PostgresMachine.open() : null;
    const opened = await openDatabase(postgres?.url ?? sqliteFile(dataDir));
    const made = await fillSchool(opened.db, { lessons, students, spare });
    await opened.close();
    const config = {
      ...{ dataDir, host: '127.0.0.1', media: { workers: 2, portBase: 0 }, room: { graceSeconds: 10 } },
      ...(postgres && { databaseUrl: postgres.url }),
    };
    const server = new Server({
      ...{ folder, port: await freePort(), config, ...(env && { env }) },
      ...(heapMegabytes !== undefined && { heapMegabytes }),
    });
    const world = new World({ folder, server, postgres, lessons: made, seed, undo });
    await server.start();
    return world;
  }

  get place(): Place {
    const tokens = tokensOf(this.dataDir, () => Date.now() + this.skewMs);
    return {
      url: () => this.server.url,
      token: (personId, lessonId) => tokens.roomToken({ personId, lessonId, name: `Name of ${personId}`, guest: false }),
    };
  }

  /** Somebody of a lesson's roster who is not in class. */
  spare(lesson: number, index: number): Person {
    const { lessonId, spareIds } = this.lessons[lesson] ?? {};
    const personId = spareIds?.[index];
    if (lessonId === undefined || personId === undefined) throw new Error('There are not so many spare people');
    return new Person(this.place, personId, lessonId);
  }

  class(index: number): Class {
    const lesson = this.lessons[index];
    if (lesson === undefined) throw new Error('There are not so many classes');
    return new Class(this.place, lesson, this.random);
  }

  /** Beside the server: what is written is seen, and nobody is in its way. */
  async look<T>(work: (database: OpenDatabase['db']) => Promise<T>): Promise<T> {
    const database = await openDatabase(this.#where, undefined, { isReadOnly: true });
    try {
      return await work(database.db);
    } finally {
      await database.close();
    }
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.postgres?.close();
    this.#undo();
    if (process.env.AUDITORIA_CHAOS_KEEP === undefined) await rm(this.folder, { recursive: true, force: true });
  }
}
