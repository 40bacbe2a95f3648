// What is known of how a lesson went, whatever it is known from; and the state that follows. Rules W1 and W10.
import type { Instant } from '../contract/ids.ts';
import type { SituationLesson, SituationState, Trouble } from '../contract/situation.ts';
import { endOf } from '../timetable/door.ts';
import type { PlannedLesson } from './lesson.ts';

export interface Known extends Pick<SituationLesson, 'begunAt' | 'endedAt' | 'here' | 'came' | 'expected' | 'ledBy' | 'recording'> {
  /** A teacher was there. */
  readonly held: boolean;
  /** Had one been there, it would be known. */
  readonly isSure: boolean;
  readonly troubles: readonly Trouble[];
}

export function stateOf(lesson: PlannedLesson, { held, isSure, endedAt, troubles }: Known, now: Instant): SituationState {
  if (lesson.cancelled) return 'cancelled';
  if (now < lesson.startsAt) return 'planned';
  const isOver = now >= endOf(lesson) || (endedAt !== null && now >= endedAt);
  if (held && !isOver) return 'running';
  if (held) return troubles.some(({ kind }) => kind === 'ended-early') ? 'ended-early' : 'over';
  if (lesson.mode === 'on-site') return 'on-site';
  if (!isOver) return 'not-begun';
  return isSure ? 'not-held' : 'unknown';
}

/** W10: the board never says what goes on of what is over. */
export function isOverAt(lesson: PlannedLesson, now: Instant): boolean {
  return lesson.cancelled || now >= endOf(lesson) || (lesson.endedAt !== null && now >= lesson.endedAt);
}
