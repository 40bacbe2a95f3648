// Reads the lessons of a person, a group or a teacher within a span of time, cancelled ones too, as calendars and printed weeks need them.
import { type Kysely, sql } from 'kysely';
import { GroupId, type Instant, type PersonId } from '../contract/ids.ts';
import { LessonKind, TeachingMode } from '../contract/timetable.ts';
import type { Database } from '../database/tables.ts';
import { reachBackMs } from './door.ts';
import { groupsOfLessons } from './lesson-groups.store.ts';

export interface AgendaLesson {
  readonly id: string;
  readonly title: string;
  readonly courseTitle: string;
  readonly kind: LessonKind;
  readonly teacherName: string;
  readonly groups: readonly string[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly cancelled: boolean;
  readonly place: { readonly name: string; readonly building: string } | null;
  readonly mode: TeachingMode;
  readonly note: string;
  readonly sequence: number;
  readonly changedAt: Instant;
}

export type AgendaOf = { readonly personId: PersonId } | { readonly teacherId: PersonId } | { readonly groupId: GroupId };

export interface AgendaSpan {
  readonly from: Instant;
  readonly to: Instant;
}

export class AgendaStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By start. */
  async lessons(of: AgendaOf, span: AgendaSpan, limit: number): Promise<AgendaLesson[]> {
    const rows = await this.#db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .innerJoin('person', 'person.id', 'lesson.teacher_id')
      .leftJoin('place', 'place.id', 'lesson.place_id')
      .select([
        ...(['lesson.id', 'lesson.title', 'lesson.kind', 'lesson.starts_at', 'lesson.ends_at', 'lesson.cancelled'] as const),
        ...(['lesson.mode', 'lesson.note', 'lesson.sequence', 'lesson.changed_at', 'lesson.created_at'] as const),
        ...(['course.title as course_title', 'person.display_name', 'place.name as place_name', 'place.building'] as const),
      ])
      .where('lesson.id', 'in', this.#ids(of, span))
      .where(sql<number>`coalesce(lesson.extended_to, lesson.ends_at)`, '>', span.from)
      .orderBy('lesson.starts_at')
      .orderBy('lesson.id')
      .limit(limit)
      .execute();
    const groups = await groupsOfLessons(
      this.#db,
      rows.map((row) => row.id),
    );
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      courseTitle: row.course_title,
      kind: LessonKind.parse(row.kind),
      teacherName: row.display_name,
      groups: (groups.get(row.id) ?? []).map(({ name }) => name),
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      cancelled: row.cancelled === 1,
      place: row.place_name === null ? null : { name: row.place_name, building: row.building ?? '' },
      mode: TeachingMode.parse(row.mode),
      note: row.note,
      sequence: row.sequence,
      changedAt: row.changed_at ?? row.created_at,
    }));
  }

  async group(id: string): Promise<{ readonly id: GroupId; readonly name: string; readonly facultyId: string } | null> {
    const row = await this.#db.selectFrom('student_group').select(['id', 'name', 'faculty_id']).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : { id: GroupId.parse(row.id), name: row.name, facultyId: row.faculty_id };
  }

  /** Whether the person is a member, or teaches the group a lesson within the span. */
  async belongs(personId: PersonId, groupId: GroupId, span: AgendaSpan): Promise<boolean> {
    const member = await this.#db
      .selectFrom('group_member')
      .select('group_id')
      .where('person_id', '=', personId)
      .where('group_id', '=', groupId)
      .executeTakeFirst();
    if (member !== undefined) return true;
    const taught = await this.#db
      .selectFrom('lesson')
      .innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id')
      .select('lesson.id')
      .where('lesson.teacher_id', '=', personId)
      .where('lesson_group.group_id', '=', groupId)
      .where('lesson.cancelled', '=', 0)
      .where('lesson.starts_at', '>', span.from)
      .where('lesson.starts_at', '<', span.to)
      .limit(1)
      .executeTakeFirst();
    return taught !== undefined;
  }

  /** Each way to be tied to a lesson by its own index. */
  #ids(of: AgendaOf, span: AgendaSpan) {
    const within = () =>
      this.#db
        .selectFrom('lesson')
        .select('lesson.id')
        .where('lesson.starts_at', '<', span.to)
        .where('lesson.starts_at', '>', span.from - reachBackMs);
    if ('teacherId' in of) return within().where('lesson.teacher_id', '=', of.teacherId);
    const ofGroups = () => within().innerJoin('lesson_group', 'lesson_group.lesson_id', 'lesson.id');
    if ('groupId' in of) return ofGroups().where('lesson_group.group_id', '=', of.groupId);
    return within()
      .where('lesson.teacher_id', '=', of.personId)
      .union(
        ofGroups()
          .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
          .where('group_member.person_id', '=', of.personId),
      )
      .union(within().innerJoin('enrolment', 'enrolment.course_id', 'lesson.course_id').where('enrolment.person_id', '=', of.personId));
  }
}
