// A presence check as each person sees it, and as those see it who may check presence. Rule K9.
import type { CheckResult, CheckView, PlannedCheck } from '../contract/presence-check.ts';
import type { AskedPerson, Check } from './checks.ts';
import { isUnanswered, runningCheck } from './checks.ts';
import type { Room, Seat } from './room.ts';

/** Null when none runs. */
export function checkView(room: Room, seat: Pick<Seat, 'personId'>): CheckView | null {
  const check = runningCheck(room);
  if (check === null) return null;
  const { id, startedAt, people } = check;
  const asked = people.get(seat.personId);
  const own = asked?.answered ? 'answered' : asked !== undefined && isUnanswered(asked) ? 'asked' : 'not-asked';
  return { id, startedAt, closesAt: asked?.closesAt ?? check.closesAt, own };
}

/** The one that runs, or the last one; null before the first. */
export function checkResult({ check }: Pick<Room, 'check'>): CheckResult | null {
  if (check === null) return null;
  const { id, by, startedAt, ended, people } = check;
  const closesAt = Math.max(check.closesAt, ...[...people.values()].map((asked) => asked.closesAt ?? 0));
  return {
    ...{ id, by, startedAt, closesAt, endedAt: ended?.at ?? null, reason: ended?.reason ?? null },
    people: [...people].map(([personId, asked]) => ({
      participantId: asked.participantId,
      personId,
      name: asked.name,
      outcome: outcomeOf(asked, check),
    })),
  };
}

/** Without its moment. */
export function plannedCheck({ durable }: Pick<Room, 'durable'>): PlannedCheck | null {
  if (durable.plannedCheck === null) return null;
  const { by, withinMinutes, plannedAt } = durable.plannedCheck;
  return { by, withinMinutes, plannedAt };
}

function outcomeOf(asked: AskedPerson, { ended }: Check): CheckResult['people'][number]['outcome'] {
  if (asked.answered) return 'answered';
  if (asked.exempt) return 'not-judged';
  if (asked.closesAt === null) return asked.left ? 'not-there' : 'no-line';
  if (ended === null) return 'running';
  return ended.reason === 'time-over' ? 'missed' : 'not-judged';
}
