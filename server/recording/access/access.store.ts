// Reads, in one statement, recordings with their lessons and what ties one person to these: it is asked at every request of a player.
import { type InferResult, type Kysely, sql } from 'kysely';
import { LessonId, type PersonId, type RecordingId } from '../../contract/ids.ts';
import { LessonKind, RoomRules } from '../../contract/timetable.ts';
import { inPieces } from '../../database/pieces.ts';
import type { Database } from '../../database/tables.ts';
import { readRecording, type StoredRecording } from '../recording.store.ts';
import type { RecordedLesson, TiesToLesson } from './rights.ts';

export interface Found {
  readonly recording: StoredRecording;
  readonly lesson: RecordedLesson;
  /** Of whoever asks; none for nobody. */
  readonly ties: TiesToLesson;
}

export class AccessStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(id: RecordingId, personId: PersonId | null): Promise<Found | undefined> {
    // Of what is being removed for good the key is gone already: it is nobody's any more.
    const row = await this.#query(personId).where('recording.id', '=', id).where('recording.purging_at', 'is', null).executeTakeFirst();
    return row && foundOf(row);
  }

  /** Newest first; without those whose bytes are gone. */
  async ofLessons(lessonIds: readonly string[], personId: PersonId | null): Promise<Found[]> {
    const found: Found[] = [];
    // SQLite takes about 32,000 values in one statement.
    for (const some of inPieces(lessonIds, 5000)) {
      const query = this.#query(personId).where('recording.lesson_id', 'in', some).where('recording.purging_at', 'is', null);
      found.push(...(await query.orderBy('recording.started_at', 'desc').execute()).map(foundOf));
    }
    return found;
  }

  #query(personId: PersonId | null) {
    return recordingsFor(this.#db, personId ?? '');
  }
}

function recordingsFor(db: Kysely<Database>, who: string) {
  return db
    .selectFrom('recording')
    .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person as teacher', 'teacher.id', 'lesson.teacher_id')
    .leftJoin('enrolment', (join) => join.onRef('enrolment.course_id', '=', 'lesson.course_id').on('enrolment.person_id', '=', who))
    .selectAll('recording')
    .select([
      'lesson.title as lesson_title',
      'lesson.kind',
      'lesson.rules',
      'lesson.course_id',
      'lesson.teacher_id',
      'course.title as course_title',
      'course.faculty_id',
      'teacher.display_name as teacher_name',
      'enrolment.role as enrolment',
    ])
    .select((eb) =>
      eb
        .selectFrom('lesson_group')
        .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
        .select((group) => group.fn.min('lesson_group.group_id').as('id'))
        .whereRef('lesson_group.lesson_id', '=', 'lesson.id')
        .where('group_member.person_id', '=', who)
        .as('group_id'),
    )
    .select(
      sql<number>`case when recording.audience = 'course' and exists (
        select 1 from group_member
        join lesson_group on lesson_group.group_id = group_member.group_id
        join lesson as other on other.id = lesson_group.lesson_id
        where group_member.person_id = ${who} and other.course_id = lesson.course_id
      ) then 1 else 0 end`.as('is_of_course'),
    );
}

type Row = InferResult<ReturnType<typeof recordingsFor>>[number];

function foundOf(row: Row): Found {
  const { lesson_title, kind, rules, course_id, course_title, faculty_id, teacher_id, teacher_name, enrolment, group_id } = row;
  return {
    recording: readRecording(row),
    lesson: {
      id: LessonId.parse(row.lesson_id),
      title: lesson_title,
      kind: LessonKind.parse(kind),
      courseId: course_id,
      courseTitle: course_title,
      facultyId: faculty_id,
      teacherId: teacher_id,
      teacherName: teacher_name,
      rules: RoomRules.parse(JSON.parse(rules)),
    },
    ties: {
      enrolment: enrolment === null ? null : enrolment === 'assistant' ? 'assistant' : 'student',
      groupId: group_id,
      isOfCourse: Number(row.is_of_course) === 1,
    },
  };
}
