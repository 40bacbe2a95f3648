// What must hold among years, terms, bell schedules and days for the academic calendar to make sense.
import type { AcademicYear, NewAcademicYear, NewBellSchedule, NewTerm, Term } from '../contract/calendar.ts';

/** In order of their numbers; null when a number is named twice, or the times do not rise with the numbers. */
export function bellsInOrder(bells: NewBellSchedule['bells']): NewBellSchedule['bells'] | null {
  const sorted = bells.toSorted((a, b) => a.number - b.number);
  const follows = sorted.every((bell, index) => {
    const before = sorted[index - 1];
    return before === undefined || (before.number < bell.number && before.endsAt <= bell.startsAt);
  });
  return follows ? sorted : null;
}

/** The field of a term that does not fit into its year; null when both do. */
export function fieldOutside(term: NewTerm, year: NewAcademicYear): 'startsOn' | 'endsOn' | null {
  if (term.startsOn < year.startsOn || term.startsOn > year.endsOn) return 'startsOn';
  return term.endsOn > year.endsOn ? 'endsOn' : null;
}

/** Another term of the year that shares a day with this one. */
export function overlapping(term: NewTerm & { readonly id?: string }, { terms }: Pick<AcademicYear, 'terms'>): Term | undefined {
  return terms.find((other) => other.id !== term.id && other.startsOn <= term.endsOn && term.startsOn <= other.endsOn);
}
