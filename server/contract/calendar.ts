// The academic calendar as it crosses the wire: years, terms, bell schedules, and the days that are not as usual.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { AcademicYearId, BellScheduleId, CalendarDayId, FacultyId, Instant, LocalDate, LocalTime, TermId, Weekday } from './ids.ts';

/** Whatever universities call a year; a slip in the digits of one would lay out lessons for centuries. */
const longestYearMs = 800 * 24 * 3_600_000;

export const NewAcademicYear = z
  .object({ name: cleanName(40), startsOn: LocalDate, endsOn: LocalDate })
  .refine((year) => year.endsOn > year.startsOn, 'ends before it starts')
  .refine((year) => Date.parse(year.endsOn) - Date.parse(year.startsOn) <= longestYearMs, 'lasts longer than two years');
export type NewAcademicYear = z.infer<typeof NewAcademicYear>;

/** Week 1 is the week (Monday to Sunday) of its first day, and odd. Both days belong to it. */
export const NewTerm = z
  .object({ yearId: AcademicYearId, name: cleanName(80), startsOn: LocalDate, endsOn: LocalDate })
  .refine((term) => term.endsOn > term.startsOn, 'ends before it starts');
export type NewTerm = z.infer<typeof NewTerm>;
export const Term = z.object({
  id: TermId,
  yearId: AcademicYearId,
  name: z.string(),
  startsOn: LocalDate,
  endsOn: LocalDate,
  weeks: z.number().int(),
});
export type Term = z.infer<typeof Term>;
export const AcademicYear = z.object({
  id: AcademicYearId,
  name: z.string(),
  startsOn: LocalDate,
  endsOn: LocalDate,
  terms: z.array(Term),
});
export type AcademicYear = z.infer<typeof AcademicYear>;

export const Bell = z
  .object({ number: z.number().int().min(1).max(20), startsAt: LocalTime, endsAt: LocalTime })
  .refine((bell) => bell.endsAt > bell.startsAt, 'ends before it starts');
export type Bell = z.infer<typeof Bell>;
/** Numbers rise with the times, and no two bells overlap. */
export const NewBellSchedule = z.object({ name: cleanName(80), isDefault: z.boolean(), bells: z.array(Bell).min(1).max(20) });
export type NewBellSchedule = z.infer<typeof NewBellSchedule>;
export const BellSchedule = NewBellSchedule.extend({ id: BellScheduleId });
export type BellSchedule = z.infer<typeof BellSchedule>;

/**
 * Days that differ. On holidays, in examination sessions and in practice no weekly lesson is held (single lessons are); a moved day is
 * taught as another weekday, by the parity of its own week or the one named.
 */
export const CalendarDayKind = z.enum(['holiday', 'examinations', 'practice', 'moved']);
export type CalendarDayKind = z.infer<typeof CalendarDayKind>;
export const NewCalendarDay = z
  .object({
    kind: CalendarDayKind,
    name: cleanName(120),
    firstOn: LocalDate,
    lastOn: LocalDate,
    /** Only of a moved day, and there it must be. */
    taughtAs: z.object({ weekday: Weekday, week: z.enum(['own', 'odd', 'even']) }).nullable(),
    /** Null: the whole university. */
    facultyId: FacultyId.nullable(),
  })
  .refine((day) => day.lastOn >= day.firstOn, 'ends before it starts')
  .refine((day) => (day.kind === 'moved') === (day.taughtAs !== null), 'only a moved day is taught as another, and it must be');
export type NewCalendarDay = z.infer<typeof NewCalendarDay>;
export const CalendarDay = NewCalendarDay.safeExtend({ id: CalendarDayId });
export type CalendarDay = z.infer<typeof CalendarDay>;

export const AcademicCalendar = z.object({
  timeZone: z.string(),
  now: Instant,
  years: z.array(AcademicYear),
  schedules: z.array(BellSchedule),
  days: z.array(CalendarDay),
});
export type AcademicCalendar = z.infer<typeof AcademicCalendar>;
