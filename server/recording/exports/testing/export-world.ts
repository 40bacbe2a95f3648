// For tests: a database with one lesson, recordings in a folder, and what makes files of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely, Updateable } from 'kysely';
import type { Actor } from '../../../audit/actor.ts';
import { PersonId, RecordingId } from '../../../contract/ids.ts';
import type { NewRecordingEdit } from '../../../contract/recording-edits.ts';
import type { Chapter } from '../../../contract/recording-page.ts';
import { openDatabase } from '../../../database/open.ts';
import type { Database } from '../../../database/tables.ts';
import type { RecordingTable } from '../../../database/tables-recordings.ts';
import { addLesson } from '../../capture/testing/lesson-rows.ts';
import { ManualClock } from '../../capture/testing/manual-clock.ts';
import { ManifestReader } from '../../playback/manifest-reader.ts';
import { PlaybackService } from '../../playback/playback.service.ts';
import { RecordingStore, type StoredRecording } from '../../recording.store.ts';
import { ExportsService } from '../exports.service.ts';
import { type Ffmpeg, lowFfmpeg } from '../ffmpeg.ts';
import { JobsStore } from '../jobs.store.ts';
import { make, type Task } from '../make.ts';
import type { Made } from '../making.ts';
import { JobQueue } from '../queue.ts';
import type { Mp4Rule } from '../wanted.ts';
import { FolderFiles } from './folder-files.ts';

export const asker: Actor = { kind: 'person', id: PersonId.parse('teacher-lesson'), displayName: 'Айгүл', roles: [], address: '' };

export class ExportWorld {
  readonly db: Kysely<Database>;
  readonly clock = new ManualClock();
  readonly root: string;
  readonly files: FolderFiles;
  readonly store: JobsStore;
  readonly recordings: RecordingStore;
  readonly playback: PlaybackService;
  readonly edits: NewRecordingEdit[] = [];
  readonly chapters: Chapter[] = [];
  readonly told: string[] = [];
  readonly warned: string[] = [];
  hasSpace = true;
  isTheHour = true;
  readonly #close: () => Promise<void>;

  private constructor(db: Kysely<Database>, root: string, close: () => Promise<void>) {
    this.db = db;
    this.root = root;
    this.#close = close;
    this.files = new FolderFiles(root);
    this.store = new JobsStore(db);
    this.recordings = new RecordingStore(db);
    this.playback = new PlaybackService({ reader: new ManifestReader(this.files), edits: async () => this.edits });
  }

  static async open(): Promise<ExportWorld> {
    const world = await ExportWorld.at(await mkdtemp(join(tmpdir(), 'exports-')));
    await addLesson(world.db, 'lesson');
    return world;
  }

  /** What another process began. */
  static async at(root: string): Promise<ExportWorld> {
    const { db, close } = await openDatabase(join(root, 'db.sqlite'));
    return new ExportWorld(db, root, close);
  }

  get workRoot(): string {
    return join(this.root, '.making');
  }

  async add(name: string, endedAt = 1_800_000_060_000): Promise<StoredRecording> {
    const id = RecordingId.parse(name);
    const lesson = await this.db.selectFrom('lesson').select('id').executeTakeFirstOrThrow();
    await this.db
      .insertInto('recording')
      .values({
        ...{ id, lesson_id: lesson.id, state: 'ended', started_at: 1_800_000_000_000, ended_at: endedAt, end_reason: 'class-ended' },
        ...{ directory: name, started_by: null, bytes: 1 },
      })
      .execute();
    return this.recording(name);
  }

  async recording(name: string): Promise<StoredRecording> {
    const found = await this.recordings.find(RecordingId.parse(name));
    if (!found) throw new Error(`no recording ${name}`);
    return found;
  }

  async change(name: string, to: Updateable<RecordingTable>): Promise<void> {
    await this.db.updateTable('recording').set(to).where('id', '=', name).execute();
  }

  /** The line of jobs of one life of the server. */
  server({
    rule = 'always',
    ffmpeg = lowFfmpeg(),
    maker,
  }: {
    readonly rule?: Mp4Rule;
    readonly ffmpeg?: Ffmpeg;
    readonly maker?: (task: Task) => Promise<Made>;
  } = {}): { readonly queue: JobQueue; readonly exports: ExportsService } {
    const { store, clock, workRoot, files, playback } = this;
    const insightOf = (recording: StoredRecording) => exports.insightOf(recording);
    const parts = { files, playback, ffmpeg, workRoot, chaptersOf: async () => this.chapters, insightOf };
    const queue = new JobQueue({
      ...{ store, clock, workRoot },
      log: { info: () => undefined, warn: (...said: readonly unknown[]) => void this.warned.push(String(said.at(-1))) },
      make: maker ?? ((task) => make(parts, task)),
      hasSpace: async () => this.hasSpace,
      isTheHour: () => this.isTheHour,
    });
    const audit = { record: async (_actor: object, { act }: { act: string }) => void this.told.push(act) };
    const exports: ExportsService = new ExportsService({ store, queue, files, audit, clock, rule });
    return { queue, exports };
  }

  /** Kind and state of each job, by kind. */
  async states(name: string): Promise<Record<string, string>> {
    return Object.fromEntries((await this.store.of(RecordingId.parse(name))).map(({ kind, state }) => [kind, state]));
  }

  async close(): Promise<void> {
    await this.#close();
    await rm(this.root, { recursive: true });
  }
}
