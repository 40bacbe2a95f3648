// What a person is told once a presence check is over for them; pure.
import type { CheckView } from '../../../server/contract/presence-check.ts';

/** thanks: answered · missed: had the time and did not · excused: could not be asked in time · ended: taken back, counts for nobody. */
export type CheckAfter = 'thanks' | 'missed' | 'excused' | 'ended';

export interface CheckSeen {
  readonly check: CheckView | null;
  /** The line was lost since this check was seen first. */
  readonly lost: boolean;
}

export function seenNext(before: CheckSeen, check: CheckView | null, dropped: boolean): CheckSeen {
  const goesOn = check !== null && check.id === before.check?.id;
  return { check, lost: dropped || (goesOn && before.lost) };
}

/** Null: nothing to tell. `now` is the server's time. */
export function checkAfter(before: CheckSeen, check: CheckView | null, now: number): CheckAfter | null {
  if (before.check?.own !== 'asked') return null;
  const same = check !== null && check.id === before.check.id;
  if (same && check.own === 'asked') return null;
  if (same && check.own === 'answered') return 'thanks';
  if (before.lost) return 'excused';
  return now >= before.check.closesAt ? 'missed' : 'ended';
}
