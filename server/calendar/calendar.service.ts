// The academic calendar: read by everybody, written by administrators and, where it is about their faculty, by coordinators; lessons follow it.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Act, Audit } from '../audit/audit.service.ts';
import type {
  AcademicCalendar,
  AcademicYear,
  BellSchedule,
  CalendarDay,
  NewAcademicYear,
  NewBellSchedule,
  NewCalendarDay,
  NewTerm,
  Term,
} from '../contract/calendar.ts';
import { AcademicYearId, BellScheduleId, CalendarDayId, TermId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { mayArrange } from '../timetable/who.ts';
import type { CalendarStore } from './calendar.store.ts';
import { weeksOf } from './calendar.ts';
import { dayNumber, weekdayOf } from './dates.ts';
import { bellsInOrder, fieldOutside, overlapping } from './entries.ts';

/** What the calendar asks of the weekly patterns, and tells them, in the same transaction. */
export interface Patterns {
  useTerm(id: TermId): Promise<boolean>;
  /** Numbers of the bells that patterns begin or end with. */
  bellsUsed(id: BellScheduleId): Promise<ReadonlySet<number>>;
  /** Patterns that were removed name the schedule no longer. */
  releaseSchedule(id: BellScheduleId): Promise<void>;
  /** Their lessons no longer follow the calendar. */
  markTerm(id: TermId): Promise<void>;
  markSchedule(id: BellScheduleId): Promise<void>;
  markDays(days: MarkedDays): Promise<void>;
}
export interface MarkedDays {
  readonly firstOn: string;
  readonly lastOn: string;
  readonly weekdays: readonly number[];
  /** Null: all. */
  readonly facultyId: string | null;
}

export interface CalendarStores {
  readonly calendar: CalendarStore;
  readonly patterns: Patterns;
}

interface Options {
  readonly calendar: CalendarStore;
  /** All of `work` or nothing, while nothing else changes the plan. */
  readonly alone: <T>(work: (stores: CalendarStores) => Promise<T>) => Promise<T>;
  /** Lets lessons follow; resolves when they do. */
  readonly layOut: () => Promise<unknown>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly newId: () => string;
}

type Changed<T> = { readonly value: T; readonly act: Act };

export class CalendarService {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async read(): Promise<z.input<typeof AcademicCalendar>> {
    const { years, schedules, days } = await this.#options.calendar.read();
    return { timeZone: this.#options.timeZone, now: this.#options.clock.now(), years, schedules, days };
  }

  addYear(actor: Actor, wanted: NewAcademicYear): Promise<AcademicYear> {
    return this.#write(actor, null, async ({ calendar }) => {
      const year = { id: this.#id(AcademicYearId), ...wanted, terms: [] };
      await calendar.addYear(year.id, wanted);
      return { value: year, act: act('calendar.year-added', year, null, wanted) };
    });
  }

  changeYear(actor: Actor, id: AcademicYearId, wanted: NewAcademicYear): Promise<AcademicYear> {
    return this.#write(actor, null, async ({ calendar }) => {
      const { terms, ...before } = pick((await calendar.read()).years, id);
      if (terms.some((term) => fieldOutside(term, wanted) !== null)) throw new Refused('conflict', 'A term would lie outside of its year');
      await calendar.changeYear(id, wanted);
      return { value: { id, ...wanted, terms }, act: act('calendar.year-changed', { id, ...wanted }, before, { id, ...wanted }) };
    });
  }

  async removeYear(actor: Actor, id: AcademicYearId): Promise<void> {
    await this.#write(actor, null, async ({ calendar }) => {
      const { terms, ...before } = pick((await calendar.read()).years, id);
      if (terms.length > 0) throw new Refused('conflict', 'The year has terms');
      await calendar.removeYear(id);
      return { value: null, act: act('calendar.year-removed', before, before, null) };
    });
  }

  addTerm(actor: Actor, wanted: NewTerm): Promise<Term> {
    return this.#write(actor, null, async ({ calendar }) => {
      refuseUnfit(wanted, (await calendar.read()).years);
      const term = { id: this.#id(TermId), ...wanted, weeks: weeksOf(wanted) };
      await calendar.addTerm(term.id, wanted);
      return { value: term, act: act('calendar.term-added', term, null, wanted) };
    });
  }

  changeTerm(actor: Actor, id: TermId, wanted: NewTerm): Promise<Term> {
    return this.#write(actor, null, async ({ calendar, patterns }) => {
      const { terms, years } = await calendar.read();
      const before = pick(terms, id);
      const term = { id, ...wanted, weeks: weeksOf(wanted) };
      refuseUnfit(term, years);
      await calendar.changeTerm(id, wanted);
      if (before.startsOn !== term.startsOn || before.endsOn !== term.endsOn) await patterns.markTerm(id);
      return { value: term, act: act('calendar.term-changed', term, before, term) };
    });
  }

  async removeTerm(actor: Actor, id: TermId): Promise<void> {
    await this.#write(actor, null, async ({ calendar, patterns }) => {
      const before = pick((await calendar.read()).terms, id);
      if (await patterns.useTerm(id)) throw new Refused('conflict', 'The term has lessons');
      await calendar.removeTerm(id);
      return { value: null, act: act('calendar.term-removed', before, before, null) };
    });
  }

  addSchedule(actor: Actor, wanted: NewBellSchedule): Promise<BellSchedule> {
    return this.#write(actor, null, async ({ calendar }) => {
      const { schedules } = await calendar.read();
      const isDefault = wanted.isDefault || schedules.length === 0;
      const schedule = { id: this.#id(BellScheduleId), ...wanted, isDefault, bells: bellsOf(wanted) };
      await calendar.addSchedule(schedule.id, schedule);
      if (isDefault) await calendar.makeOnlyDefault(schedule.id);
      return { value: schedule, act: act('calendar.schedule-added', schedule, null, schedule) };
    });
  }

  changeSchedule(actor: Actor, id: BellScheduleId, wanted: NewBellSchedule): Promise<BellSchedule> {
    return this.#write(actor, null, async ({ calendar, patterns }) => {
      const before = pick((await calendar.read()).schedules, id);
      const schedule = { id, ...wanted, bells: bellsOf(wanted) };
      if (before.isDefault && !wanted.isDefault) throw new Refused('conflict', 'One schedule is the default: make another one it');
      const numbers = new Set(schedule.bells.map(({ number }) => number));
      const missing = [...(await patterns.bellsUsed(id))].filter((number) => !numbers.has(number));
      if (missing.length > 0) throw new Refused('conflict', 'Lessons use a bell that would be gone', { numbers: missing });
      await calendar.changeSchedule(id, schedule);
      if (wanted.isDefault) await calendar.makeOnlyDefault(id);
      if (JSON.stringify(before.bells) !== JSON.stringify(schedule.bells)) await patterns.markSchedule(id);
      return { value: schedule, act: act('calendar.schedule-changed', schedule, before, schedule) };
    });
  }

  async removeSchedule(actor: Actor, id: BellScheduleId): Promise<void> {
    await this.#write(actor, null, async ({ calendar, patterns }) => {
      const { schedules } = await calendar.read();
      const before = pick(schedules, id);
      if ((await patterns.bellsUsed(id)).size > 0) throw new Refused('conflict', 'Lessons use the schedule');
      if (before.isDefault && schedules.length > 1) throw new Refused('conflict', 'One schedule is the default: make another one it');
      await patterns.releaseSchedule(id);
      await calendar.removeSchedule(id);
      return { value: null, act: act('calendar.schedule-removed', before, before, null) };
    });
  }

  addDay(actor: Actor, wanted: NewCalendarDay): Promise<CalendarDay> {
    return this.#write(actor, wanted.facultyId, async ({ calendar, patterns }) => {
      await refuseUnknownFaculty(calendar, wanted);
      const day = { ...wanted, id: this.#id(CalendarDayId) };
      await calendar.addDay(day.id, wanted);
      await patterns.markDays(markOf(day, (await calendar.read()).days));
      return { value: day, act: act('calendar.day-added', day, null, wanted) };
    });
  }

  changeDay(actor: Actor, id: CalendarDayId, wanted: NewCalendarDay): Promise<CalendarDay> {
    return this.#write(actor, wanted.facultyId, async ({ calendar, patterns }) => {
      const { days } = await calendar.read();
      const before = pick(days, id);
      check(actor, before.facultyId);
      await refuseUnknownFaculty(calendar, wanted);
      const day = { ...wanted, id };
      await calendar.changeDay(id, wanted);
      for (const either of [before, day]) await patterns.markDays(markOf(either, [...days, day]));
      return { value: day, act: act('calendar.day-changed', day, before, day) };
    });
  }

  async removeDay(actor: Actor, id: CalendarDayId): Promise<void> {
    const found = pick((await this.#options.calendar.read()).days, id);
    await this.#write(actor, found.facultyId, async ({ calendar, patterns }) => {
      const { days } = await calendar.read();
      const before = pick(days, id);
      check(actor, before.facultyId);
      await calendar.removeDay(id);
      await patterns.markDays(markOf(before, days));
      return { value: null, act: act('calendar.day-removed', before, before, null) };
    });
  }

  /** `facultyId`: of what is written; null is the whole university's. */
  async #write<T>(actor: Actor, facultyId: string | null, work: (stores: CalendarStores) => Promise<Changed<T>>): Promise<T> {
    check(actor, facultyId);
    const { value, act: done } = await this.#options.alone(work);
    await this.#options.audit.record(actor, done);
    await this.#options.layOut();
    return value;
  }

  #id<S extends z.ZodType>(schema: S): z.output<S> {
    return schema.parse(this.#options.newId());
  }
}

