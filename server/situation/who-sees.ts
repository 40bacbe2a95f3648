// Whose lessons the board shows to whom. Rule W12.
import { Refused } from '../contract/reply.ts';
import type { Asking } from '../timetable/who.ts';
import { facultiesSeen, seesAll } from '../timetable/who.ts';
import type { PlannedLesson } from './lesson.ts';

export interface Sight {
  /** Who may have lessons of their own; null: teaches none. */
  readonly teacherId: string | null;
  /** Of these faculties all lessons; beside them one's own. */
  readonly facultyIds: 'every' | readonly string[];
  readonly asking: Asking;
}

/** Throws `Refused('not-allowed')`: the board is no page for students. */
export function sightOf(asking: Asking): Sight {
  const seen = facultiesSeen(asking);
  const facultyIds = seen === 'every' ? seen : [...seen].sort();
  if (facultyIds.length === 0 && !asking.roles.includes('teacher'))
    throw new Refused('not-allowed', 'The board is for those who teach or watch over classes');
  return { teacherId: asking.roles.includes('teacher') ? asking.id : null, facultyIds, asking };
}

export function sees({ teacherId, facultyIds }: Sight, { facultyId, teacher }: PlannedLesson): boolean {
  return facultyIds === 'every' || teacher.id === teacherId || facultyIds.includes(facultyId);
}

/** Whoever teaches it comes in as its teacher. */
export function isObserverOf({ teacherId, asking }: Sight, { facultyId, teacher }: PlannedLesson): boolean {
  return teacher.id !== teacherId && seesAll(asking, facultyId);
}
