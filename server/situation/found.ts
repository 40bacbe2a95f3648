// What was found in a lesson, as stretches of time: begun when a trouble is seen first, ended when it is not seen any more. Rule W7.
import type { Instant } from '../contract/ids.ts';
import { type Trouble, TroubleKind } from '../contract/situation.ts';
import type { Standing } from './troubles.ts';

export interface Update {
  readonly found: readonly Trouble[];
  /** Those that began or ended. */
  readonly changed: readonly Trouble[];
}

/** @param at the moment of `now`; what is not there any more has ended then */
export function updated(before: readonly Trouble[], now: readonly Standing[], at: Instant): Update {
  const changed: Trouble[] = [];
  const found = before.map((trouble) => {
    if (trouble.until !== null || now.some((standing) => isSame(trouble, standing))) return trouble;
    const ended = { ...trouble, until: Math.max(at, trouble.since) };
    changed.push(ended);
    return ended;
  });
  for (const standing of now) {
    if (found.some((trouble) => trouble.until === null && isSame(trouble, standing))) continue;
    // Found again since the same moment, it has never been away.
    const again = found.findIndex(({ since, ...trouble }) => since === standing.since && isSame(trouble, standing));
    const begun = { ...standing, until: null };
    changed.push(begun);
    if (again < 0) found.push(begun);
    else found[again] = begun;
  }
  return changed.length === 0 ? { found: before, changed } : { found: found.filter((trouble) => !isTakenBack(trouble)), changed };
}

/** It was none after all. */
export function takenBack(trouble: Trouble): Trouble {
  return { ...trouble, until: trouble.since };
}

export function isTakenBack({ since, until }: Trouble): boolean {
  return until !== null && until <= since;
}

/** By kind, worst first, then by time. */
export function inOrder(found: readonly Trouble[]): Trouble[] {
  const rank = (kind: TroubleKind) => TroubleKind.options.indexOf(kind);
  return found.toSorted((a, b) => rank(a.kind) - rank(b.kind) || a.since - b.since);
}

function isSame(a: Pick<Trouble, 'kind' | 'source'>, b: Pick<Trouble, 'kind' | 'source'>): boolean {
  return a.kind === b.kind && a.source === b.source;
}
