// A school for one run: lessons that run now, each with a teacher and students of its own, and the tokens that let them in.
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { LessonId, PersonId } from '../../../server/contract/ids.ts';
import type { Database } from '../../../server/database/tables.ts';
import { secretKey } from '../../../server/identity/secrets.ts';
import { Tokens } from '../../../server/identity/tokens.ts';
import { fillCampus, openRules } from '../../support/campus.ts';

const hourMs = 3_600_000;
const rowsAtOnce = 500;

export interface Lesson {
  readonly lessonId: LessonId;
  readonly teacherId: PersonId;
  readonly studentIds: readonly PersonId[];
  /** On the roster too, and not in class: who does harm is one of them. */
  readonly spareIds: readonly PersonId[];
}

const person = (id: string, role: string) => ({
  ...{ id, sign_in_name: id, display_name: `Name of ${id}`, sort_key: id, search_text: id, created_at: 0 },
  ...{ email: null, language: null, roles: JSON.stringify([role]), password_hash: null, disabled: 0 },
});

/** `students` in each, and the spare ones beside them. They began some minutes ago and last hours, so that a clock that jumps stays within. */
export async function fillSchool(
  db: Kysely<Database>,
  { lessons, students, spare, from = 0 }: { lessons: number; students: number; spare: number; from?: number },
): Promise<Lesson[]> {
  if (from === 0) await fillCampus(db, { students: 0 });
  const made: Lesson[] = [];
  for (let number = from; number < from + lessons; number += 1) {
    const lessonId = LessonId.parse(`class${number}`);
    const teacherId = PersonId.parse(`teacher-of-${number}`);
    const studentIds = Array.from({ length: students }, (_, index) => PersonId.parse(`student-${number}-${index}`));
    const spareIds = Array.from({ length: spare }, (_, index) => PersonId.parse(`spare-${number}-${index}`));
    const onRoster = [...studentIds, ...spareIds];
    const people = [person(teacherId, 'teacher'), ...onRoster.map((id) => person(id, 'student'))];
    for (let first = 0; first < people.length; first += rowsAtOnce)
      await db
        .insertInto('person')
        .values(people.slice(first, first + rowsAtOnce))
        .execute();
    await db
      .insertInto('student_group')
      .values({ id: `group${number}`, faculty_id: 'faculty', name: `G-${number}` })
      .execute();
    if (onRoster.length > 0)
      await db
        .insertInto('group_member')
        .values(onRoster.map((id) => ({ group_id: `group${number}`, person_id: id })))
        .execute();
    const rules = { ...openRules, recording: 'manual', capacity: Math.max(openRules.capacity, onRoster.length + 10) };
    await db
      .insertInto('lesson')
      .values({
        ...{ id: lessonId, course_id: 'course', kind: 'laboratory', title: `Class ${number}`, teacher_id: teacherId },
        ...{ starts_at: Date.now() - hourMs / 6, ends_at: Date.now() + 4 * hourMs, extended_to: null, ended_at: null, cancelled: 0 },
        ...{ rules: JSON.stringify(rules), guest_link_hash: null, guest_link: null, created_by: null, created_at: 0 },
      })
      .execute();
    await db
      .insertInto('lesson_group')
      .values({ lesson_id: lessonId, group_id: `group${number}` })
      .execute();
    made.push({ lessonId, teacherId, studentIds, spareIds });
  }
  return made;
}

/** As the server makes them: its key lies in the data folder. */
export function tokensOf(dataDir: string, now: () => number): Tokens {
  const clock = { now, after: () => ({ cancel: () => undefined }), every: () => ({ cancel: () => undefined }) };
  return new Tokens({ key: secretKey(dataDir, 'tokens'), clock });
}

export const sqliteFile = (dataDir: string): string => join(dataDir, 'auditoria.sqlite');
