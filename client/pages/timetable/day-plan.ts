// A day from top to bottom: its lessons, the breaks between them, and where now is.
import type { Lesson } from '../../../server/contract/timetable.ts';

type Spanned = Pick<Lesson, 'startsAt' | 'endsAt'>;

export type DayEntry<T> =
  | {
      readonly kind: 'lesson';
      readonly lesson: T /** Share of it that has passed, while it is under way. */;
      readonly passed: number | undefined;
    }
  | { readonly kind: 'break'; readonly from: number; readonly to: number }
  | { readonly kind: 'now'; readonly at: number };

/** What is shorter is no break, and what is longer is simply free time. */
const breakMs = { shortest: 5 * 60_000, longest: 4 * 3_600_000 };

/** `lessons` by their start; `now` undefined on other days than today. */
export function dayPlan<T extends Spanned>(lessons: readonly T[], now: number | undefined): DayEntry<T>[] {
  const entries: DayEntry<T>[] = [];
  let end: number | undefined;
  let marked = now === undefined || lessons.some((lesson) => holds(lesson, now));
  for (const lesson of lessons) {
    const gapMs = end === undefined ? 0 : lesson.startsAt - end;
    if (!marked && now !== undefined && now < lesson.startsAt) {
      entries.push({ kind: 'now', at: now });
      marked = true;
    } else if (end !== undefined && gapMs >= breakMs.shortest && gapMs <= breakMs.longest) {
      entries.push({ kind: 'break', from: end, to: lesson.startsAt });
    }
    entries.push({ kind: 'lesson', lesson, passed: now !== undefined && holds(lesson, now) ? share(lesson, now) : undefined });
    end = Math.max(end ?? 0, lesson.endsAt);
  }
  if (!marked && now !== undefined && lessons.length > 0) entries.push({ kind: 'now', at: now });
  return entries;
}

function holds(lesson: Spanned, now: number): boolean {
  return lesson.startsAt <= now && now < lesson.endsAt;
}

function share(lesson: Spanned, now: number): number {
  return (now - lesson.startsAt) / (lesson.endsAt - lesson.startsAt);
}
