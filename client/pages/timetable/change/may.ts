// Which changes are offered to whom, and when.
import type { Person } from '../../../../server/contract/identity.ts';
import type { Lesson } from '../../../../server/contract/timetable.ts';
import { stateOf } from '../lesson-state.ts';
import type { ChangeType } from './draft.ts';

/** Whether the person plans for others in a faculty; undefined: in any. */
export function mayArrange({ roles, roleFaculties }: Pick<Person, 'roles' | 'roleFaculties'>, facultyId?: string): boolean {
  return (['administrator', 'coordinator'] as const).some((role) => {
    if (!roles.includes(role)) return false;
    const only = roleFaculties?.[role];
    return only === undefined || facultyId === undefined || only.some((id) => id === facultyId);
  });
}

/** A lesson that has begun is not changed any more. Who teaches whom is for those who plan for others. */
export function offeredChanges(lesson: Lesson, arranges: boolean, now: number): readonly ChangeType[] {
  if (!lesson.canManage) return [];
  const state = stateOf(lesson, now);
  if (state === 'cancelled') return lesson.startsAt > now ? ['restore'] : [];
  if (state !== 'planned' && state !== 'door-open') return [];
  return arranges ? ['move', 'substitute', 'place', 'groups', 'rename', 'cancel'] : ['move', 'place', 'rename', 'cancel'];
}
