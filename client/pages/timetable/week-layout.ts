// Places the lessons of a day side by side where they overlap.

type Spanned = { readonly startsAt: number; readonly endsAt: number };

export type Placed<T> = { readonly lesson: T; readonly lane: number; readonly lanes: number };

/** `lessons` by their start. Lessons that overlap share the width evenly. */
export function lanesOf<T extends Spanned>(lessons: readonly T[]): Placed<T>[] {
  const placed: Placed<T>[] = [];
  let cluster: { lesson: T; lane: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    placed.push(...cluster.map((item) => ({ ...item, lanes: ends.length })));
    cluster = [];
    ends = [];
  };
  for (const lesson of lessons) {
    if (ends.length > 0 && ends.every((end) => end <= lesson.startsAt)) close();
    const free = ends.findIndex((end) => end <= lesson.startsAt);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = lesson.endsAt;
    cluster.push({ lesson, lane });
  }
  close();
  return placed;
}
