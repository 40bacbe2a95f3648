// Lessons as a diagnosis names them, within what one may see.
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { DiagnosedLesson } from '../contract/diagnosis.ts';
import { CourseId, FacultyId, LessonId } from '../contract/ids.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';

/** Whose lessons may be looked at: all, or those of faculties and one's own. */
export type Scope =
  | 'every'
  | {
      readonly facultyIds: readonly string[];
      readonly teacherId: string;
      /** W23: of those who observed one's own lessons nothing is told. */
      readonly hidesObservers: boolean;
    };

export interface Planned {
  lesson: Database['lesson'];
  course: Database['course'];
}

export async function lessonsOf(db: Kysely<Database>, ids: readonly string[], scope: Scope): Promise<Map<string, DiagnosedLesson>> {
  const found = new Map<string, DiagnosedLesson>();
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select(['lesson.id', 'lesson.title', 'starts_at', 'ends_at', 'extended_to', 'course_id', 'course.code', 'faculty_id'])
      .select('course.title as course_title')
      .where('lesson.id', 'in', piece)
      .where((e) => e.and(inScope(e, scope)))
      .execute();
    for (const row of rows) {
      const { id, title, starts_at: startsAt, ends_at, extended_to, course_id, code, course_title, faculty_id } = row;
      const course = { id: CourseId.parse(course_id), code, title: course_title, facultyId: FacultyId.parse(faculty_id) };
      found.set(id, { id: LessonId.parse(id), title, course, startsAt, endsAt: Math.max(ends_at, extended_to ?? 0) });
    }
  }
  return found;
}

export function inScope(e: ExpressionBuilder<Planned, 'lesson' | 'course'>, scope: Scope) {
  if (scope === 'every') return [];
  const own = e('lesson.teacher_id', '=', scope.teacherId);
  return [scope.facultyIds.length === 0 ? own : e.or([own, e('course.faculty_id', 'in', scope.facultyIds)])];
}