function check(actor: Actor, facultyId: string | null): void {
  const may = facultyId === null ? actor.roles.includes('administrator') : mayArrange(actor, facultyId);
  if (!may) throw new Refused('not-allowed', 'Administrators write the calendar, and coordinators the days of their own faculty');
}

function act(name: Act['act'], { id, name: called }: { id: string; name: string }, before: object | null, after: object | null): Act {
  return { act: name, subject: { kind: 'calendar', id, name: called }, before, after };
}

function pick<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new Refused('not-found', 'There is no such entry in the calendar');
  return found;
}

function refuseUnfit(term: NewTerm & { readonly id?: string }, years: readonly AcademicYear[]): void {
  const year = years.find(({ id }) => id === term.yearId);
  if (year === undefined) throw new Refused('bad-request', 'The academic year is not known', { field: 'yearId' });
  const field = fieldOutside(term, year);
  if (field !== null) throw new Refused('bad-request', 'The term lies outside of its year', { field });
  const other = overlapping(term, year);
  if (other !== undefined) throw new Refused('conflict', 'Terms of a year may not share a day', { name: other.name });
}

function bellsOf({ bells }: NewBellSchedule): BellSchedule['bells'] {
  const sorted = bellsInOrder(bells);
  if (sorted === null) throw new Refused('bad-request', 'The bells do not rise with their numbers, or overlap', { field: 'bells' });
  return sorted;
}

async function refuseUnknownFaculty(calendar: CalendarStore, { facultyId }: NewCalendarDay): Promise<void> {
  if (facultyId !== null && !(await calendar.hasFaculty(facultyId)))
    throw new Refused('bad-request', 'The faculty is not known', { field: 'facultyId' });
}

/** Which lessons can be touched: those of the weekdays that are within the days, and of those that are taught instead there. */
function markOf({ firstOn, lastOn, facultyId }: NewCalendarDay, days: readonly NewCalendarDay[]): MarkedDays {
  const first = dayNumber(firstOn);
  const own = Array.from({ length: Math.min(7, dayNumber(lastOn) - first + 1) }, (_, index) => weekdayOf(first + index));
  const instead = days.flatMap((day) =>
    day.taughtAs !== null && day.firstOn <= lastOn && day.lastOn >= firstOn ? [day.taughtAs.weekday] : [],
  );
  return { firstOn, lastOn, facultyId, weekdays: [...new Set([...own, ...instead])] };
}
