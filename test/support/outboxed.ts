// A campus whose traces are told to an LRS and a webhook, on a real database with a clock of the test's: stopped and started again on the same data.
import { Config } from '../../config/schema.ts';
import { type Outbox, openOutbox } from '../../server/app-outbox.ts';
import type { Actor } from '../../server/audit/actor.ts';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import { ParticipantId, PersonId } from '../../server/contract/ids.ts';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import type { TracedFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { entryOf } from '../../server/trace/trace.ts';
import { fillCampus, lessonId, startsAt, studentId } from './campus.ts';
import { FakeClock } from './fake-clock.ts';
import type { LrsServer } from './lrs-server.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export const publicUrl = 'https://class.university.test';
export const administrator: Actor = {
  ...{ kind: 'person', id: PersonId.parse('admin'), displayName: 'Admin', roles: ['administrator'], address: '127.0.0.1' },
};

interface Told {
  readonly lrs?: LrsServer;
  readonly hook?: WebhookReceiver;
  /** Further settings of `records`. */
  readonly more?: object;
  readonly kinds?: readonly string[];
}

export class Outboxed {
  readonly clock = new FakeClock(startsAt);
  readonly log: string[] = [];
  readonly #where: string;
  #told: Told;
  #running: { readonly database: OpenDatabase; readonly outbox: Outbox; readonly trace: TraceStore } | null = null;

  private constructor(where: string, told: Told) {
    this.#where = where;
    this.#told = told;
  }

  /** @param where a database that has its tables, and is empty */
  static async open(where: string, told: Told): Promise<Outboxed> {
    const outboxed = new Outboxed(where, told);
    const { db, close } = await openDatabase(where);
    await fillCampus(db);
    await close();
    await outboxed.start();
    return outboxed;
  }

  get outbox(): Outbox {
    return this.#run.outbox;
  }

  get db(): OpenDatabase['db'] {
    return this.#run.database.db;
  }

  get trace(): TraceStore {
    return this.#run.trace;
  }

  get #run() {
    if (this.#running === null) throw new Error('The server does not run');
    return this.#running;
  }

  async start(told: Told = this.#told): Promise<void> {
    this.#told = told;
    const database = await openDatabase(this.#where);
    const { lrs, hook, more, kinds } = told;
    const records = {
      ...(lrs && { lrsUrl: lrs.url, lrsUser: lrs.user, lrsPassword: lrs.password }),
      ...(hook && { webhooks: [{ id: 'hook', url: hook.url, secret: hook.secret, ...(kinds && { kinds }) }] }),
      ...more,
    };
    const { db } = database;
    const outbox = await openOutbox({
      config: Config.parse({ publicUrl, records }),
      ...{ db, clock: this.clock, random: () => 0.5 },
      log: openLog({ level: 'info', format: 'json' }, { write: (line) => this.log.push(line) }),
      audit: new AuditService({ store: new AuditStore(db), clock: this.clock }),
    });
    const { alsoWrite } = outbox;
    this.#running = { database, outbox, trace: new TraceStore(db, alsoWrite ? { alsoWrite } : {}) };
    outbox.start();
  }

  /** As a power cut does: what is on its way is cut off, and nothing more is written. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.outbox.close();
    await running?.database.close();
  }

  async write(facts: readonly TracedFact[]): Promise<void> {
    await this.trace.append(facts.map(entryOf).filter((entry) => entry !== null));
  }

  /** As many students as there are hands; each raises one. */
  async hands(count: number, from = 1): Promise<void> {
    for (let number = from; number < from + count; number += 1) await this.write([handOf(number)]);
  }

  /** Everything that is due is tried, once. */
  async pass(ms = 5000): Promise<void> {
    this.clock.advance(ms);
    await this.outbox.settled();
  }

  destinations() {
    return this.outbox.service.destinations();
  }
}

const inRoom = (number: number) => ({
  ...{ lessonId, at: startsAt + number, personId: studentId(number), participantId: ParticipantId.parse(`p${number}`) },
});
export const handOf = (number: number): TracedFact => ({ ...inRoom(number), type: 'hand-raised' });
export const joinOf = (number: number): TracedFact => ({
  ...{ ...inRoom(number), type: 'participant-joined', name: `Name of student${number}`, role: 'student' },
});
