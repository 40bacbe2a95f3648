// Fills a database with a term of a university whose lessons are all judged: the small tables row by row, the results in the database itself.
import { type Kysely, sql } from 'kysely';
import { dateOf, dayNumber, mondayOf } from '../../../server/calendar/dates.ts';
import type { OpenDatabase } from '../../../server/database/open.ts';
import type { Database } from '../../../server/database/tables.ts';
import { searchText, sortKey } from '../../../server/database/text.ts';
import { Bulk, type Row } from '../../../server/import/bulk.ts';
import { openRules } from '../../support/campus.ts';
import { makeUniversity } from '../../support/full-size-university.ts';

const perGroup = 25;
const groupsPerStream = 4;
const coursesPerStream = 5;
const faculties = 16;
const weeks = 15;
const lecturesPerWeek = 5;
const seminarsPerWeek = 9;
const dayMs = 24 * 3_600_000;
const minute = 60_000;
/** Of every hundred results; the rest are present. */
const verdicts = { absent: 9, late: 6, excused: 3, 'left-early': 2, asynchronous: 1 } as const;

export const termGroup = (index: number) => `bg${index}`;
export const termStudent = (index: number) => `bs${index}`;
export const termFaculty = (index: number) => `bf${index}`;

/** Ids are `bf`, `bc`, `bt`, `bg`, `bs` and `bl` with numbers from 0 on; the administrator of the server sees all. Answers what there is now. */
export async function fillTerm(
  { db, dialect }: OpenDatabase,
  students: number,
  now: number,
): Promise<{ lessons: number; results: number }> {
  const groups = Math.max(groupsPerStream, Math.round(students / perGroup));
  const from = dateOf(mondayOf(dayNumber(new Date(now).toISOString().slice(0, 10))) - weeks * 7);
  const catalogue = await fillCatalogue(db, dialect, { students, groups, from });
  const lessons = lessonsOf(groups, catalogue.teachers, Date.parse(`${from}T00:00:00+05:00`));
  await db.transaction().execute(async (trx) => {
    const own = new Bulk(trx, dialect);
    await own.insert(
      'lesson',
      lessons.map(({ row }) => row),
    );
    await own.insert(
      'lesson_group',
      lessons.flatMap(({ row, groupIds }) => groupIds.map((group_id) => ({ lesson_id: row.id, group_id }))),
    );
  });
  await fillResults(db, dialect, { from: Date.parse(`${from}T00:00:00+05:00`) });
  const { results } = await db
    .selectFrom('attendance_result')
    .select((eb) => eb.fn.countAll<number>().as('results'))
    .executeTakeFirstOrThrow();
  return { lessons: lessons.length, results };
}

async function fillCatalogue(
  db: Kysely<Database>,
  dialect: OpenDatabase['dialect'],
  { students, groups, from }: { readonly students: number; readonly groups: number; readonly from: string },
): Promise<{ teachers: number }> {
  const teachers = Math.max(10, Math.round(students * 0.06));
  const { people = [] } = makeUniversity({ faculties: 1, teachers, groups: 1, students, courses: 1, series: 1 });
  const named = (id: string, name: string) => ({ id, name, sort_key: sortKey(name), search_text: searchText(name) });
  const count = <T>(most: number, make: (index: number) => T): T[] => Array.from({ length: most }, (_, index) => make(index));
  const person = (id: string, role: string, name: string) => ({
    ...{ id, sign_in_name: id, display_name: name, sort_key: sortKey(name), search_text: searchText(name), email: null, language: null },
    ...{ roles: JSON.stringify([role]), password_hash: null, disabled: 0, created_at: 0, external_id: `u-${id}` },
  });
  await db.transaction().execute(async (trx) => {
    const bulk = new Bulk(trx, dialect);
    await bulk.insert(
      'faculty',
      count(faculties, (index) => named(`bf${index}`, `Факультет ${index + 1}`)),
    );
    const courses = Math.ceil(groups / groupsPerStream) * coursesPerStream;
    await bulk.insert(
      'course',
      count(courses, (index) => {
        const { name, ...course } = named(`bc${index}`, `Қолданбалы механика ${index + 1}`);
        return { ...course, title: name, code: `M${index}`, faculty_id: facultyOf(Math.floor(index / coursesPerStream)) };
      }),
    );
    await bulk.insert(
      'student_group',
      count(groups, (index) => ({
        ...named(`bg${index}`, `ТОП-${index + 1}`),
        faculty_id: facultyOf(Math.floor(index / groupsPerStream)),
      })),
    );
    const nameOf = (index: number) => String(people[index]?.name ?? index);
    await bulk.insert(
      'person',
      count(teachers, (index) => person(`bt${index}`, 'teacher', nameOf(index))),
    );
    await bulk.insert(
      'person',
      count(students, (index) => person(`bs${index}`, 'student', nameOf(teachers + index))),
    );
    await bulk.insert(
      'group_member',
      count(students, (index) => ({ group_id: `bg${Math.min(groups - 1, Math.floor(index / perGroup))}`, person_id: `bs${index}` })),
    );
    await bulk.insert('academic_year', [{ id: 'by', name: 'Year', starts_on: from, ends_on: dateOf(dayNumber(from) + 300) }]);
    const ends_on = dateOf(dayNumber(from) + weeks * 7 + 13);
    await bulk.insert('term', [{ id: 'bterm', year_id: 'by', name: 'Term', starts_on: from, ends_on, external_id: null }]);
  });
  return { teachers };
}

