// Owns the tables of the academic calendar: years, terms, bell schedules, days that differ.
import type { Kysely } from 'kysely';
import type {
  AcademicYear,
  BellSchedule,
  CalendarDay,
  NewAcademicYear,
  NewBellSchedule,
  NewCalendarDay,
  NewTerm,
  Term,
} from '../contract/calendar.ts';
import { CalendarDayKind } from '../contract/calendar.ts';
import { AcademicYearId, BellScheduleId, CalendarDayId, FacultyId, TermId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { weeksOf } from './calendar.ts';

export interface StoredCalendar {
  readonly years: AcademicYear[];
  /** By their first day. */
  readonly terms: Term[];
  readonly schedules: BellSchedule[];
  readonly days: CalendarDay[];
}

export class CalendarStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async read(): Promise<StoredCalendar> {
    // One after the other: inside a transaction there is one connection.
    const years = await this.#db.selectFrom('academic_year').selectAll().orderBy('starts_on').orderBy('id').execute();
    const termRows = await this.#db.selectFrom('term').selectAll().orderBy('starts_on').orderBy('id').execute();
    const schedules = await this.#db.selectFrom('bell_schedule').selectAll().orderBy('name').orderBy('id').execute();
    const bells = await this.#db.selectFrom('bell').selectAll().orderBy('schedule_id').orderBy('number').execute();
    const days = await this.#db.selectFrom('calendar_day').selectAll().orderBy('first_on').orderBy('id').execute();
    const terms = termRows.map((row): Term => {
      const span = { startsOn: row.starts_on, endsOn: row.ends_on };
      return { id: TermId.parse(row.id), yearId: AcademicYearId.parse(row.year_id), name: row.name, ...span, weeks: weeksOf(span) };
    });
    return {
      terms,
      years: years.map((row) => ({
        ...{ id: AcademicYearId.parse(row.id), name: row.name, startsOn: row.starts_on, endsOn: row.ends_on },
        terms: terms.filter((term) => term.yearId === row.id),
      })),
      schedules: schedules.map(({ id, name, is_default }) => ({
        ...{ id: BellScheduleId.parse(id), name, isDefault: is_default === 1 },
        bells: bells
          .filter((bell) => bell.schedule_id === id)
          .map(({ number, starts_at, ends_at }) => ({ number, startsAt: starts_at, endsAt: ends_at })),
      })),
      days: days.map((row) => ({
        ...{ id: CalendarDayId.parse(row.id), kind: CalendarDayKind.parse(row.kind), name: row.name },
        ...{ firstOn: row.first_on, lastOn: row.last_on },
        taughtAs:
          row.taught_as_weekday === null
            ? null
            : { weekday: row.taught_as_weekday, week: weekNames.find((name) => name === row.taught_as_week) ?? 'own' },
        facultyId: row.faculty_id === null ? null : FacultyId.parse(row.faculty_id),
      })),
    };
  }

  async hasFaculty(id: FacultyId): Promise<boolean> {
    return (await this.#db.selectFrom('faculty').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  }

  async addYear(id: AcademicYearId, { name, startsOn, endsOn }: NewAcademicYear): Promise<void> {
    await this.#db.insertInto('academic_year').values({ id, name, starts_on: startsOn, ends_on: endsOn }).execute();
  }

  async changeYear(id: AcademicYearId, { name, startsOn, endsOn }: NewAcademicYear): Promise<void> {
    await this.#db.updateTable('academic_year').set({ name, starts_on: startsOn, ends_on: endsOn }).where('id', '=', id).execute();
  }

  async removeYear(id: AcademicYearId): Promise<void> {
    await this.#db.deleteFrom('academic_year').where('id', '=', id).execute();
  }

  async addTerm(id: TermId, term: NewTerm): Promise<void> {
    await this.#db
      .insertInto('term')
      .values({ id, ...termColumns(term), external_id: null })
      .execute();
  }

  async changeTerm(id: TermId, term: NewTerm): Promise<void> {
    await this.#db.updateTable('term').set(termColumns(term)).where('id', '=', id).execute();
  }

  async removeTerm(id: TermId): Promise<void> {
    await this.#db.deleteFrom('term').where('id', '=', id).execute();
  }

  async addSchedule(id: BellScheduleId, schedule: NewBellSchedule): Promise<void> {
    await this.#db
      .insertInto('bell_schedule')
      .values({ id, name: schedule.name, is_default: schedule.isDefault ? 1 : 0, external_id: null })
      .execute();
    await this.#addBells(id, schedule);
  }

  async changeSchedule(id: BellScheduleId, schedule: NewBellSchedule): Promise<void> {
    await this.#db
      .updateTable('bell_schedule')
      .set({ name: schedule.name, is_default: schedule.isDefault ? 1 : 0 })
      .where('id', '=', id)
      .execute();
    await this.#db.deleteFrom('bell').where('schedule_id', '=', id).execute();
    await this.#addBells(id, schedule);
  }

  /** There is one default. */
  async makeOnlyDefault(id: BellScheduleId): Promise<void> {
    await this.#db.updateTable('bell_schedule').set({ is_default: 0 }).where('id', '<>', id).execute();
  }

  async removeSchedule(id: BellScheduleId): Promise<void> {
    await this.#db.deleteFrom('bell_schedule').where('id', '=', id).execute();
  }

  async addDay(id: CalendarDayId, day: NewCalendarDay): Promise<void> {
    await this.#db
      .insertInto('calendar_day')
      .values({ id, ...dayColumns(day) })
      .execute();
  }

  async changeDay(id: CalendarDayId, day: NewCalendarDay): Promise<void> {
    await this.#db.updateTable('calendar_day').set(dayColumns(day)).where('id', '=', id).execute();
  }

  async removeDay(id: CalendarDayId): Promise<void> {
    await this.#db.deleteFrom('calendar_day').where('id', '=', id).execute();
  }

  async #addBells(id: BellScheduleId, { bells }: NewBellSchedule): Promise<void> {
    const rows = bells.map(({ number, startsAt, endsAt }) => ({ schedule_id: id, number, starts_at: startsAt, ends_at: endsAt }));
    await this.#db.insertInto('bell').values(rows).execute();
  }
}

const weekNames = ['own', 'odd', 'even'] as const;

function termColumns({ yearId, name, startsOn, endsOn }: NewTerm) {
  return { year_id: yearId, name, starts_on: startsOn, ends_on: endsOn };
}

function dayColumns({ kind, name, firstOn, lastOn, taughtAs, facultyId }: NewCalendarDay) {
  return {
    ...{ kind, name, first_on: firstOn, last_on: lastOn, faculty_id: facultyId },
    ...{ taught_as_weekday: taughtAs?.weekday ?? null, taught_as_week: taughtAs?.week ?? null },
  };
}
