// For tests: recordings of lessons of each kind, as rows, and their files in memory.
import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import { type LessonId, RecordingId } from '../../../contract/ids.ts';
import type { LessonKind } from '../../../contract/timetable.ts';
import type { Database } from '../../../database/tables.ts';
import type { RecordingFiles, RecordingFolder, RecordingPlace } from '../../../ports/recording-files.ts';
import { addLesson } from '../../capture/testing/lesson-rows.ts';
import { RecordingStore } from '../../recording.store.ts';

export const DAY = 24 * 3_600_000;

/** Lessons `lecture` and `seminar`, each with a teacher and a course of its own. */
export class Rows {
  readonly db: Kysely<Database>;
  readonly #store: RecordingStore;
  readonly #lessons = new Map<LessonKind, LessonId>();

  constructor(db: Kysely<Database>) {
    this.db = db;
    this.#store = new RecordingStore(db);
  }

  /** Begun and ended then; `endedAt` null: it runs. */
  async add(name: string, endedAt: number | null, { kind = 'lecture' as LessonKind, bytes = 1000, startedAt = endedAt ?? 0 } = {}) {
    const id = RecordingId.parse(name);
    await this.#store.add({
      id,
      lessonId: await this.#lesson(kind),
      startedAt,
      startedBy: null,
      directory: name,
      sealedKey: `key-${name}`,
    });
    if (endedAt !== null) await this.#store.end(id, endedAt, 'class-ended', bytes);
    return id;
  }

  row(id: RecordingId) {
    return this.db.selectFrom('recording').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  async #lesson(kind: LessonKind): Promise<LessonId> {
    const there = this.#lessons.get(kind);
    if (there !== undefined) return there;
    const id = await addLesson(this.db, kind);
    await sql`update lesson set kind = ${kind} where id = ${id}`.execute(this.db);
    this.#lessons.set(kind, id);
    return id;
  }
}

/** Which recordings have bytes. While `fault` is set none of them can be removed. */
export class FilesInMemory implements RecordingFiles {
  readonly there = new Set<string>();
  fault: Error | null = null;

  of({ id }: RecordingPlace): RecordingFolder {
    const { there } = this;
    const isThere = () => there.has(id);
    return {
      size: async () => (isThere() ? 1 : undefined),
      stream: async () => Readable.from([Buffer.from('x')]),
      text: async () => (isThere() ? 'x' : undefined),
      names: async () => (isThere() ? ['p0001.mp4'] : []),
      async write() {
        there.add(id);
        return { bytes: 1 };
      },
      async adopt() {
        there.add(id);
        return { bytes: 1 };
      },
      async remove() {
        there.delete(id);
      },
      removeAll: async () => {
        if (this.fault !== null) throw this.fault;
        there.delete(id);
      },
    };
  }

  newKey() {
    return null;
  }

  open(): Buffer {
    return Buffer.alloc(32);
  }

  closed(): void {}

  async close(): Promise<void> {}
}
