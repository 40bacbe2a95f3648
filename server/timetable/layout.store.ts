// Reads weekly patterns and their lessons, a batch at a time, and writes the lessons that follow from them.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CalendarPlan, Pattern } from '../calendar/calendar.ts';
import type { Instant } from '../contract/ids.ts';
import { LessonKind } from '../contract/timetable.ts';
import { alone } from '../database/alone.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import { kindDefaults } from './kind-defaults.ts';
import type { Content, LaidOut, News, Wanted } from './layout.ts';
import { patternOf } from './series.ts';

export interface SeriesToLayOut {
  readonly id: string;
  readonly removed: boolean;
  readonly pattern: Pattern;
  readonly content: Content;
}

export type NewLaidOut = Wanted & { readonly id: string; readonly seriesId: string };

/** How the calendar is read in the transaction that is given; another module owns its tables. */
export type ReadCalendar = (db: Kysely<Database>) => Promise<CalendarPlan>;

/** PostgreSQL takes 65,535 values in one statement, SQLite 32,766. */
const rowsAtOnce = 1000;

export class LayoutStore {
  readonly #db: Kysely<Database>;
  readonly #readCalendar: ReadCalendar;

  constructor(db: Kysely<Database>, readCalendar: ReadCalendar) {
    this.#db = db;
    this.#readCalendar = readCalendar;
  }

