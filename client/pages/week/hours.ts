// The lessons of a full day by the hour at which they begin.

type Begins = { readonly startsAt: number };

export type Hour<T> = { readonly startsAt: number; readonly lessons: readonly T[] };

/** `lessons` by their start. */
export function byStart<T extends Begins>(lessons: readonly T[]): Hour<T>[] {
  const hours = new Map<number, T[]>();
  for (const lesson of lessons) {
    const same = hours.get(lesson.startsAt);
    if (same) same.push(lesson);
    else hours.set(lesson.startsAt, [lesson]);
  }
  return [...hours].map(([startsAt, same]) => ({ startsAt, lessons: same }));
}

/** More than this in a week is shown one day at a time. */
const mostInWeek = 80;

export function isFull(lessons: number, more: boolean): boolean {
  return more || lessons > mostInWeek;
}
