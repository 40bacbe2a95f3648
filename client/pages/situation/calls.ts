// Which trouble is new, so that it is told once: not what was there when the page was opened, and not again what comes and goes.
import type { SituationLesson, Trouble } from '../../../server/contract/situation.ts';
import { goesOn } from './board.ts';

export type Fresh = { readonly lesson: SituationLesson; readonly trouble: Trouble };

/** When each trouble was last seen to go on. */
export type Heard = ReadonlyMap<string, number>;

/** W64: what was away for less is no news when it is back. */
const quietMs = 5 * 60_000;
/** W64: however much happens, no more often. */
const soundEveryMs = 15_000;

/** @param heard null before the first answer, of which nothing is new */
export function listen(
  heard: Heard | null,
  lessons: readonly SituationLesson[],
  now: number,
): { readonly heard: Heard; readonly fresh: readonly Fresh[] } {
  const going = lessons.flatMap((lesson) =>
    lesson.troubles.filter((trouble) => goesOn(trouble, now)).map((trouble) => ({ lesson, trouble, key: keyOf(lesson, trouble) })),
  );
  const kept = [...(heard ?? [])].filter(([, at]) => now - at < quietMs);
  const known = new Map(kept);
  const fresh = heard === null ? [] : going.filter(({ key }) => !known.has(key));
  return { heard: new Map([...kept, ...going.map(({ key }) => [key, now] as const)]), fresh };
}

function keyOf({ lessonId }: SituationLesson, { kind, source }: Trouble): string {
  return `${lessonId} ${kind} ${source ?? ''}`;
}

export function maySound(lastAt: number | null, now: number): boolean {
  return lastAt === null || now - lastAt >= soundEveryMs;
}
