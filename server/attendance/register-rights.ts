// Who may do what to a register. Rules A32 and A33.
import type { RoleInLesson } from '../contract/timetable.ts';
import { type Asking, mayArrange } from '../timetable/who.ts';

export interface Standing {
  /** The lesson's teacher, and whoever arranges. */
  readonly answersFor: boolean;
  /** Coordinators and administrators of the course's faculty. */
  readonly arranges: boolean;
}

export interface RegisterState {
  readonly cancelled: boolean;
  /** The door is closed for good. */
  readonly final: boolean;
  readonly signed: boolean;
}

export function standingIn(role: RoleInLesson, asking: Asking, facultyId: string): Standing {
  const arranges = mayArrange(asking, facultyId);
  return { answersFor: arranges || role === 'teacher', arranges };
}

export interface RegisterRights {
  readonly correct: boolean;
  readonly sign: boolean;
  readonly reopen: boolean;
}

/** The own row is nobody's to correct: that is asked of each row. */
export function rightsOver({ cancelled, final, signed }: RegisterState, { answersFor, arranges }: Standing): RegisterRights {
  return {
    correct: !cancelled && (signed ? arranges : answersFor),
    sign: !cancelled && final && !signed && answersFor,
    reopen: signed && arranges,
  };
}
