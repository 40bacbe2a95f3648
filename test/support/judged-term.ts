// A term of lessons that are judged already, written as the finisher writes them: for tests of what reads them.
import type { Kysely } from 'kysely';
import type { Verdict } from '../../server/contract/attendance.ts';
import type { LessonKind } from '../../server/contract/timetable.ts';
import type { Database } from '../../server/database/tables.ts';
import { searchText, sortKey } from '../../server/database/text.ts';
import { fillCampus, openRules } from './campus.ts';

const minute = 60_000;
/** In the midst of the term, when all of its lessons here are over. */
export const inTerm = Date.parse('2026-10-05T12:00:00+05:00');

export interface Judged {
  readonly id: string;
  readonly courseId: string;
  readonly facultyId: string;
  readonly teacherId: string;
  readonly groupIds: readonly string[];
  /** Local time in Almaty. */
  readonly at: string;
  readonly kind?: LessonKind;
  readonly delayMinutes?: number;
  readonly signed?: boolean;
  /** With `*` behind it: corrected from absent. Whoever is left out was not expected. */
  readonly verdicts: Readonly<Record<string, Verdict | `${Verdict}*`>>;
}

const minutesOf: Partial<Record<Verdict, number>> = { present: 50, late: 35, 'left-early': 30 };

/** The law student who is called like a formula. */
export const formulaId = 'formula';

export const judgedTerm: readonly Judged[] = [
  physics('w1', '2026-09-07T08:00', {
    ...{ student1: 'present', student2: 'late', student3: 'absent', student4: 'excused', student5: 'present' },
  }),
  physics('w2', '2026-09-14T08:00', {
    ...{ student1: 'present', student2: 'present', student3: 'absent', student4: 'present', student5: 'left-early' },
  }),
  physics('w3', '2026-09-21T08:00', {
    ...{ student1: 'present', student2: 'asynchronous', student3: 'absent', student4: 'present*', student5: 'present' },
  }),
  physics('w4', '2026-09-28T08:00', {
    ...{ student1: 'not-held', student2: 'not-held', student3: 'not-held', student4: 'not-held', student5: 'not-held' },
  }),
  {
    ...{ id: 'law1', courseId: 'civil', facultyId: 'law', teacherId: 'lawyer', groupIds: ['group', 'lawyers'], at: '2026-09-13T23:30' },
    ...{ kind: 'seminar', delayMinutes: 7, verdicts: { student1: 'late', student3: 'present', stranger: 'present', formula: 'absent' } },
  },
];

function physics(id: string, at: string, verdicts: Judged['verdicts']): Judged {
  const signed = id === 'w1';
  const delayMinutes = id === 'w2' ? 5 : 1;
  return {
    ...{ id, courseId: 'course', facultyId: 'faculty', teacherId: 'teacher', groupIds: ['group'], at },
    ...{ kind: 'lecture', signed, delayMinutes, verdicts },
  };
}

/** Physics (course, group, student1 to student5, teacher) of `fillCampus`, and law (civil, lawyers: stranger and formula; lawyer). */
export async function fillJudgedTerm(db: Kysely<Database>): Promise<void> {
  await fillCampus(db);
  await db.deleteFrom('lesson_group').execute();
  await db.deleteFrom('lesson').execute();
  const texts = (name: string) => ({ sort_key: sortKey(name), search_text: searchText(name) });
  await db
    .insertInto('faculty')
    .values({ id: 'law', name: 'Құқық', ...texts('Құқық') })
    .execute();
  await db
    .updateTable('faculty')
    .set({ name: 'Physics', ...texts('Physics') })
    .where('id', '=', 'faculty')
    .execute();
  await db
    .insertInto('course')
    .values({ id: 'civil', faculty_id: 'law', code: '@LAW', title: 'Азаматтық құқық', ...texts('Азаматтық құқық') })
    .execute();
  await db
    .insertInto('student_group')
    .values({ id: 'lawyers', faculty_id: 'law', name: 'LAW-1', ...texts('LAW-1') })
    .execute();
  const person = (id: string, name: string, roles: readonly string[], faculties: object = {}) => ({
    ...{ id, sign_in_name: id, display_name: name, email: null, language: null, ...texts(name), external_id: `ext-${id}` },
    ...{ roles: JSON.stringify(roles), role_faculties: JSON.stringify(faculties), password_hash: null, disabled: 0, created_at: 0 },
  });
  await db
    .insertInto('person')
    .values([
      person('admin', 'Name of admin', ['administrator']),
      person('lawyer', 'Ұлан Әділұлы', ['teacher']),
      person(formulaId, '=HYPERLINK("http://x")', ['student']),
      person('law-coordinator', 'Name of law-coordinator', ['coordinator'], { coordinator: ['law'] }),
      person('physics-observer', 'Name of physics-observer', ['observer'], { observer: ['faculty'] }),
      person('idle-teacher', 'Name of idle-teacher', ['teacher']),
    ])
    .execute();
  await db
    .insertInto('group_member')
    .values(['stranger', formulaId].map((person_id) => ({ group_id: 'lawyers', person_id })))
    .execute();
  await db.insertInto('academic_year').values({ id: 'y', name: '2026', starts_on: '2026-09-01', ends_on: '2027-06-30' }).execute();
  await db
    .insertInto('term')
    .values([
      { id: 'autumn', year_id: 'y', name: 'Autumn', starts_on: '2026-09-01', ends_on: '2026-12-31', external_id: null },
      { id: 'spring', year_id: 'y', name: 'Spring', starts_on: '2027-01-15', ends_on: '2027-05-31', external_id: null },
    ])
    .execute();
  for (const lesson of judgedTerm) await writeJudged(db, lesson);
  await writeStreaks(db, judgedTerm);
}

