// Owns the table of jobs: which files are to be made of recordings, and what became of each.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { type Instant, type PersonId, RecordingId } from '../../contract/ids.ts';
import { RecordingExport } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { RecordingJobTable } from '../../database/tables-recordings.ts';
import { readRecording, type StoredRecording } from '../recording.store.ts';

export const JobKind = z.enum(['insight', 'm4a', 'mp4']);
export type JobKind = z.infer<typeof JobKind>;

const Fault = RecordingExport.shape.fault;
const JobState = z.enum(['waiting', 'running', 'ready', 'failed']);

/** At most one of each kind for a recording: the latest. */
export interface Job {
  readonly recordingId: RecordingId;
  readonly kind: JobKind;
  readonly state: z.infer<typeof JobState>;
  readonly progress: number;
  /** Of the recording when it was begun. */
  readonly edition: number;
  readonly askedBy: string | null;
  readonly endedAt: Instant | null;
  readonly attempts: number;
  readonly bytes: number | null;
  readonly fault: z.infer<typeof Fault>;
}

const readJob = (row: Selectable<RecordingJobTable>): Job => ({
  recordingId: RecordingId.parse(row.recording_id),
  kind: JobKind.parse(row.kind),
  state: JobState.parse(row.state),
  progress: Number(row.progress),
  edition: Number(row.edition),
  askedBy: row.asked_by,
  endedAt: row.ended_at === null ? null : Number(row.ended_at),
  attempts: Number(row.attempts),
  bytes: row.bytes === null ? null : Number(row.bytes),
  fault: Fault.parse(row.fault),
});

export interface Asking {
  /** Orders the jobs; of what nobody asked for it is the recording's end. */
  readonly askedAt: Instant;
  readonly askedBy: PersonId | null;
  readonly dueAt: Instant;
  readonly edition: number;
}

export interface Titled {
  readonly recording: StoredRecording;
  /** Its own name, or the lesson's. */
  readonly title: string;
}

export class JobsStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async of(id: RecordingId): Promise<Job[]> {
    const rows = await this.#db.selectFrom('recording_job').selectAll().where('recording_id', '=', id).orderBy('kind').execute();
    return rows.map(readJob);
  }

  async recording(id: RecordingId): Promise<Titled | undefined> {
    const row = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .selectAll('recording')
      .select('lesson.title as lesson_title')
      .where('recording.id', '=', id)
      .executeTakeFirst();
    return row && { recording: readRecording(row), title: row.title ?? row.lesson_title };
  }

  /** Those that ended, are not in the archive, and have not been looked through since their latest edit, after `after` in the order of ids. */
  async unseen(after: string, limit: number): Promise<StoredRecording[]> {
    const rows = await this.#db
      .selectFrom('recording')
      .leftJoin('recording_job', (join) =>
        join.onRef('recording_job.recording_id', '=', 'recording.id').on('recording_job.kind', '=', 'insight'),
      )
      .selectAll('recording')
      .where('recording.id', '>', after)
      .where('recording.state', '=', 'ended')
      .where('recording.trashed_at', 'is', null)
      .where('recording.purged_at', 'is', null)
      .where('recording.archived_at', 'is', null)
      .where((eb) => eb.or([eb('recording_job.kind', 'is', null), eb('recording_job.edition', '<>', eb.ref('recording.edition'))]))
      .orderBy('recording.id')
      .limit(limit)
      .execute();
    return rows.map(readRecording);
  }

  /** From the beginning, whatever was there before. */
  async wait(id: RecordingId, kind: JobKind, { askedAt, askedBy, dueAt, edition }: Asking): Promise<void> {
    const begins = { state: 'waiting', progress: 0, edition, asked_at: askedAt, asked_by: askedBy, due_at: dueAt, ...unended };
    await this.#db
      .insertInto('recording_job')
      .values({ recording_id: id, kind, ...begins })
      .onConflict((conflict) => conflict.columns(['recording_id', 'kind']).doUpdateSet(begins))
      .execute();
  }

  /** What looks through recordings first, then what people asked for, then the rest; of these the newest recordings first. */
  async next(now: Instant, others: boolean): Promise<Job | undefined> {
    const due = this.#db.selectFrom('recording_job').selectAll().where('state', '=', 'waiting').where('due_at', '<=', now).limit(1);
    const row =
      (await due.where('kind', '=', 'insight').orderBy('asked_at', 'desc').executeTakeFirst()) ??
      (await due.where('asked_by', 'is not', null).orderBy('asked_at').orderBy('kind').executeTakeFirst()) ??
      (others ? await due.orderBy('asked_at', 'desc').orderBy('recording_id').orderBy('kind').executeTakeFirst() : undefined);
    return row && readJob(row);
  }

  async begin({ recordingId, kind }: Job, edition: number): Promise<void> {
    await this.#set(recordingId, kind, { state: 'running', edition });
  }

  async progress({ recordingId, kind }: Job, progress: number): Promise<void> {
    await this.#set(recordingId, kind, { progress });
  }

  async ready({ recordingId, kind }: Job, edition: number, bytes: number, at: Instant): Promise<void> {
    await this.#set(recordingId, kind, { state: 'ready', progress: 1, edition, bytes, ended_at: at, fault: null });
  }

  /** Later again, or never: `dueAt` null. */
  async failed({ recordingId, kind, attempts }: Job, fault: NonNullable<Job['fault']>, at: Instant, dueAt: Instant | null): Promise<void> {
    const next = dueAt === null ? { state: 'failed', ended_at: at } : { state: 'waiting', due_at: dueAt };
    await this.#set(recordingId, kind, { ...next, fault, progress: 0, attempts: attempts + 1 });
  }

  /** What a dead process was making waits again. */
  async resume(): Promise<void> {
    await this.#db.updateTable('recording_job').set({ state: 'waiting' }).where('state', '=', 'running').execute();
  }

  /** Those that are not done. `sealed`: what is made for them in the meantime must not be left lying in plain. */
  async open(): Promise<(Job & { readonly sealed: boolean })[]> {
    const rows = await this.#db
      .selectFrom('recording_job')
      .innerJoin('recording', 'recording.id', 'recording_job.recording_id')
      .selectAll('recording_job')
      .select('recording.sealed_key')
      .where('recording_job.state', 'in', ['waiting', 'running'])
      .execute();
    return rows.map((row) => ({ ...readJob(row), sealed: row.sealed_key !== null }));
  }

  async remove(id: RecordingId, kind: JobKind): Promise<void> {
    await this.#db.deleteFrom('recording_job').where('recording_id', '=', id).where('kind', '=', kind).execute();
  }

  async #set(id: RecordingId, kind: JobKind, to: Partial<Pick<Selectable<RecordingJobTable>, Changing>>): Promise<void> {
    await this.#db.updateTable('recording_job').set(to).where('recording_id', '=', id).where('kind', '=', kind).execute();
  }
}

const unended = { ended_at: null, attempts: 0, bytes: null, fault: null } as const;
type Changing = 'state' | 'progress' | 'edition' | 'due_at' | 'ended_at' | 'attempts' | 'bytes' | 'fault';
