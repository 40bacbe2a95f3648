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

type Listening = {
  /** Null before the first answer, of which nothing is new. */
  readonly heard: Heard | null;
  /** All of them, so that nothing counts as new which only comes into sight. */
  readonly lessons: readonly SituationLesson[];
  /** W65: what is not looked at is not called. */
  readonly isWatched: (lesson: SituationLesson) => boolean;
  readonly now: number;
};

export function listen({ heard, lessons, isWatched, now }: Listening): { readonly heard: Heard; readonly fresh: readonly Fresh[] } {
  const going = lessons.flatMap((lesson) =>
    lesson.troubles.filter((trouble) => goesOn(trouble, now)).map((trouble) => ({ lesson, trouble, key: keyOf(lesson, trouble) })),
  );
  const kept = [...(heard ?? [])].filter(([, at]) => now - at < quietMs);
  const known = new Map(kept);
  const fresh = heard === null ? [] : going.filter(({ key, lesson }) => !known.has(key) && isWatched(lesson));
  return { heard: new Map([...kept, ...going.map(({ key }) => [key, now] as const)]), fresh };
}

function keyOf({ lessonId }: SituationLesson, { kind, source }: Trouble): string {
  return `${lessonId} ${kind} ${source ?? ''}`;
}

export function maySound(lastAt: number | null, now: number): boolean {
  return lastAt === null || now - lastAt >= soundEveryMs;
}
