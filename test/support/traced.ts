// Three signed days of a trace in a real database, for tests that look at it, change it, and put it back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { ConnectionId, type Instant, LessonId, ParticipantId, PersonId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import type { TracedFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import type { Clock } from '../../server/ports/clock.ts';
import { bundleOf } from '../../server/trace/bundle.ts';
import { HeadsStore } from '../../server/trace/heads.store.ts';
import { KeyFiles } from '../../server/trace/key-files.ts';
import { ProofService } from '../../server/trace/proof.service.ts';
import { ProofStore } from '../../server/trace/proof.store.ts';
import { SealingService } from '../../server/trace/sealing.service.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { Witness } from '../../server/trace/witness.ts';
import { lessonId, startsAt } from './campus.ts';
import { FakeClock } from './fake-clock.ts';
import { timeZone } from './lessons.ts';

const log = openLog({ level: 'silent', format: 'json' });
const dayMs = 86_400_000;
const tables = ['trace_entry', 'trace_chain', 'trace_day', 'trace_day_leaf', 'trace_key'] as const;
type Rows = Map<string, Record<string, unknown>[]>;

export const otherLesson = LessonId.parse('other');
export const days = ['2026-09-07', '2026-09-08', '2026-09-09'] as const;

const ofPerson = (name: string, at: Instant, id: LessonId) => ({
  lessonId: id,
  at,
  personId: PersonId.parse(name),
  participantId: ParticipantId.parse(`of-${name}`),
});

export const comes = (name: string, at: Instant, id = lessonId): TracedFact[] => [
  { ...ofPerson(name, at, id), type: 'participant-joined', name: 'Үсенова Қарлығаш', role: 'student' },
  {
    ...ofPerson(name, at, id),
    connectionId: ConnectionId.parse(`c-${name}`),
    type: 'connection-opened',
    device: 'Firefox, Linux',
    address: '192.0.2.7',
  },
  { ...ofPerson(name, at + 1, id), type: 'hand-raised' },
];

export class Traced {
  readonly db: Kysely<Database>;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly store: TraceStore;
  readonly trace: TraceService;
  readonly heads: HeadsStore;
  readonly files: KeyFiles;
  readonly sealing: SealingService;
  readonly proofs: ProofService;

  private constructor(db: Kysely<Database>, folder: string) {
    this.db = db;
    this.folder = folder;
    this.clock = new FakeClock(startsAt);
    this.store = new TraceStore(db);
    this.trace = new TraceService({ store: this.store, clock: this.clock, log });
    this.heads = new HeadsStore(db);
    this.files = new KeyFiles(folder);
    this.sealing = this.sealingAnew();
    const parts = { files: this.files, witness: new Witness(folder), clock: this.clock, timeZone };
    this.proofs = new ProofService({ ...parts, heads: this.heads, trace: new ProofStore(db) });
  }

  static async open(db: Kysely<Database>): Promise<Traced> {
    return new Traced(db, await mkdtemp(join(tmpdir(), 'auditoria-trace-')));
  }

  /** The lesson on the first two days, another on the first and third, and the lesson again, not signed yet. */
  async fill(): Promise<void> {
    const { trace } = this;
    await trace.append([{ type: 'room-opened', lessonId, at: startsAt }, ...comes('a', startsAt), ...comes('b', startsAt + 5)]);
    await trace.append(comes('z', startsAt, otherLesson));
    await this.nextDay();
    const register = { lessonId, at: this.clock.now(), by: PersonId.parse('teacher'), byName: 'Мұғалім' };
    const correction = {
      type: 'register-corrected',
      personId: PersonId.parse('a'),
      from: 'late',
      verdict: 'present',
      reason: 'Трамвай',
    } as const;
    await trace.append([{ ...register, ...correction }, ...comes('c', this.clock.now())]);
    await this.nextDay();
    await trace.append(comes('y', this.clock.now(), otherLesson));
    await this.nextDay();
    await trace.append(comes('d', this.clock.now()));
  }

  /** As after a restart. */
  sealingAnew(clock: Clock = this.clock): SealingService {
    const { heads: store, files, folder } = this;
    return new SealingService({ store, files, witness: new Witness(folder), clock, log, timeZone });
  }

  /** The night passes, and the day is signed. */
  async nextDay(nights = 1): Promise<void> {
    this.clock.advance(nights * dayMs);
    await this.sealing.seal();
  }

  async bundle(id = lessonId): Promise<string> {
    let text = '';
    for await (const lines of bundleOf(id, { heads: this.heads, trace: new ProofStore(this.db), clock: this.clock })) text += lines;
    return text;
  }

  async rows(): Promise<Rows> {
    const all: Rows = new Map();
    for (const table of tables) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(this.db);
      all.set(table, rows);
    }
    return all;
  }

  async restore(rows: Rows): Promise<void> {
    for (const [table, kept] of rows) {
      await sql`delete from ${sql.table(table)}`.execute(this.db);
      for (const row of kept) {
        const columns = Object.keys(row).map((name) => sql.ref(name));
        const values = Object.values(row).map((value) => sql`${value}`);
        await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(this.db);
      }
    }
  }

  async close(): Promise<void> {
    await this.sealing.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
