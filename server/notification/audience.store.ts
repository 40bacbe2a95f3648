// Reads what a notification tells of: lessons, their people, and where these people can be reached.
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import { TeachingMode } from '../contract/timetable.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { LessonPeople, Meant } from './notification.ts';

export interface ToldLesson {
  readonly id: string;
  readonly courseId: string;
  readonly title: string;
  readonly courseTitle: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly teacherId: string;
  readonly teacherName: string;
  readonly place: string | null;
  /** Where a calendar shows it. */
  readonly where: { readonly place: { readonly building: string; readonly name: string } | null; readonly mode: TeachingMode };
  /** Whom the plan names as teacher, when somebody else teaches. */
  readonly plannedTeacher: { readonly id: string; readonly name: string } | null;
  readonly cancelled: boolean;
  readonly sequence: number;
  readonly changedAt: Instant;
}

export interface Reachable {
  readonly name: string;
  readonly email: string | null;
  /** Null: nothing was chosen. */
  readonly language: Language | null;
}

export class AudienceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async lessons(ids: readonly string[]): Promise<Map<string, ToldLesson>> {
    const found = new Map<string, ToldLesson>();
    for (const part of inPieces(ids)) {
      const rows = await this.#lessons().where('lesson.id', 'in', part).execute();
      for (const row of rows) found.set(row.id, lessonOf(row));
    }
    return found;
  }

  /** Not cancelled, in the order of their start. */
  async startingWithin(after: Instant, until: Instant): Promise<ToldLesson[]> {
    const rows = await this.#lessons()
      .where('lesson.starts_at', '>', after)
      .where('lesson.starts_at', '<=', until)
      .where('lesson.cancelled', '=', 0)
      .where('lesson.ended_at', 'is', null)
      .orderBy('lesson.starts_at')
      .orderBy('lesson.id')
      .execute();
    return rows.map(lessonOf);
  }

  #lessons() {
    return this.#db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .innerJoin('person', 'person.id', 'lesson.teacher_id')
      .leftJoin('place', 'place.id', 'lesson.place_id')
      .select([
        ...(['lesson.id', 'lesson.course_id', 'lesson.title', 'lesson.starts_at', 'lesson.ends_at', 'lesson.extended_to'] as const),
        ...([
          'lesson.teacher_id',
          'lesson.cancelled',
          'lesson.sequence',
          'lesson.changed_at',
          'lesson.created_at',
          'lesson.mode',
          'lesson.by_hand',
        ] as const),
        'course.title as course_title',
        'person.display_name as teacher_name',
        'place.building as place_building',
        'place.name as place_name',
      ]);
  }

  /** Whose accounts are disabled or anonymised is left out. */
  async people({ id, courseId, teacherId }: ToldLesson, { added = [], removed = [] }: Meant): Promise<LessonPeople> {
    const students = this.#db
      .selectFrom('lesson_group')
      .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
      .select('group_member.person_id')
      .where('lesson_group.lesson_id', '=', id);
    const enrolled = await this.#db
      .selectFrom('enrolment')
      .innerJoin('person', 'person.id', 'enrolment.person_id')
      .select(['person.id', 'enrolment.role'])
      .where('enrolment.course_id', '=', courseId)
      .where(works)
      .execute();
    const members = await this.#db.selectFrom('person').select('person.id').where('person.id', 'in', students).where(works).execute();
    const teacher = await this.#db.selectFrom('person').select('person.id').where('person.id', '=', teacherId).where(works).execute();
    return {
      staff: [...teacher.map((one) => one.id), ...enrolled.filter(({ role }) => role === 'assistant').map((one) => one.id)],
      students: [...members.map((one) => one.id), ...enrolled.filter(({ role }) => role !== 'assistant').map((one) => one.id)],
      ofAdded: await this.#members(added),
      ofRemoved: await this.#members(removed),
    };
  }

  /** Whose account works. */
  async administrators(): Promise<string[]> {
    const rows = await this.#db.selectFrom('person').select('person.id').where('roles', 'like', '%"administrator"%').where(works).execute();
    return rows.map((row) => row.id);
  }

  async #members(groupIds: readonly string[]): Promise<string[]> {
    if (groupIds.length === 0) return [];
    const rows = await this.#db
      .selectFrom('group_member')
      .innerJoin('person', 'person.id', 'group_member.person_id')
      .select('person.id')
      .where('group_member.group_id', 'in', groupIds)
      .where(works)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Only people whose account works. */
  async reach(ids: readonly string[]): Promise<Map<string, Reachable>> {
    const found = new Map<string, Reachable>();
    for (const part of inPieces(ids)) {
      const rows = await this.#db
        .selectFrom('person')
        .select(['person.id', 'display_name', 'email', 'language'])
        .where('person.id', 'in', part)
        .where(works)
        .execute();
      for (const row of rows) {
        const { data = null } = Language.safeParse(row.language);
        found.set(row.id, { name: row.display_name, email: row.email, language: data });
      }
    }
    return found;
  }

  async personNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('person').select(['id', 'display_name']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, row.display_name]));
  }

  async placeNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('place').select(['id', 'building', 'name']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, placeName(row.building, row.name)]));
  }

  /** Name → id, where only one group is called so. */
  async groupsNamed(names: readonly string[]): Promise<Map<string, string>> {
    if (names.length === 0) return new Map();
    const rows = await this.#db.selectFrom('student_group').select(['id', 'name']).where('name', 'in', names).execute();
    const groups = Map.groupBy(rows, (row) => row.name);
    return new Map([...groups].flatMap(([name, [only, ...more]]) => (only !== undefined && more.length === 0 ? [[name, only.id]] : [])));
  }

  /** What was changed by hand since, oldest first. */
  async changesSince(at: Instant, limit: number) {
    return this.#db
      .selectFrom('lesson_change')
      .select(['id', 'lesson_id', 'at', 'by_id', 'change', 'note', 'before', 'after'])
      .where('at', '>=', at)
      .orderBy('at')
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** Whether the recording may be seen by its students now. */
  async isShown(recordingId: string, now: Instant): Promise<boolean> {
    const shown = await this.#db
      .selectFrom('recording')
      .select('id')
      .where('id', '=', recordingId)
      .where('hidden', '=', 0)
      .where((e) => e.or([e('visible_from', 'is', null), e('visible_from', '<=', now)]))
      .where((e) => e.or([e('visible_until', 'is', null), e('visible_until', '>', now)]))
      .where((e) => e.and([e('trashed_at', 'is', null), e('archived_at', 'is', null), e('purged_at', 'is', null)]))
      .executeTakeFirst();
    return shown !== undefined;
  }

  /** Recordings that ended since. */
  async recordingsSince(at: Instant) {
    return this.#db
      .selectFrom('recording')
      .select(['id', 'lesson_id', 'ended_at'])
      .where('ended_at', '>=', at)
      .where('state', '=', 'ended')
      .where('bytes', '>', 0)
      .orderBy('ended_at')
      .execute();
  }
}