function facultyOf(stream: number): string {
  return `bf${stream % faculties}`;
}

/** Week by week, in the order in which they begin. */
function lessonsOf(groups: number, teachers: number, from: number): { row: Row & { readonly id: string }; groupIds: string[] }[] {
  const rules = JSON.stringify(openRules);
  const lessons: { row: Row & { readonly id: string }; groupIds: string[] }[] = [];
  const add = (courseIndex: number, kind: string, teacher: number, startsAt: number, groupIds: string[]) =>
    lessons.push({
      row: {
        ...{ id: `bl${String(lessons.length).padStart(7, '0')}`, course_id: `bc${courseIndex}`, kind, title: '' },
        ...{ starts_at: startsAt, ends_at: startsAt + 50 * minute, extended_to: null, ended_at: null, cancelled: 0 },
        ...{ teacher_id: `bt${teacher % teachers}`, rules, guest_link_hash: null, guest_link: null, created_by: null, created_at: 0 },
      },
      groupIds,
    });
  for (let week = 0; week < weeks; week += 1) {
    for (let slot = 0; slot < lecturesPerWeek + seminarsPerWeek; slot += 1) {
      const at = from + (week * 7 + (slot % 6)) * dayMs + (8 * 60 + Math.floor(slot / 6) * 120) * minute;
      for (let group = 0; group < groups; group += 1) {
        const stream = Math.floor(group / groupsPerStream);
        const course = (of: number) => stream * coursesPerStream + (of % coursesPerStream);
        if (slot >= lecturesPerWeek) add(course(slot - lecturesPerWeek), 'seminar', group * 3 + slot, at, [`bg${group}`]);
        else if (group % groupsPerStream === 0) {
          const all = Array.from({ length: Math.min(groupsPerStream, groups - group) }, (_, index) => `bg${group + index}`);
          add(course(slot), 'lecture', stream + slot, at, all);
        }
      }
    }
  }
  return lessons;
}

/** A number below a hundred out of lesson and student, the same each time. */
const dice = sql`(cast(substr(member.person_id, 3) as bigint) * 7919 + cast(substr(lesson.id, 3) as bigint) * 104729) % 100`;

async function fillResults(db: Kysely<Database>, dialect: OpenDatabase['dialect'], { from }: { readonly from: number }): Promise<void> {
  await hurry(db, dialect);
  // An index built at the end costs a fraction of one kept in step.
  await sql`drop index attendance_result_person`.execute(db);
  for (let week = 0; week < weeks; week += 1) await fillWeek(db, from + week * 7 * dayMs);
  await sql`create index attendance_result_person on attendance_result (person_id, starts_at)`.execute(db);
  await sql`insert into attendance_streak (course_id, person_id, missed, since, last_at)
    select course_id, person_id, case when max(starts_at) > 0 and ${streakDice} < 3 then 3 + ${streakDice} else ${streakDice} % 3 end, max(starts_at), max(starts_at)
    from attendance_result group by course_id, person_id`.execute(db);
  // PostgreSQL does so by itself before long; nobody does on SQLite.
  if (dialect === 'postgres') await sql`analyze`.execute(db);
  await asUsual(db, dialect);
}

