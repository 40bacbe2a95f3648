// Notifications on a real database with a clock and post of the test's, for tests: started, stopped and started again on the same data.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Notifying, openNotification } from '../../server/app-notification.ts';
import { LessonId, type PersonId } from '../../server/contract/ids.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import { type Fact, FactBus, type TimetableFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import type { MailPort } from '../../server/ports/mail.ts';
import type { PushPort } from '../../server/ports/push.ts';
import { assistantId, fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from './campus.ts';
import { FakeClock } from './fake-clock.ts';

const HOUR = 3_600_000;
export const origin = 'https://class.university.test';
export const addressOf = (id: PersonId): string => `${id}@university.test`;

export class Notified {
  /** The evening before the lesson. */
  readonly clock = new FakeClock(startsAt - 14 * HOUR);
  readonly faults: string[] = [];
  readonly #folder: string;
  readonly #mail: () => MailPort | null;
  readonly #push: () => PushPort | null;
  #database: OpenDatabase | null = null;
  #notifying: Notifying | null = null;
  plan = new FactBus<TimetableFact>(() => undefined);
  rooms = new FactBus<Fact>(() => undefined);

  private constructor(folder: string, mail: () => MailPort | null, push: () => PushPort | null) {
    this.#folder = folder;
    this.#mail = mail;
    this.#push = push;
  }

  /** Student 1 reads Kazakh, 2 Russian, 3 English, 4 has chosen nothing, 5 has no address. The teacher reads English. */
  static async open(ports: { mail?: () => MailPort; push?: () => PushPort }, students = 5): Promise<Notified> {
    const folder = await mkdtemp(join(tmpdir(), 'auditoria-notified-'));
    const notified = new Notified(folder, ports.mail ?? (() => null), ports.push ?? (() => null));
    await notified.start();
    const { db } = notified;
    await fillCampus(db, { students });
    const languages = new Map<PersonId, string>([
      [studentId(1), 'kk'],
      [studentId(2), 'ru'],
      [studentId(3), 'en'],
      [teacherId, 'en'],
    ]);
    const all = [teacherId, assistantId, strangerId, ...Array.from({ length: students }, (_, index) => studentId(index + 1))];
    for (const id of all) {
      const email = id === studentId(5) ? null : addressOf(id);
      await db
        .updateTable('person')
        .set({ email, language: languages.get(id) ?? null })
        .where('id', '=', id)
        .execute();
    }
    return notified;
  }

  get db(): OpenDatabase['db'] {
    if (this.#database === null) throw new Error('The server does not run');
    return this.#database.db;
  }

  async start(): Promise<void> {
    this.#database = await openDatabase(join(this.#folder, 'test.sqlite'));
    this.plan = new FactBus<TimetableFact>((_, __, error) => this.faults.push(String(error)));
    this.rooms = new FactBus<Fact>((_, __, error) => this.faults.push(String(error)));
    this.#notifying = openNotification({
      config: { timeZone: 'Asia/Almaty' },
      ...{ db: this.db, clock: this.clock, plan: this.plan, rooms: this.rooms, origin: () => origin },
      ...{ mail: this.#mail(), push: this.#push() },
      log: openLog({ level: 'error', format: 'json' }, { write: (line) => this.faults.push(line) }),
    });
    await this.#notifying.start();
    await this.settled();
  }

  async stop(): Promise<void> {
    await this.#notifying?.close();
    await this.#database?.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async settled(): Promise<void> {
    await this.#notifying?.settled();
  }

  /** Moves the clock in steps, for what rings does its work between them. */
  async pass(ms: number): Promise<void> {
    await this.settled();
    const stepMs = ms > 5 * HOUR ? 600_000 : ms > 600_000 ? 60_000 : 10_000;
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(left, stepMs));
      await this.settled();
    }
  }

  /** As the timetable does: the row and what was changed first, then the fact. */
  async move(byMs: number, more: Partial<Extract<TimetableFact, { type: 'lesson-moved' }>> & { quietly?: boolean } = {}): Promise<void> {
    const { quietly = false, ...rest } = more;
    const lesson = await this.db
      .selectFrom('lesson')
      .selectAll()
      .where('id', '=', rest.lessonId ?? lessonId)
      .executeTakeFirstOrThrow();
    const from = { startsAt: lesson.starts_at, endsAt: lesson.ends_at };
    const to = { startsAt: from.startsAt + byMs, endsAt: from.endsAt + byMs };
    await this.db
      .updateTable('lesson')
      .set((eb) => ({ starts_at: to.startsAt, ends_at: to.endsAt, sequence: eb('sequence', '+', 1), changed_at: this.clock.now() }))
      .where('id', '=', lesson.id)
      .execute();
    const fact: TimetableFact = {
      ...{ type: 'lesson-moved', lessonId: LessonId.parse(lesson.id), at: this.clock.now(), by: teacherId, note: '', from, to, ...rest },
    };
    await this.#changed(fact, { type: 'move', ...to }, from, to);
    if (!quietly) this.plan.publish([fact]);
  }

  async cancel(note = ''): Promise<void> {
    await this.db
      .updateTable('lesson')
      .set((eb) => ({ cancelled: 1, sequence: eb('sequence', '+', 1), changed_at: this.clock.now() }))
      .where('id', '=', lessonId)
      .execute();
    const fact: TimetableFact = { type: 'lesson-cancelled', lessonId, at: this.clock.now(), by: teacherId, note };
    await this.#changed(fact, { type: 'cancel' }, { cancelled: false }, { cancelled: true });
    this.plan.publish([fact]);
  }

  async substitute(toId: PersonId, by: PersonId | null = null): Promise<void> {
    await this.db
      .updateTable('lesson')
      .set((eb) => ({ teacher_id: toId, sequence: eb('sequence', '+', 1), changed_at: this.clock.now() }))
      .where('id', '=', lessonId)
      .execute();
    const fact: TimetableFact = { type: 'teacher-substituted', lessonId, at: this.clock.now(), by, note: '', fromId: teacherId, toId };
    await this.#changed(fact, { type: 'substitute', teacherId: toId }, {}, {});
    this.plan.publish([fact]);
  }

  async #changed(fact: TimetableFact, change: object, before: object, after: object): Promise<void> {
    if (fact.by === null) return;
    await this.db
      .insertInto('lesson_change')
      .values({
        ...{
          id: randomBytes(8).toString('hex'),
          lesson_id: fact.lessonId,
          at: fact.at,
          by_id: fact.by,
          by_name: 'Somebody',
          note: fact.note,
        },
        ...{ change: JSON.stringify(change), before: JSON.stringify(before), after: JSON.stringify(after) },
      })
      .execute();
  }

  async device(personId: PersonId, endpoint: string): Promise<void> {
    await this.db
      .insertInto('push_device')
      .values({ id: endpoint.slice(-8), person_id: personId, endpoint, p256dh: 'p', auth: 'a', name: '', created_at: this.clock.now() })
      .execute();
  }

  async addLesson(id: string, at: number): Promise<void> {
    const old = await this.db.selectFrom('lesson').selectAll().where('id', '=', lessonId).executeTakeFirstOrThrow();
    await this.db
      .insertInto('lesson')
      .values({ ...old, id, starts_at: at, ends_at: at + 50 * 60_000, title: `Lesson ${id}` })
      .execute();
    await this.db.insertInto('lesson_group').values({ lesson_id: id, group_id: 'group' }).execute();
  }

  async choose(personId: PersonId, kind: string, channel: string, on: boolean): Promise<void> {
    await this.db
      .insertInto('notification_choice')
      .values({ person_id: personId, kind, channel, is_on: on ? 1 : 0 })
      .execute();
  }

  deliveries() {
    return this.db.selectFrom('delivery').selectAll().orderBy('id').execute();
  }

  /** `person kind` of all lists in the app. */
  async lists(): Promise<string[]> {
    const rows = await this.db.selectFrom('notification').select(['person_id', 'kind']).execute();
    return rows.map((row) => `${row.person_id} ${row.kind}`).sort();
  }
}
