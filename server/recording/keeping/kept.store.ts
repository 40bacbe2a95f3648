// Reads recordings as those who keep them see them: one, or a list that is searched and paged.
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { type Instant, LessonId, RecordingId } from '../../contract/ids.ts';
import { RecordingState } from '../../contract/recording.ts';
import type { KeptRecording, KeptRecordingsQuery } from '../../contract/recording-keeping.ts';
import { LessonKind } from '../../contract/timetable.ts';
import type { Database } from '../../database/tables.ts';
import { searchPatterns } from '../../database/text.ts';
import { size } from './sizes.ts';

/** One page of the list. */
export const PER_PAGE = 50;

type Hold = KeptRecording['hold'];

export interface KeptRow extends Omit<KeptRecording, 'next' | 'trash' | 'hold'> {
  readonly endedAt: Instant | null;
  readonly restoredAt: Instant | null;
  readonly hold: Hold;
  readonly trash: { readonly at: Instant; readonly by: string; readonly purging: boolean } | null;
}

export class KeptStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(id: RecordingId): Promise<KeptRow | undefined> {
    const [row] = await this.#rows((query) => query.where('recording.id', '=', id));
    return row;
  }

  /** Newest first; in the trash, what goes first. */
  async page({ show, search = '', page }: KeptPage): Promise<{ readonly rows: KeptRow[]; readonly total: number }> {
    const matching = (query: Base): Base => searched(shown(query, show), search);
    const { total } = await matching(base(this.#db))
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await this.#rows((query) =>
      matching(query)
        .orderBy(show === 'trash' ? 'recording.trashed_at' : 'recording.started_at', show === 'trash' ? 'asc' : 'desc')
        .orderBy('recording.id')
        .limit(PER_PAGE)
        .offset(page * PER_PAGE),
    );
    return { rows, total: Number(total) };
  }

  async #rows(narrow: (query: Base) => Base): Promise<KeptRow[]> {
    const rows = await narrow(base(this.#db))
      .leftJoin('person as holder', 'holder.id', 'recording.held_by')
      .leftJoin('person as thrower', 'thrower.id', 'recording.trashed_by')
      .selectAll('recording')
      .select(['lesson.title as lesson_title', 'lesson.kind', 'course.title as course_title', 'teacher.display_name as teacher_name'])
      .select(['holder.display_name as holder_name', 'thrower.display_name as thrower_name'])
      .select(size.as('size'))
      .execute();
    return rows.map((row) => ({
      id: RecordingId.parse(row.id),
      lessonId: LessonId.parse(row.lesson_id),
      title: row.title ?? row.lesson_title,
      courseTitle: row.course_title,
      kind: LessonKind.parse(row.kind),
      teacherName: row.teacher_name,
      state: RecordingState.parse(row.state),
      startedAt: Number(row.started_at),
      endedAt: time(row.ended_at),
      restoredAt: time(row.restored_at),
      bytes: Number(row.size),
      archivedAt: time(row.archived_at),
      hold: row.held_at === null ? null : { reason: row.held_reason ?? '', by: row.holder_name ?? '', at: Number(row.held_at) },
      trash: row.trashed_at === null ? null : { at: Number(row.trashed_at), by: row.thrower_name ?? '', purging: row.purging_at !== null },
    }));
  }
}

export type KeptPage = z.output<typeof KeptRecordingsQuery>;

function base(db: Kysely<Database>) {
  return db
    .selectFrom('recording')
    .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person as teacher', 'teacher.id', 'lesson.teacher_id')
    .where('recording.purged_at', 'is', null);
}
type Base = ReturnType<typeof base>;

function shown(query: Base, show: KeptPage['show']): Base {
  switch (show) {
    case 'trash':
      return query.where('recording.trashed_at', 'is not', null);
    case 'held':
      return query.where('recording.held_at', 'is not', null);
    case 'archived':
      return query.where('recording.archived_at', 'is not', null).where('recording.trashed_at', 'is', null);
    case 'kept':
      return query.where('recording.archived_at', 'is', null).where('recording.trashed_at', 'is', null);
  }
}

/** Every word in the course or the teacher's name, or the words as they are in the title. */
function searched(query: Base, search: string): Base {
  const words = searchPatterns(search).map(
    (word) => sql<boolean>`(course.search_text || ' ' || teacher.search_text) like ${word} escape '\\'`,
  );
  if (words.length === 0) return query;
  const inTitle = `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return query.where(
    sql<boolean>`((${sql.join(words, sql` and `)}) or coalesce(recording.title, lesson.title) like ${inTitle} escape '\\')`,
  );
}

const time = (value: number | null): Instant | null => (value === null ? null : Number(value));
