// Finds what clashes in the database: lessons at the same time with the same teacher, group or place, looked up by index.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { countingHits, type Found, type Hit, mostShown, type Wanted } from './conflicts.ts';

/** The longest lesson with its longest extension, and that extension. */
const reachBackMs = 15 * 3_600_000;
const longestExtensionMs = 3 * 3_600_000;
const mostAtOnce = 100;

/**
 * C3: ends are exclusive, cancelled lessons ignored, and only the teacher counts, not assistants. The first 50 by time, and how many there are.
 * Who saves afterwards does both in `alone`, or two saves at once would not see each other.
 */
export async function findConflicts(handle: Kysely<Database>, wanted: readonly Wanted[]): Promise<Found> {
  const hits: Hit[] = [];
  for (let first = 0; first < wanted.length; first += mostAtOnce) {
    const some = wanted.slice(first, first + mostAtOnce);
    for (const hit of await hitsOf(handle, some)) hits.push({ ...hit, wanted: hit.wanted + first });
  }
  const counting = countingHits(hits, wanted);
  return { conflicts: await described(handle, counting.slice(0, mostShown), wanted), total: counting.length };
}

async function hitsOf(handle: Kysely<Database>, wanted: readonly Wanted[]): Promise<Hit[]> {
  const teachers = spansOf(wanted, ({ teacherId }) => teacherId);
  const places = spansOf(wanted, ({ placeId }) => placeId);
  return [...(await hitsBy(handle, 'teacher', teachers)), ...(await hitsBy(handle, 'place', places)), ...(await groupHits(handle, wanted))];
}

/** Rows of: place in the list, start, end, whom or what it needs; none where that is null. */
function spansOf(wanted: readonly Wanted[], needs: (one: Wanted) => string | null) {
  return wanted.flatMap((one, index) => {
    const id = needs(one);
    const span = sql`cast(${index} as integer), cast(${one.startsAt} as bigint), cast(${one.endsAt} as bigint)`;
    return id === null ? [] : [sql`(${span}, cast(${id} as text))`];
  });
}

const overlaps = sql`lesson.starts_at < wanted.ends_at and lesson.starts_at > wanted.starts_at - ${sql.lit(reachBackMs)}
  and lesson.ends_at > wanted.starts_at - ${sql.lit(longestExtensionMs)}
  and coalesce(lesson.ended_at, lesson.extended_to, lesson.ends_at) > wanted.starts_at and lesson.cancelled = 0`;

interface HitRow {
  readonly place: number;
  readonly id: string;
  readonly lesson_id: string;
  readonly series_id: string | null;
  readonly starts_at: number;
}

// `cross join` keeps SQLite to the order in which the tables are named: first the spans, then what an index finds for each.
async function hitsBy(handle: Kysely<Database>, over: 'teacher' | 'place', spans: ReturnType<typeof spansOf>): Promise<Hit[]> {
  if (spans.length === 0) return [];
  const column = sql.ref(over === 'teacher' ? 'lesson.teacher_id' : 'lesson.place_id');
  const { rows } = await sql<HitRow>`
    with wanted (place, starts_at, ends_at, needs) as (values ${sql.join(spans)})
    select wanted.place, wanted.needs as id, lesson.id as lesson_id, lesson.series_id, lesson.starts_at
    from wanted cross join lesson where ${column} = wanted.needs and ${overlaps}`.execute(handle);
  return rows.map((row) => hitOf(row, over));
}

/** By time first: a group has had thousands of lessons, but few lie within a span. */
async function groupHits(handle: Kysely<Database>, wanted: readonly Wanted[]): Promise<Hit[]> {
  const groupIds = [...new Set(wanted.flatMap((one) => one.groupIds))];
  if (groupIds.length === 0) return [];
  const spans = spansOf(wanted, (one) => (one.groupIds.length === 0 ? null : ''));
  const { rows } = await sql<HitRow>`
    with wanted (place, starts_at, ends_at, needs) as (values ${sql.join(spans)})
    select wanted.place, lesson_group.group_id as id, lesson.id as lesson_id, lesson.series_id, lesson.starts_at
    from wanted cross join lesson cross join lesson_group
    where lesson_group.lesson_id = lesson.id and ${overlaps} and lesson_group.group_id in (${sql.join(groupIds)})`.execute(handle);
  return rows.filter((row) => wanted[row.place]?.groupIds.includes(row.id)).map((row) => hitOf(row, 'group'));
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
