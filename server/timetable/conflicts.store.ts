// Finds what clashes in the database: lessons at the same time with the same teacher, group or place, looked up by index.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { countingHits, type Found, type Hit, mostShown, type Wanted } from './conflicts.ts';
import { longestExtensionMs, reachBackMs } from './door.ts';

const mostAtOnce = 100;
/** SQLite takes 32,766 values in one statement, PostgreSQL 65,535. */
const mostValues = 20_000;
/** Of a span, beside its groups. */
const valuesOfSpan = 6;

/**
 * C3: ends are exclusive, cancelled lessons ignored, and only the teacher counts, not assistants. The first 50 by time, and how many there are.
 * Who saves afterwards does both in `alone`, or two saves at once would not see each other.
 */
export async function findConflicts(handle: Kysely<Database>, wanted: readonly Wanted[]): Promise<Found> {
  const hits: Hit[] = [];
  const mostGroups = wanted.reduce((most, { groupIds }) => Math.max(most, groupIds.length), 0);
  const atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(mostValues / (mostGroups + valuesOfSpan))));
  for (let first = 0; first < wanted.length; first += atOnce) {
    const some = wanted.slice(first, first + atOnce);
    for (const hit of await hitsOf(handle, some)) hits.push({ ...hit, wanted: hit.wanted + first });
  }
  const counting = countingHits(hits, wanted);
  return { conflicts: await described(handle, counting.slice(0, mostShown), wanted), total: counting.length };
}

interface HitRow {
  readonly place: number;
  readonly id: string;
  readonly lesson_id: string;
  readonly series_id: string | null;
  readonly starts_at: number;
}

async function hitsOf(handle: Kysely<Database>, wanted: readonly Wanted[]): Promise<Hit[]> {
  const each = (part: (one: Wanted, index: number) => Part | null) => run(handle, wanted.map(part));
  // One after the other: inside a transaction there is one connection.
  const teachers = await each((one, index) => (one.teacherId === null ? null : lessonsWith('teacher_id', one.teacherId, one, index)));
  const places = await each((one, index) => (one.placeId === null ? null : lessonsWith('place_id', one.placeId, one, index)));
  const groups = await each((one, index) => (one.groupIds.length === 0 ? null : lessonsOfGroups(one, index)));
  return [
    ...teachers.map((row) => hitOf(row, 'teacher')),
    ...places.map((row) => hitOf(row, 'place')),
    ...groups.map((row) => hitOf(row, 'group')),
  ];
}

type Part = ReturnType<typeof lessonsWith>;

/** One statement for all spans. Each has its times in itself: PostgreSQL would guess a join with a list of spans to be far larger than it is. */
async function run(handle: Kysely<Database>, parts: readonly (Part | null)[]): Promise<readonly HitRow[]> {
  const asked = parts.filter((part) => part !== null);
  return asked.length === 0 ? [] : (await sql<HitRow>`${sql.join(asked, sql` union all `)}`.execute(handle)).rows;
}

function lessonsWith(column: 'teacher_id' | 'place_id', id: string, span: Wanted, index: number) {
  return sql<HitRow>`select ${sql.lit(index)} as place, ${sql.ref(column)} as id, lesson.id as lesson_id, lesson.series_id, lesson.starts_at
    from lesson where ${sql.ref(column)} = ${id} and ${overlaps(span)}`;
}

/** By time first, to which `cross join` keeps SQLite: a group has had thousands of lessons, but few lie within a span. */
function lessonsOfGroups(span: Wanted, index: number) {
  return sql<HitRow>`select ${sql.lit(index)} as place, lesson_group.group_id as id, lesson.id as lesson_id, lesson.series_id, lesson.starts_at
    from lesson cross join lesson_group
    where lesson_group.lesson_id = lesson.id and lesson_group.group_id in (${sql.join([...new Set(span.groupIds)])}) and ${overlaps(span)}`;
}

function overlaps({ startsAt, endsAt }: Wanted) {
  return sql`lesson.starts_at < ${endsAt} and lesson.starts_at > ${startsAt - reachBackMs} and lesson.ends_at > ${startsAt - longestExtensionMs}
    and coalesce(lesson.ended_at, lesson.extended_to, lesson.ends_at) > ${startsAt} and lesson.cancelled = 0`;
}

function hitOf({ place, id, lesson_id, series_id, starts_at }: HitRow, over: Hit['over']): Hit {
  return { wanted: place, over, id, lessonId: lesson_id, seriesId: series_id, startsAt: starts_at };
}

async function described(handle: Kysely<Database>, hits: readonly Hit[], wanted: readonly Wanted[]): Promise<Found['conflicts']> {
  if (hits.length === 0) return [];
  const ids = [...new Set(hits.map((hit) => hit.lessonId))];
  const lessons = await handle
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('person', 'person.id', 'lesson.teacher_id')
    .leftJoin('place', 'place.id', 'lesson.place_id')
    .select(['lesson.id', 'lesson.title', 'course.title as course_title', 'person.display_name', 'lesson.starts_at'])
    .select((eb) => ['place.name as place_name', 'place.building', eb.fn.coalesce('extended_to', 'ends_at').as('ends_at')])
    .where('lesson.id', 'in', ids)
    .execute();
  const groups = await handle
    .selectFrom('lesson_group')
    .innerJoin('student_group', 'student_group.id', 'lesson_group.group_id')
    .select(['lesson_group.lesson_id', 'student_group.id', 'student_group.name'])
    .where('lesson_group.lesson_id', 'in', ids)
    .orderBy('student_group.sort_key')
    .execute();
  return hits.flatMap((hit) => {
    const lesson = lessons.find(({ id }) => id === hit.lessonId);
    const span = wanted[hit.wanted];
    if (lesson === undefined || span === undefined) return [];
    const own = groups.filter((group) => group.lesson_id === hit.lessonId);
    const place = [lesson.building, lesson.place_name].filter(Boolean).join(', ');
    const names = { teacher: lesson.display_name, group: own.find(({ id }) => id === hit.id)?.name ?? '', place };
    return {
      over: hit.over,
      name: names[hit.over],
      startsAt: span.startsAt,
      endsAt: span.endsAt,
      lesson: {
        id: hit.lessonId,
        title: lesson.title,
        courseTitle: lesson.course_title,
        teacherName: lesson.display_name,
        groups: own.map(({ name }) => name),
        startsAt: lesson.starts_at,
        endsAt: lesson.ends_at,
      },
    };
  });
}
