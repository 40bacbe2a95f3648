// Reads lessons as they can be changed by hand, writes what became of them, and keeps the history of changes.
import type { Kysely } from 'kysely';
import type { Instant } from '../contract/ids.ts';
import { TeachingMode } from '../contract/timetable.ts';
import { alone } from '../database/alone.ts';
import type { Database } from '../database/tables.ts';
import { byHandFrom } from './by-hand.ts';
import type { Planned } from './changes.ts';
import { findConflicts } from './conflicts.store.ts';
import type { Found, Wanted } from './conflicts.ts';
import { groupsOfLessons } from './lesson-groups.store.ts';

export interface Changeable extends Planned {
  readonly seriesId: string | null;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly facultyId: string;
}

export interface ChangeRow {
  readonly id: string;
  readonly lessonId: string;
  readonly at: Instant;
  readonly by: { readonly id: string; readonly name: string };
  /** JSON of LessonChange. */
  readonly change: string;
  readonly note: string;
  readonly before: object;
  readonly after: object;
}

export class ChangesStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All of `work` or nothing, while nothing else changes the plan. */
  alone<T>(work: (store: ChangesStore) => Promise<T>): Promise<T> {
    return alone(this.#db, (trx) => work(new ChangesStore(trx)));
  }

  async find(id: string): Promise<Changeable | null> {
    const [lesson] = await this.#read((query) => query.where('lesson.id', '=', id));
    return lesson ?? null;
  }

  /** Of the weekly pattern, from the lesson's start on, by time. */
  following({ seriesId, startsAt }: Pick<Changeable, 'seriesId' | 'startsAt'>): Promise<Changeable[]> {
    return this.#read((query) => query.where('lesson.series_id', '=', seriesId).where('lesson.starts_at', '>=', startsAt));
  }

  /** Null for whoever does not teach, or no longer. */
  async teacher(id: string): Promise<{ id: string; name: string } | null> {
    const row = await this.#db
      .selectFrom('person')
      .select(['id', 'display_name as name'])
      .where('id', '=', id)
      .where('roles', 'like', '%"teacher"%')
      .where('disabled', '=', 0)
      .executeTakeFirst();
    return row ?? null;
  }

  async place(id: string): Promise<{ id: string; name: string } | null> {
    const row = await this.#db.selectFrom('place').select(['id', 'name', 'building']).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : { id: row.id, name: placeName(row) };
  }

  /** Those that there are. */
  groups(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#db.selectFrom('student_group').select(['id', 'name']).where('id', 'in', ids).execute();
  }

  conflicts(wanted: readonly Wanted[]): Promise<Found> {
    return findConflicts(this.#db, wanted);
  }

  /** What was moved has the end of its plan; an extension was for another day. */
  async save(before: Planned, after: Planned, note: string, at: Instant): Promise<void> {
    const isMoved = before.startsAt !== after.startsAt || before.endsAt !== after.endsAt;
    await this.#db
      .updateTable('lesson')
      .set((eb) => ({
        ...{ title: after.title, starts_at: after.startsAt, ends_at: after.endsAt, teacher_id: after.teacher.id },
        ...{ place_id: after.place?.id ?? null, mode: after.mode, by_hand: JSON.stringify(after.byHand) },
        ...(isMoved && { extended_to: null }),
        ...(before.cancelled !== after.cancelled && { cancelled: after.cancelled ? 1 : 0, ended_at: after.cancelled ? at : null }),
        ...{ note, changed_at: at, sequence: eb('sequence', '+', 1) },
      }))
      .where('id', '=', after.id)
      .execute();
    const [old, now] = [idsOf(before), idsOf(after)];
    if (old.join() === now.join()) return;
    await this.#db.deleteFrom('lesson_group').where('lesson_id', '=', after.id).execute();
    if (now.length > 0)
      await this.#db
        .insertInto('lesson_group')
        .values(now.map((groupId) => ({ lesson_id: after.id, group_id: groupId })))
        .execute();
  }

  async addChange({ id, lessonId, at, by, change, note, before, after }: ChangeRow): Promise<void> {
    await this.#db
      .insertInto('lesson_change')
      .values({
        ...{ id, lesson_id: lessonId, at, by_id: by.id, by_name: by.name, change, note },
        ...{ before: JSON.stringify(before), after: JSON.stringify(after) },
      })
      .execute();
  }

  /** Newest first. */
  history(lessonId: string, limit: number) {
    return this.#db
      .selectFrom('lesson_change')
      .select(['at', 'by_name', 'change', 'note', 'before', 'after'])
      .where('lesson_id', '=', lessonId)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }

  /** The plan decides something of these weekly patterns' lessons again. */
  async markForLayout(seriesIds: readonly string[]): Promise<void> {
    if (seriesIds.length > 0) await this.#db.updateTable('series').set({ needs_layout: 1 }).where('id', 'in', seriesIds).execute();
  }

  /** People on the rosters, each once, with those named. */
  async countPeople(groupIds: readonly string[], courseId: string, also: readonly string[]): Promise<number> {
    let people = this.#db.selectFrom('enrolment').select('person_id').where('course_id', '=', courseId);
    if (groupIds.length > 0)
      people = people.union(this.#db.selectFrom('group_member').select('person_id').where('group_id', 'in', groupIds));
    const rows = await people.execute();
    return new Set([...rows.map((row) => row.person_id), ...also]).size;
  }

  async #read(narrowed: (query: ReturnType<typeof changeable>) => ReturnType<typeof changeable>): Promise<Changeable[]> {
    const rows = await narrowed(changeable(this.#db)).orderBy('lesson.starts_at').orderBy('lesson.id').execute();
    const ids = rows.map((row) => row.id);
    const groups = await groupsOfLessons(this.#db, ids);
    return rows.map((row) => ({
      ...{ id: row.id, startsAt: row.starts_at, endsAt: row.ends_at, title: row.title, cancelled: row.cancelled === 1 },
      teacher: { id: row.teacher_id, name: row.teacher_name },
      place: row.place_id === null ? null : { id: row.place_id, name: placeName({ name: row.place_name, building: row.building }) },
      mode: TeachingMode.parse(row.mode),
      // By id: what is compared must not depend on names.
      groups: (groups.get(row.id) ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      byHand: byHandFrom(row.by_hand),
      ...{ seriesId: row.series_id, courseId: row.course_id, courseTitle: row.course_title, facultyId: row.faculty_id },
    }));
  }
}

function changeable(db: Kysely<Database>) {
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person', 'person.id', 'lesson.teacher_id')
    .leftJoin('place', 'place.id', 'lesson.place_id')
    .select(['lesson.id', 'lesson.starts_at', 'lesson.ends_at', 'lesson.title', 'lesson.cancelled', 'lesson.by_hand', 'lesson.mode'])
    .select(['lesson.series_id', 'lesson.course_id', 'course.faculty_id', 'lesson.teacher_id', 'person.display_name as teacher_name'])
    .select(['course.title as course_title', 'lesson.place_id', 'place.name as place_name', 'place.building']);
}

/** As people say it: the building, then the room. */
function placeName({ name, building }: { readonly name: string | null; readonly building: string | null }): string {
  return [building, name].filter(Boolean).join(', ');
}

function idsOf({ groups }: Planned): string[] {
  return groups.map(({ id }) => id).sort();
}
