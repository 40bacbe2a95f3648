// How many lessons are in which state just now, and have which trouble.
import type { Instant } from '../contract/ids.ts';
import type { SituationState, TroubleKind } from '../contract/situation.ts';
import type { Entry } from './entry.ts';
import { stateOf } from './known.ts';

export interface Tally {
  readonly states: Partial<Record<SituationState, number>>;
  /** Only what goes on; each lesson once for each kind. */
  readonly troubles: Partial<Record<TroubleKind, number>>;
}

export function tallyOf(entries: readonly Entry[], now: Instant): Tally {
  const states: Partial<Record<SituationState, number>> = {};
  const troubles: Partial<Record<TroubleKind, number>> = {};
  for (const { lesson, known } of entries) {
    const state = stateOf(lesson, known, now);
    states[state] = (states[state] ?? 0) + 1;
    const open = known.troubles.filter(({ until }) => until === null).map(({ kind }) => kind);
    for (const kind of new Set(open)) troubles[kind] = (troubles[kind] ?? 0) + 1;
  }
  return { states, troubles };
}