  /** All of `work` or nothing, while nothing else changes the plan. */
  alone<T>(work: (store: LayoutStore) => Promise<T>): Promise<T> {
    return alone(this.#db, (trx) => work(new LayoutStore(trx, this.#readCalendar)));
  }

  calendar(): Promise<CalendarPlan> {
    return this.#readCalendar(this.#db);
  }

  /** Ids of the series whose lessons do not follow them; those that are held at the same time together, for so are their lessons written. */
  async waiting(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('series')
      .select('id')
      .where('needs_layout', '=', 1)
      .orderBy('weekday')
      .orderBy('bell_first')
      .orderBy('clock_starts_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => row.id);
  }

  /** Those of the series that wait still. */
  async marked(seriesIds: readonly string[]): Promise<SeriesToLayOut[]> {
    const rows = await this.#db
      .selectFrom('series')
      .innerJoin('course', 'course.id', 'series.course_id')
      .selectAll('series')
      .select('course.faculty_id')
      .where('series.id', 'in', seriesIds)
      .where('series.needs_layout', '=', 1)
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    const groups = await this.#db
      .selectFrom('series_group')
      .select(['series_id', 'group_id'])
      .where('series_id', 'in', ids)
      .union(
        this.#db
          .selectFrom('series_stream')
          .innerJoin('stream_group', 'stream_group.stream_id', 'series_stream.stream_id')
          .select(['series_stream.series_id', 'stream_group.group_id'])
          .where('series_stream.series_id', 'in', ids),
      )
      .execute();
    const groupIds = idsBy(groups.map((row) => [row.series_id, row.group_id]));
    return rows.map((row) => ({
      id: row.id,
      removed: row.removed_at !== null,
      pattern: { ...patternOf(row), termId: row.term_id, facultyId: row.faculty_id },
      content: {
        ...{ courseId: row.course_id, kind: row.kind, title: row.title, teacherId: row.teacher_id, placeId: row.place_id, mode: row.mode },
        rules: row.rules ?? JSON.stringify(kindDefaults[LessonKind.parse(row.kind)]),
        groupIds: groupIds.get(row.id) ?? [],
      },
    }));
  }

  /** By series. */
  async lessonsOf(seriesIds: readonly string[]): Promise<Map<string, LaidOut[]>> {
    const rows = await this.#db
      .selectFrom('lesson')
      .select(['id', 'series_id', 'occurrence', 'starts_at', 'ends_at', 'cancelled', 'by_hand'])
      .select(['course_id', 'kind', 'title', 'teacher_id', 'place_id', 'mode', 'rules'])
      .where('series_id', 'in', seriesIds)
      .execute();
    const lessons = new Map<string, LaidOut[]>(seriesIds.map((id) => [id, []]));
    if (rows.length === 0) return lessons;
    const groups = await this.#db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
      .select(['lesson_group.lesson_id', 'lesson_group.group_id'])
      .where('lesson.series_id', 'in', seriesIds)
      .execute();
    const groupIds = idsBy(groups.map((row) => [row.lesson_id, row.group_id]));
    for (const row of rows) {
      if (row.series_id === null || row.occurrence === null) continue;
      lessons.get(row.series_id)?.push({
        ...{ id: row.id, occurrence: row.occurrence, startsAt: row.starts_at, endsAt: row.ends_at, cancelled: row.cancelled === 1 },
        ...{ courseId: row.course_id, kind: row.kind, title: row.title, teacherId: row.teacher_id, placeId: row.place_id },
        ...{ mode: row.mode, rules: row.rules, groupIds: groupIds.get(row.id) ?? [], byHand: fieldsOf(row.by_hand) },
      });
    }
    return lessons;
  }

  /** Those that something tells of: a room, a chat, a trace, a recording. */
  async toldOf(lessonIds: readonly string[]): Promise<Set<string>> {
    if (lessonIds.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('room')
      .select('lesson_id')
      .where('lesson_id', 'in', lessonIds)
      .union(this.#db.selectFrom('chat_message').select('lesson_id').where('lesson_id', 'in', lessonIds))
      .union(this.#db.selectFrom('trace_entry').select('lesson_id').where('lesson_id', 'in', lessonIds))
      .union(this.#db.selectFrom('recording').select('lesson_id').where('lesson_id', 'in', lessonIds))
      .execute();
    return new Set(rows.map((row) => row.lesson_id));
  }

  async add(lessons: readonly NewLaidOut[], now: Instant): Promise<void> {
    for (const some of inPieces(lessons, rowsAtOnce)) {
      const rows = some.map((lesson) => ({
        ...columnsOf(lesson),
        ...{ id: lesson.id, series_id: lesson.seriesId, cancelled: 0, created_at: now },
      }));
      await this.#db.insertInto('lesson').values(rows).execute();
    }
    await this.#addGroups(lessons);
  }

  async change(lessons: readonly { readonly before: LaidOut; readonly after: LaidOut }[], now: Instant): Promise<void> {
    for (const { before, after } of lessons) {
      await this.#db
        .updateTable('lesson')
        .set((eb) => ({
          ...columnsOf(after),
          // An extension was for another time.
          ...((before.startsAt !== after.startsAt || before.endsAt !== after.endsAt) && { extended_to: null }),
          ...(before.cancelled !== after.cancelled && { cancelled: after.cancelled ? 1 : 0, ended_at: after.cancelled ? now : null }),
          sequence: eb('sequence', '+', 1),
          changed_at: now,
        }))
        .where('id', '=', after.id)
        .execute();
    }
  }

  /** Kept beside what people changed by hand: whoever listens finds it there when the server stopped before it was told (N5). */
  async writeDown(news: readonly News[], now: Instant): Promise<void> {
    const rows = news.map(({ lessonId, change, before, after }) => ({
      ...{ id: randomUUID(), lesson_id: lessonId, at: now, by_id: null, by_name: 'Auditoria', note: '' },
      ...{ change: JSON.stringify(change), before: JSON.stringify(before), after: JSON.stringify(after) },
    }));
    for (const some of inPieces(rows, rowsAtOnce)) await this.#db.insertInto('lesson_change').values(some).execute();
  }

  async changeGroups(lessons: readonly Pick<LaidOut, 'id' | 'groupIds'>[]): Promise<void> {
    if (lessons.length === 0) return;
    await this.#db
      .deleteFrom('lesson_group')
      .where(
        'lesson_id',
        'in',
        lessons.map(({ id }) => id),
      )
      .execute();
    await this.#addGroups(lessons);
  }

  async remove(lessonIds: readonly string[]): Promise<void> {
    if (lessonIds.length > 0) await this.#db.deleteFrom('lesson').where('id', 'in', lessonIds).execute();
  }

  async done(seriesIds: readonly string[]): Promise<void> {
    await this.#db.updateTable('series').set({ needs_layout: 0 }).where('id', 'in', seriesIds).execute();
  }

  async #addGroups(lessons: readonly Pick<LaidOut, 'id' | 'groupIds'>[]): Promise<void> {
    const rows = lessons.flatMap(({ id, groupIds }) => groupIds.map((groupId) => ({ lesson_id: id, group_id: groupId })));
    for (const some of inPieces(rows, rowsAtOnce)) await this.#db.insertInto('lesson_group').values(some).execute();
  }
}

function columnsOf(lesson: Wanted) {
  return {
    course_id: lesson.courseId,
    kind: lesson.kind,
    title: lesson.title,
    starts_at: lesson.startsAt,
    ends_at: lesson.endsAt,
    teacher_id: lesson.teacherId,
    rules: lesson.rules,
    occurrence: lesson.occurrence,
    place_id: lesson.placeId,
    mode: lesson.mode,
  };
}

/** In order, so that two lists of the same are the same. */
function idsBy(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [owner, id] of pairs) {
    const ids = all.get(owner);
    if (ids === undefined) all.set(owner, [id]);
    else ids.push(id);
  }
  for (const ids of all.values()) ids.sort();
  return all;
}

function fieldsOf(byHand: string): ReadonlySet<string> {
  if (byHand === '{}') return nothing;
  const fields: unknown = JSON.parse(byHand);
  return new Set(typeof fields === 'object' && fields !== null ? Object.keys(fields) : []);
}
const nothing: ReadonlySet<string> = new Set();
