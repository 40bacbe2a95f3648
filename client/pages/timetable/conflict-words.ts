// What clashes with what, in a sentence.
import type { Conflict } from '../../../server/contract/planning.ts';
import type { Texts } from '../../i18n/index.ts';

export function conflictWords({ over, name }: Pick<Conflict, 'over' | 'name'>, { t }: Pick<Texts, 't'>): string {
  return t(`timetable.conflict.${over}`, { name });
}

/** The lesson that is there already. Its title is said only where it tells more than the course. */
export function thereWords({ lesson }: Pick<Conflict, 'lesson'>, { date, timeRange }: Pick<Texts, 'date' | 'timeRange'>): string {
  const when = `${date(lesson.startsAt, 'day')}, ${timeRange(lesson.startsAt, lesson.endsAt)}`;
  const what = lesson.title === lesson.courseTitle ? lesson.title : `${lesson.courseTitle}: ${lesson.title}`;
  return [when, what, lesson.teacherName, lesson.groups.join(', ')].filter(Boolean).join(' · ');
}

/** One lesson may be in the way of a teacher and of a group at once; it is named once, in the order of the clashes. */
export function byLesson(
  conflicts: readonly Conflict[],
): readonly { readonly lesson: Conflict['lesson']; readonly clashes: readonly Conflict[] }[] {
  const lessons = new Map<string, { readonly lesson: Conflict['lesson']; readonly clashes: Conflict[] }>();
  for (const conflict of conflicts) {
    const key = `${conflict.lesson.id} ${conflict.startsAt}`;
    const known = lessons.get(key);
    if (known) known.clashes.push(conflict);
    else lessons.set(key, { lesson: conflict.lesson, clashes: [conflict] });
  }
  return [...lessons.values()];
}
