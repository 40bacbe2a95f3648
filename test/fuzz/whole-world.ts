// A whole server with the demo university, a class that runs with those who try, and another class that must notice nothing of it.
import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../server/app.ts';
import { GuestEntered } from '../../server/contract/identity.ts';
import { LessonId } from '../../server/contract/ids.ts';
import { GuestLink, LessonEntered } from '../../server/contract/timetable.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/tables.ts';
import { fillDemo } from '../../server/fill-demo.ts';
import { hashOfToken } from '../../server/identity/token-hash.ts';
import { openLog } from '../../server/log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';
import { Visitor } from '../support/people.ts';
import { addForeignClass, fingerprintOf, foreignIds, foreignLesson, foreignPeople } from './foreign-class.ts';
import type { KnownIds } from './known-ids.ts';

const now = Date.parse('2026-09-07T09:10:00+05:00');
export const ownLesson = LessonId.parse('demo-lesson-1');

/** Who tries. `isStranger`: has no right over the foreign class, so whatever is tried on it must change nothing. */
export const actors = {
  nobody: { signInName: null, isStranger: true },
  guest: { signInName: null, isStranger: true },
  student: { signInName: 'student1', isStranger: true },
  otherTeacher: { signInName: 'a.petrov', isStranger: true },
  leader: { signInName: 'teacher', isStranger: true },
  coordinator: { signInName: 'coordinator', isStranger: false },
  administrator: { signInName: 'admin', isStranger: false },
} as const;
export type ActorName = keyof typeof actors;
export const actorNames = ['nobody', 'guest', 'student', 'otherTeacher', 'leader', 'coordinator', 'administrator'] as const;

const boundless = { burst: 1e9, perSecond: 1e9 };
const limits = {
  http: { perAddress: boundless, strangersPerAddress: boundless, perPerson: boundless },
  sockets: {
    ...{ packets: boundless, bytes: boundless, socketsPerPerson: 100 },
    paces: { person: {}, room: {}, others: boundless, patience: boundless },
  },
};

let template: Promise<string> | null = null;

/** Made once: the passwords of the demo are slow to hash, as they should be. */
async function madeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-fuzz-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'auditoria.sqlite');
  const database = await openDatabase(file);
  await fillDemo({ db: database.db, now, timeZone: 'Asia/Almaty', password: 'Tau-men-dala 7' });
  await addForeignClass(database.db, now);
  await sql`pragma wal_checkpoint(truncate)`.execute(database.db);
  await database.close();
  return file;
}

interface Parts {
  readonly folder: string;
  readonly database: OpenDatabase;
  readonly app: App;
  readonly clock: FakeClock;
  readonly media: FakeMedia;
  readonly faults: string[];
  readonly known: KnownIds;
}

