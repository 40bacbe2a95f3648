// Finds what lessons that are changed together would do to one another: each counts as it will be, not as it was (C8).
import type { Planned } from './changes.ts';
import type { Found } from './conflicts.ts';

type Conflict = Found['conflicts'][number];
type Shared = Pick<Conflict, 'over' | 'name'>;

interface Step {
  readonly before: Planned & { readonly courseTitle: string };
  readonly after: Planned;
}

/** Each pair once, under the one that begins later. What two of them shared at the same time before is not asked for anew. */
export function clashesAmong(steps: readonly Step[]): Conflict[] {
  const byStart = [...steps].sort((a, b) => a.after.startsAt - b.after.startsAt);
  return byStart.flatMap((later, index) => byStart.slice(0, index).flatMap((earlier) => clashesOf(earlier, later)));
}

function clashesOf(earlier: Step, later: Step): Conflict[] {
  const before = sharedAtOnce(earlier.before, later.before);
  const shared = [...sharedAtOnce(earlier.after, later.after)].filter(([key]) => !before.has(key));
  const { id, title, teacher, groups, startsAt, endsAt } = earlier.after;
  const names = { courseTitle: earlier.before.courseTitle, teacherName: teacher.name, groups: groups.map(({ name }) => name) };
  const times = { startsAt: later.after.startsAt, endsAt: later.after.endsAt };
  return shared.map(([, what]) => ({ ...what, ...times, lesson: { id, title, ...names, startsAt, endsAt } }));
}

function sharedAtOnce(a: Planned, b: Planned): Map<string, Shared> {
  const isAtOnce = !a.cancelled && !b.cancelled && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
  if (!isAtOnce) return new Map();
  const theirs = new Set(claimsOf(b).map(([key]) => key));
  return new Map(claimsOf(a).filter(([key]) => theirs.has(key)));
}

function claimsOf({ teacher, groups, place }: Planned): [string, Shared][] {
  const claim = (over: Shared['over'], { id, name }: { readonly id: string; readonly name: string }): [string, Shared] => [
    `${over} ${id}`,
    { over, name },
  ];
  return [claim('teacher', teacher), ...groups.map((group) => claim('group', group)), ...(place === null ? [] : [claim('place', place)])];
}