/** For this connection and this server, both of which nobody else uses: should they die now, the measurement is over anyway. */
async function hurry(db: Kysely<Database>, dialect: OpenDatabase['dialect']): Promise<void> {
  const settings = {
    sqlite: ['pragma synchronous = off', 'pragma cache_size = -262144', 'pragma wal_autocheckpoint = 50000', 'pragma temp_store = memory'],
    // Its log is written all the same, but not thrown on the disk every few seconds.
    postgres: [
      `alter system set max_wal_size = '8GB'`,
      `alter system set checkpoint_timeout = '30min'`,
      `alter system set maintenance_work_mem = '512MB'`,
      `alter system set work_mem = '64MB'`,
      'select pg_reload_conf()',
    ],
  };
  for (const setting of settings[dialect]) await sql.raw(setting).execute(db);
}

/** What is measured runs as PostgreSQL comes; to SQLite the server opens connections of its own. */
async function asUsual(db: Kysely<Database>, dialect: OpenDatabase['dialect']): Promise<void> {
  if (dialect === 'sqlite') return;
  for (const setting of ['alter system reset all', 'checkpoint', 'select pg_reload_conf()']) await sql.raw(setting).execute(db);
}

const streakDice = sql`(cast(substr(person_id, 3) as integer) * 31 + cast(substr(course_id, 3) as integer) * 17) % 100`;

async function fillWeek(db: Kysely<Database>, monday: number): Promise<void> {
  let limit = 0;
  const cases = Object.entries(verdicts).map(([verdict, percent]) => {
    limit += percent;
    return sql`when dice < ${sql.lit(limit)} then ${sql.lit(verdict)}`;
  });
  const verdict = sql`case ${sql.join(cases, sql` `)} else 'present' end`;
  const attended = sql`dice >= ${sql.lit(verdicts.absent)}`;
  await sql`insert into attendance_result (lesson_id, person_id, course_id, starts_at, verdict, computed, minutes, share)
    select id, person_id, course_id, starts_at, ${verdict}, ${verdict}, case when ${attended} then 47.5 else 0 end, case when ${attended} then 0.95 else 0 end
    from (
      select lesson.id, member.person_id, lesson.course_id, lesson.starts_at, ${dice} as dice
      from lesson join lesson_group on lesson_group.lesson_id = lesson.id join group_member as member on member.group_id = lesson_group.group_id
      where lesson.starts_at >= ${monday} and lesson.starts_at < ${monday + 7 * dayMs} and lesson.id like 'bl%'
      order by lesson.id
    ) as expected`.execute(db);
  const count = (wanted: string) => sql`sum(case when verdict = ${sql.lit(wanted)} then 1 else 0 end)`;
  const sums = sql`${count('present')}, ${count('late')}, ${count('left-early')}, ${count('absent')}, ${count('excused')}, ${count('asynchronous')}, sum(minutes)`;
  const into = sql`present, late, left_early, absent, excused, asynchronous, minutes`;
  const ofWeek = sql`lesson.starts_at >= ${monday} and lesson.starts_at < ${monday + 7 * dayMs} and lesson.id like 'bl%'`;
  await sql`insert into attendance_result_group (lesson_id, group_id, starts_at, ${into})
    select lesson.id, lesson_group.group_id, lesson.starts_at, ${sums}
    from lesson join lesson_group on lesson_group.lesson_id = lesson.id join group_member as member on member.group_id = lesson_group.group_id
      join attendance_result as result on result.lesson_id = lesson.id and result.person_id = member.person_id
    where ${ofWeek} group by lesson.id, lesson_group.group_id, lesson.starts_at`.execute(db);
  await sql`insert into attendance_lesson (lesson_id, course_id, faculty_id, teacher_id, kind, starts_at, judged_at, held, delay_minutes, taught_minutes,
      planned_minutes, signed_at, signed_by, ${into})
    select lesson.id, lesson.course_id, course.faculty_id, lesson.teacher_id, lesson.kind, lesson.starts_at, lesson.ends_at, 1, 2, 48, 50,
      lesson.ends_at, lesson.teacher_id, sum(part.present), sum(part.late), sum(part.left_early), sum(part.absent), sum(part.excused), sum(part.asynchronous), sum(part.minutes)
    from lesson join course on course.id = lesson.course_id join attendance_result_group as part on part.lesson_id = lesson.id
    where ${ofWeek} group by lesson.id, lesson.course_id, course.faculty_id, lesson.teacher_id, lesson.kind, lesson.starts_at, lesson.ends_at`.execute(
    db,
  );
}
