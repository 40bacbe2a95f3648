// The printed week: whose it may be, and what goes on it.
import type { z } from 'zod';
import type { CalendarDay, Term } from '../contract/calendar.ts';
import type { PrintQuery } from '../contract/feeds.ts';
import type { Person } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Agenda } from '../feeds/feed.service.ts';
import type { Clock } from '../ports/clock.ts';
import type { AgendaOf } from '../timetable/agenda.store.ts';
import { PrintShop } from './print-shop.ts';
import { dateAt, mondayOfDate, printedWeek, weekSpan } from './week.ts';

const mostLessons = 600;

export interface AcademicDays {
  readonly terms: readonly Pick<Term, 'startsOn' | 'endsOn'>[];
  readonly days: readonly CalendarDay[];
}

interface Subject {
  readonly of: AgendaOf;
  readonly name: string;
  readonly facultyId: string | null;
}

export class PrintService {
  readonly #agenda: Pick<Agenda, 'lessons' | 'group'>;
  readonly #calendar: () => Promise<AcademicDays>;
  readonly #person: (id: PersonId) => Promise<Person | null>;
  readonly #clock: Clock;
  readonly #timeZone: string;
  readonly #shop = new PrintShop();

  constructor(options: {
    readonly agenda: Pick<Agenda, 'lessons' | 'group'>;
    readonly calendar: () => Promise<AcademicDays>;
    readonly person: (id: PersonId) => Promise<Person | null>;
    readonly clock: Clock;
    readonly timeZone: string;
  }) {
    this.#agenda = options.agenda;
    this.#calendar = options.calendar;
    this.#person = options.person;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /** F8. The name is of the file. */
  async week(asking: Pick<Person, 'id' | 'displayName'>, query: z.output<typeof PrintQuery>): Promise<{ pdf: Buffer; name: string }> {
    const subject = await this.#subject(asking, query);
    const now = this.#clock.now();
    const monday = mondayOfDate(query.week ?? dateAt(now, this.#timeZone));
    const [lessons, calendar] = await Promise.all([
      this.#agenda.lessons(subject.of, weekSpan(monday, this.#timeZone), mostLessons),
      this.#calendar(),
    ]);
    const { of, language } = query;
    const { name, facultyId } = subject;
    const week = printedWeek({ of, name, facultyId, monday, lessons, ...calendar, now, language, timeZone: this.#timeZone });
    return { pdf: await this.#shop.print(week, now), name: `${name} ${monday}.pdf` };
  }

  /** Groups and teachers are open to all who are signed in, as the timetable is; one's own week is one's own. */
  async #subject(asking: Pick<Person, 'id' | 'displayName'>, { of, id }: z.output<typeof PrintQuery>): Promise<Subject> {
    if (of === 'person') {
      if (id !== undefined && id !== asking.id) throw new Refused('not-allowed', 'A person’s week is their own');
      return { of: { personId: PersonId.parse(asking.id) }, name: asking.displayName, facultyId: null };
    }
    if (of === 'group') {
      const group = await this.#agenda.group(id ?? '');
      if (group === null) throw new Refused('not-found', 'There is no such group');
      return { of: { groupId: group.id }, name: group.name, facultyId: group.facultyId };
    }
    const teacherId = PersonId.safeParse(id).data;
    const teacher = teacherId === undefined ? null : await this.#person(teacherId);
    if (!teacher?.roles.includes('teacher')) throw new Refused('not-found', 'There is no such teacher');
    return { of: { teacherId: PersonId.parse(teacher.id) }, name: teacher.displayName, facultyId: null };
  }
}
