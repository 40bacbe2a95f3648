// Gives the classes that the demo university has held their traces, so that registers, reports and proofs have something to show.
import type { Kysely } from 'kysely';
import { type Instant, LessonId, PersonId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import { factsOfClass } from './trace/demo-class.ts';
import { TraceStore } from './trace/trace.store.ts';
import { entryOf } from './trace/trace.ts';

/** Until the last door has closed. */
const afterwardsMs = 2 * 3_600_000;
/** Who stays away, and since how long. */
const goneSinceMs = 16 * 24 * 3_600_000;

/** @param gone sign-in names of those who have stopped coming */
export async function fillDemoPast(
  db: Kysely<Database>,
  { now, gone }: { readonly now: Instant; readonly gone: readonly string[] },
): Promise<void> {
  const lessons = await db
    .selectFrom('lesson')
    .innerJoin('person', 'person.id', 'lesson.teacher_id')
    .select(['lesson.id', 'starts_at', 'ends_at', 'teacher_id', 'display_name'])
    .where('ends_at', '<', now - afterwardsMs)
    .where('cancelled', '=', 0)
    .where('mode', '<>', 'on-site')
    .orderBy('starts_at')
    .execute();
  const members = await db
    .selectFrom('lesson_group')
    .innerJoin('group_member', 'group_member.group_id', 'lesson_group.group_id')
    .innerJoin('person', 'person.id', 'group_member.person_id')
    .select(['lesson_id', 'person.id', 'display_name', 'sign_in_name'])
    .orderBy('sort_key')
    .execute();
  const ofLesson = Map.groupBy(members, ({ lesson_id }) => lesson_id);
  const left = new Set(members.filter(({ sign_in_name }) => gone.includes(sign_in_name)).map(({ id }) => id));
  const trace = new TraceStore(db);
  for (const lesson of lessons) {
    const facts = factsOfClass({
      lessonId: LessonId.parse(lesson.id),
      startsAt: lesson.starts_at,
      endsAt: lesson.ends_at,
      teacher: { personId: PersonId.parse(lesson.teacher_id), name: lesson.display_name },
      students: (ofLesson.get(lesson.id) ?? []).map(({ id, display_name }) => ({ personId: PersonId.parse(id), name: display_name })),
      gone: lesson.starts_at > now - goneSinceMs ? left : new Set(),
    });
    const entries = facts.map(entryOf).filter((entry) => entry !== null);
    if (entries.length > 0) await trace.append(entries);
  }
}