export class WholeWorld {
  readonly #parts: Parts;
  readonly #sockets = new Map<ActorName, Visitor>();
  readonly #watchers: Visitor[] = [];
  #guest: { readonly guestToken: string; readonly roomToken: string } | null = null;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async open(known: KnownIds): Promise<WholeWorld> {
    template ??= madeTemplate();
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-fuzz-'));
    await mkdir(join(folder, 'data'));
    const file = join(folder, 'data', 'auditoria.sqlite');
    await copyFile(await template, file);
    const faults: string[] = [];
    const log = openLog({ level: 'error', format: 'json' }, { write: (line) => faults.push(line) });
    const [clock, media] = [new FakeClock(now), new FakeMedia()];
    const config = loadConfig({ AUDITORIA_PORT: '0', AUDITORIA_TRUSTED_PROXIES: 'loopback' }, folder);
    const app = await openApp(config, { log, clientDir: null, media, clock, limits });
    const world = new WholeWorld({ folder, database: await openDatabase(file), app, clock, media, faults, known });
    await world.#begin();
    return world;
  }

  get url(): string {
    return this.#parts.app.url;
  }
  get db(): Kysely<Database> {
    return this.#parts.database.db;
  }
  get clock(): FakeClock {
    return this.#parts.clock;
  }
  get media(): FakeMedia {
    return this.#parts.media;
  }
  /** What the server logged as its own fault. */
  get faults(): readonly string[] {
    return this.#parts.faults;
  }

  /** Null for nobody. */
  tokenOf(actor: ActorName): string | null {
    return actor === 'nobody' ? null : actor === 'guest' ? (this.#guest?.guestToken ?? null) : `token of ${actor}`.replaceAll(' ', '-');
  }

  /** Signs everybody in again, whatever has become of their accounts. */
  async revive(): Promise<void> {
    for (const actor of actorNames) {
      const { signInName } = actors[actor];
      const token = this.tokenOf(actor);
      if (signInName === null || token === null) continue;
      await sql`update person set disabled = 0 where sign_in_name = ${signInName}`.execute(this.db);
      await sql`insert into session (token_hash, person_id, created_at, last_seen_at, expires_at, user_agent, address)
        select ${hashOfToken(token)}, id, ${now}, ${now}, ${now + 86_400_000}, 'Test', '127.0.0.1' from person
        where sign_in_name = ${signInName} on conflict do nothing`.execute(this.db);
    }
  }

  /** In the class that runs, or on the way in; null for who can have no socket. @param anew a new one that has not joined */
  async socketOf(actor: ActorName, anew = false): Promise<Visitor | null> {
    if (actor === 'nobody') return null;
    const known = this.#sockets.get(actor);
    if (known?.socket.connected && !anew) return known;
    known?.leavePage();
    const token = actor === 'guest' ? this.#guest?.roomToken : await this.#enter(ownLesson, this.tokenOf(actor) ?? '');
    if (token === undefined || token === null) return null;
    const visitor = new Visitor(
      () => this.url,
      () => token,
    );
    try {
      await visitor.connect();
    } catch {
      return null;
    }
    this.#sockets.set(actor, visitor);
    if (anew) return visitor;
    try {
      this.#parts.known.learn(await visitor.join(), 'participants');
    } catch {
      // Whoever is not let in tries from before the door.
    }
    return visitor;
  }

  /** All that the people of the foreign class see of it, and all that is kept of it. */
  async foreign(): Promise<string> {
    const seen = this.#watchers.map(({ sight: { room, participants, chat, waiting }, socket: { connected } }) => ({
      ...{ room, waiting, connected, participants: [...participants.values()], chat: [...chat.values()] },
    }));
    return `${JSON.stringify(seen)} ${await fingerprintOf(this.db)}`;
  }

  /** Everybody goes, and the time passes in which anything is kept for them. */
  async empty(): Promise<void> {
    for (const visitor of [...this.#sockets.values(), ...this.#watchers]) visitor.leavePage();
    await Promise.all([...this.#sockets.values(), ...this.#watchers].map((visitor) => visitor.until(() => !visitor.socket.connected)));
    for (let turn = 0; turn < 200 && this.media.rooms.size > 0; turn += 1) {
      this.clock.advance(60_000);
      await new Promise((passed) => setTimeout(passed, 5));
    }
  }

  async close(): Promise<void> {
    const { app, database, folder } = this.#parts;
    for (const visitor of [...this.#sockets.values(), ...this.#watchers]) visitor.leavePage();
    await app.close('server-stopped');
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    const { known } = this.#parts;
    known.begin(now, foreignIds);
    await this.revive();
    const foreignRecording = await this.#sitIn();
    known.begin(now, { ...foreignIds, recordings: [foreignRecording] });
    known.add('lessons', ownLesson);
    const link = await this.#json('POST', `/api/lessons/${ownLesson}/guest-link`, this.tokenOf('leader'));
    const guestLink = GuestLink.parse(link).url?.split('/').at(-1) ?? '';
    known.add('links', guestLink);
    this.#guest = GuestEntered.parse(await this.#json('POST', `/api/guests/${guestLink}`, null, { name: 'Guest' }));
    known.add('searchs', '', 'a', 'demo', 'ал');
    known.add('mimetypes', 'audio/opus', 'video/VP8', 'video/H264');
    await this.#record();
  }

  /** A recording of two seconds, with a sound in it. */
  async #record(): Promise<void> {
    const leader = await this.socketOf('leader');
    if (leader === null) throw new Error('The teacher has no socket');
    const { trackId } = await leader.publish('microphone');
    await leader.ask('recording:start', {});
    await leader.until(() => leader.sight.room.recording.recordingId !== null);
    this.#parts.known.add('recordings', leader.sight.room.recording.recordingId ?? '');
    const [tap] = [...(this.media.rooms.get(ownLesson)?.taps ?? [])];
    for (let sent = 0; sent < 100; sent += 1) {
      const packet = Buffer.from([0x80, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xf8, 0xff, 0xfe]);
      packet.writeUInt16BE(sent, 2);
      packet.writeUInt32BE(sent * 960, 4);
      if (sent % 25 === 0) tap?.senderReport(trackId, { ssrc: 1, ntpMs: this.clock.now(), rtpTimestamp: sent * 960 });
      tap?.packet(trackId, packet, this.clock.now());
      this.clock.advance(20);
      await new Promise(setImmediate);
    }
  }

  /** The people of the foreign class are in it, and it is recorded; answers the recording’s id. */
  async #sitIn(): Promise<string> {
    for (const id of foreignPeople) {
      await sql`insert into session (token_hash, person_id, created_at, last_seen_at, expires_at, user_agent, address)
        values (${hashOfToken(id)}, ${id}, ${now}, ${now}, ${now + 86_400_000}, 'Test', '127.0.0.1')`.execute(this.db);
      const token = await this.#enter(foreignLesson, id);
      const visitor = new Visitor(
        () => this.url,
        () => token ?? '',
      );
      await visitor.connect();
      await visitor.join();
      this.#watchers.push(visitor);
    }
    const [teacher] = this.#watchers;
    await teacher?.ask('chat:post', { text: 'Only for us', clientId: 'foreign-1' });
    await teacher?.publish('microphone');
    await teacher?.ask('recording:start', {});
    const isThere = ({ sight: { participants, chat, room } }: Visitor) =>
      participants.size === 3 &&
      chat.size === 1 &&
      room.recording.recordingId !== null &&
      [...participants.values()].some(({ tracks }) => tracks.length === 1);
    await Promise.all(this.#watchers.map((one) => one.until(() => isThere(one), 'all are in the foreign class')));
    return teacher?.sight.room.recording.recordingId ?? '';
  }

  async #enter(lessonId: string, token: string): Promise<string | null> {
    const response = await fetch(`${this.url}/api/lessons/${lessonId}/enter`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    return response.ok ? LessonEntered.parse(await response.json()).roomToken : null;
  }

  async #json(method: string, path: string, token: string | null, body?: object): Promise<unknown> {
    const headers = { ...(token !== null && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(this.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}
