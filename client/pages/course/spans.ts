// Walks through the lessons of a course span by span, forward or back, since nobody knows how far apart they lie.

export type Direction = 'coming' | 'past';
export type Span = { readonly from: number; readonly to: number };

const spanMs = 56 * 24 * 3_600_000;
/** Two and a half years: a course that was silent longer is not searched further. */
const mostSpans = 16;

/** The span so many steps away from a moment; step 0 touches it. */
export function spanAt(direction: Direction, moment: number, step: number): Span {
  return direction === 'coming'
    ? { from: moment + step * spanMs, to: moment + (step + 1) * spanMs }
    : { from: moment - (step + 1) * spanMs, to: moment - step * spanMs };
}

/** Lessons that begin in the span, in the order in which they are read: the next first, or the latest first. */
export function within<T extends { readonly startsAt: number; readonly endsAt: number }>(
  lessons: readonly T[],
  direction: Direction,
  moment: number,
  span: Span,
): readonly T[] {
  // The lesson that runs is still to come, although it began before.
  const mine = lessons.filter(({ startsAt, endsAt }) =>
    direction === 'coming'
      ? endsAt > moment && startsAt < span.to && (startsAt >= span.from || span.from === moment)
      : endsAt <= moment && startsAt >= span.from && startsAt < span.to,
  );
  return direction === 'coming' ? mine : mine.toReversed();
}

/** The step to go on with; undefined when all that were counted are there. */
export function nextStep(step: number, found: number, counted: number): number | undefined {
  return found >= counted || step + 1 >= mostSpans ? undefined : step + 1;
}