function works(eb: ExpressionBuilder<Database, 'person'>) {
  return eb.and([eb('person.disabled', '=', 0), sql<boolean>`person.anonymised_at is null`]);
}

/** What of it matters here. */
const ByHand = z.object({ teacher: z.object({ id: z.string(), name: z.string() }).optional() }).catch({});

interface LessonRow {
  readonly id: string;
  readonly course_id: string;
  readonly title: string;
  readonly course_title: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly extended_to: number | null;
  readonly teacher_id: string;
  readonly teacher_name: string;
  readonly place_building: string | null;
  readonly place_name: string | null;
  readonly mode: string;
  readonly by_hand: string;
  readonly cancelled: number;
  readonly sequence: number;
  readonly changed_at: number | null;
  readonly created_at: number;
}

function lessonOf(row: LessonRow): ToldLesson {
  return {
    ...{ id: row.id, courseId: row.course_id, title: row.title, courseTitle: row.course_title },
    ...{ startsAt: row.starts_at, endsAt: row.extended_to ?? row.ends_at, teacherId: row.teacher_id, teacherName: row.teacher_name },
    place: row.place_name === null ? null : placeName(row.place_building ?? '', row.place_name),
    where: {
      place: row.place_name === null ? null : { building: row.place_building ?? '', name: row.place_name },
      mode: TeachingMode.catch('online').parse(row.mode),
    },
    plannedTeacher: ByHand.parse(JSON.parse(row.by_hand)).teacher ?? null,
    cancelled: row.cancelled === 1,
    sequence: row.sequence,
    changedAt: row.changed_at ?? row.created_at,
  };
}

function placeName(building: string, name: string): string {
  return building === '' ? name : `${name}, ${building}`;
}