export async function writeJudged(db: Kysely<Database>, lesson: Judged): Promise<void> {
  const { id, courseId, facultyId, teacherId, groupIds, kind = 'lecture', delayMinutes = 0, signed = false } = lesson;
  const startsAt = startOf(lesson);
  await db
    .insertInto('lesson')
    .values({
      ...{ id, course_id: courseId, kind, title: `Title of ${id}`, starts_at: startsAt, ends_at: startsAt + 50 * minute },
      ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacherId, rules: JSON.stringify(openRules) },
      ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 0, external_id: `ext-${id}`, source: 'Univer' },
    })
    .execute();
  await db
    .insertInto('lesson_group')
    .values(groupIds.map((group_id) => ({ lesson_id: id, group_id })))
    .execute();
  const results = Object.entries(lesson.verdicts).map(([personId, cell]) => {
    const isCorrected = cell.endsWith('*');
    const verdict = isCorrected ? cell.slice(0, -1) : cell;
    const minutes = Object.entries(minutesOf).find(([name]) => name === verdict)?.[1] ?? 0;
    return {
      ...{ lesson_id: id, person_id: personId, course_id: courseId, starts_at: startsAt },
      ...{ verdict, computed: isCorrected ? 'absent' : verdict, minutes, share: minutes / 50 },
    };
  });
  const held = results.some(({ verdict }) => verdict !== 'not-held');
  await db
    .insertInto('attendance_lesson')
    .values({
      ...{ lesson_id: id, course_id: courseId, faculty_id: facultyId, teacher_id: teacherId, kind, starts_at: startsAt },
      ...{ judged_at: startsAt + 60 * minute, held: held ? 1 : 0, delay_minutes: held ? delayMinutes : 0 },
      ...{ taught_minutes: held ? 48 : 0, planned_minutes: 50, ...tallied(results) },
      ...{ signed_at: signed ? startsAt + 60 * minute : null, signed_by: signed ? teacherId : null },
    })
    .execute();
  await db.insertInto('attendance_result').values(results).execute();
  for (const groupId of groupIds) {
    const members = await db.selectFrom('group_member').select('person_id').where('group_id', '=', groupId).execute();
    const ids = new Set(members.map((row) => row.person_id));
    const own = tallied(results.filter(({ person_id }) => ids.has(person_id)));
    await db
      .insertInto('attendance_result_group')
      .values({ lesson_id: id, group_id: groupId, starts_at: startsAt, ...own })
      .execute();
  }
}

async function writeStreaks(db: Kysely<Database>, lessons: readonly Judged[]): Promise<void> {
  const streaks = new Map<string, { course_id: string; person_id: string; missed: number; since: number | null; last_at: number }>();
  for (const lesson of lessons) {
    const at = startOf(lesson);
    for (const [personId, verdict] of Object.entries(lesson.verdicts)) {
      const key = `${lesson.courseId} ${personId}`;
      const before = streaks.get(key) ?? { course_id: lesson.courseId, person_id: personId, missed: 0, since: null, last_at: at };
      if (verdict === 'not-held') streaks.set(key, before);
      else if (verdict === 'absent') streaks.set(key, { ...before, missed: before.missed + 1, since: before.since ?? at, last_at: at });
      else streaks.set(key, { ...before, missed: 0, since: null, last_at: at });
    }
  }
  await db
    .insertInto('attendance_streak')
    .values([...streaks.values()])
    .execute();
}

function startOf({ at }: Judged): number {
  return Date.parse(`${at}:00+05:00`);
}

function tallied(results: readonly { readonly verdict: string; readonly minutes: number }[]) {
  const count = (wanted: string) => results.filter(({ verdict }) => verdict === wanted).length;
  return {
    ...{ present: count('present'), late: count('late'), left_early: count('left-early'), absent: count('absent') },
    ...{ excused: count('excused'), asynchronous: count('asynchronous') },
    minutes: results.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}
