// A server with one lesson on a free port of the loopback: real database, real sockets, a clock and a media engine of the test's.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRooms, type Rooms, type RoomsOptions } from '../../server/app-rooms.ts';
import { PersonId } from '../../server/contract/ids.ts';
import type { LessonKind, RoomRules } from '../../server/contract/timetable.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import type { Claims } from '../../server/edge/session.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { openLog } from '../../server/log.ts';
import { RosterStore } from '../../server/timetable/roster.store.ts';
import { TimetableService } from '../../server/timetable/timetable.service.ts';
import { TimetableStore } from '../../server/timetable/timetable.store.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { assistantId, fillCampus, lessonId, observerId, startsAt, strangerId, studentId, teacherId } from './campus.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeMedia } from './fake-media.ts';
import { FakeRecording } from './fake-recording.ts';
import { Visitor } from './people.ts';

const door = { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 };

export interface ClassroomOptions {
  readonly students?: number;
  readonly kind?: LessonKind;
  readonly rules?: Partial<RoomRules>;
  readonly limits?: RoomsOptions['limits'];
  readonly random?: () => number;
}

interface Running {
  readonly database: OpenDatabase;
  readonly rooms: Rooms;
  readonly trace: TraceService;
  readonly timetable: TimetableService;
  readonly url: string;
  stopListening(): Promise<void>;
}

export class Classroom {
  readonly clock = new FakeClock(startsAt);
  readonly media = new FakeMedia();
  readonly recording = new FakeRecording();
  /** What the server had to log as its own fault; tests expect it to stay empty. */
  readonly faults: string[] = [];
  /** Sign-ins that have ended, by the hashes of their tokens. */
  readonly signedOut = new Set<string>();
  readonly #options: ClassroomOptions;
  readonly #folder: string;
  readonly #tokens: Tokens;
  readonly #visitors: Visitor[] = [];
  #running: Running | null = null;

  private constructor(options: ClassroomOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.#tokens = new Tokens({ key: randomBytes(32), clock: this.clock });
  }

  static async open(options: ClassroomOptions = {}): Promise<Classroom> {
    const classroom = new Classroom(options, await mkdtemp(join(tmpdir(), 'auditoria-room-')));
    await classroom.#start();
    await fillCampus(classroom.running.database.db, options);
    return classroom;
  }

  get running(): Running {
    if (this.#running === null) throw new Error('The server does not run');
    return this.#running;
  }

  get rooms(): Rooms['service'] {
    return this.running.rooms.service;
  }

  token(claims: Partial<Claims> & Pick<Claims, 'personId'>): string {
    return this.#tokens.roomToken({ lessonId, name: `Name of ${claims.personId}`, guest: false, ...claims });
  }

  /** Has a socket and has not asked to come in. */
  async visitor(claims: Partial<Claims> & Pick<Claims, 'personId'>, address: string | null = null): Promise<Visitor> {
    const visitor = new Visitor(
      () => this.running.url,
      () => this.token(claims),
    );
    visitor.address = address;
    this.#visitors.push(visitor);
    await visitor.connect();
    return visitor;
  }

  async teacher(): Promise<Visitor> {
    return this.#joined({ personId: teacherId });
  }

  async assistant(): Promise<Visitor> {
    return this.#joined({ personId: assistantId });
  }

  async observer(): Promise<Visitor> {
    return this.#joined({ personId: observerId });
  }

  /** `address`: where from; else the loopback. */
  async student(number = 1, address: string | null = null): Promise<Visitor> {
    return this.#joined({ personId: studentId(number) }, address);
  }

  /** Waits in the lobby. */
  async guest(name = 'Guest'): Promise<Visitor> {
    return this.#joined({ personId: PersonId.parse(`guest-${this.#visitors.length}`), name, guest: true });
  }

  /** Has an account, is not expected, and waits in the lobby. */
  async stranger(): Promise<Visitor> {
    return this.#joined({ personId: strangerId });
  }

  async #joined(claims: Partial<Claims> & Pick<Claims, 'personId'>, address: string | null = null): Promise<Visitor> {
    const visitor = await this.visitor(claims, address);
    const joined = await visitor.join();
    if (joined.state === 'waiting') return visitor;
    const others = this.#visitors.filter((other) => other.isIn && other.socket.connected);
    await Promise.all(others.map((other) => other.until(() => other.sees(visitor.id).presence === 'here')));
    return visitor;
  }

  /** `kill`: as if the process was gone from one moment to the next; nothing is written any more. */
  async restart(how: 'stop' | 'kill'): Promise<void> {
    const { rooms, database, stopListening } = this.running;
    if (how === 'kill') await database.close();
    await rooms.close();
    await stopListening();
    await database.close();
    this.faults.length = 0;
    await this.#start();
  }

  async close(): Promise<void> {
    for (const visitor of this.#visitors) visitor.leavePage();
    const { rooms, database, stopListening } = this.running;
    await rooms.close();
    await stopListening();
    await database.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const { clock, media, recording } = this;
    const log = openLog({ level: 'error', format: 'json' }, { write: (line) => this.faults.push(line) });
    const database = await openDatabase(join(this.#folder, 'test.sqlite'));
    const { db } = database;
    const trace = new TraceService({ store: new TraceStore(db), clock, log });
    const timetable: TimetableService = new TimetableService({
      store: new TimetableStore(db),
      rosters: new RosterStore(db),
      live: {
        here: (id) => rooms.service.here(id),
        planChanged: (id, by) => rooms.service.planChanged(id, by),
        wasGivenLead: (id, personId) => rooms.service.wasGivenLead(id, personId),
      },
      ...{ clock, door, timeZone: 'Asia/Almaty' },
    });
    const http = createServer();
    const people = new PersonStore(db);
    const rooms: Rooms = openRooms({
      expected: () => ({ viewers: 10, pictures: 1 }),
      ...{ http, db, clock, log, trace, door, recording, engine: media, tokens: this.#tokens, peers: new Peers(['loopback'], null) },
      plans: {
        plan: (id) => timetable.plan(id),
        async roleOf(id, personId) {
          const person = await people.byId(personId);
          return person === null ? 'none' : timetable.roleOf(id, person);
        },
        accessOf: async (id, session) => {
          const row = await db.selectFrom('person').select('disabled').where('id', '=', id).executeTakeFirst();
          if (row?.disabled !== 0) return 'disabled';
          return session !== undefined && this.signedOut.has(session) ? 'signed-out' : 'open';
        },
        end: (id, at) => timetable.end(id, at),
        extend: (id, endsAt) => timetable.extend(id, endsAt),
      },
      ice: { stun: [], turn: [], turnSecret: null },
      ...(this.#options.limits && { limits: this.#options.limits }),
      ...(this.#options.random && { random: this.#options.random }),
    });
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    const stopListening = async () => {
      await trace.close();
      if (http.listening) await new Promise((closed) => http.close(closed));
    };
    this.#running = { database, rooms, trace, timetable, url: `http://127.0.0.1:${address.port}`, stopListening };
  }
}
