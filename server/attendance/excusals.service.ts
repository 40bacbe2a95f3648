// Excused absences: who gives and sees them, and which registers are judged again for them. Rules A41 and A42.
import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Excusal, Excusals, ExcusalsQuery, NewExcusal } from '../contract/excusals.ts';
import type { Person } from '../contract/identity.ts';
import { type ExcusalId, type LocalDate, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { facultiesArranged, mayArrange } from '../timetable/who.ts';
import type { Changes } from './changes.ts';
import type { ExcusalsStore, StoredExcusal } from './excusals.store.ts';
import { excuses, type OneByOne } from './one-by-one.ts';

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

const perPage = 50;
const longestDays = 366;

export interface ExcusalsOptions {
  readonly store: ExcusalsStore;
  readonly timeZone: string;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly changes: Pick<Changes, 'made'>;
  readonly turns: OneByOne;
  /** There are lessons to be judged again. */
  readonly stale: () => void;
}

export class ExcusalsService {
  readonly #options: ExcusalsOptions;

  constructor(options: ExcusalsOptions) {
    this.#options = options;
  }

  /** Coordinators and administrators: of the students of their faculties. Everybody else: the own. */
  async list(person: Asking, { page, ...query }: z.output<typeof ExcusalsQuery>): Promise<z.input<typeof Excusals>> {
    const { store } = this.#options;
    const faculties = facultiesArranged(person);
    const isOwn = faculties !== 'every' && (faculties.size === 0 || query.personId === person.id);
    if (isOwn && query.personId !== undefined && query.personId !== person.id)
      throw new Refused('not-allowed', 'Only coordinators and administrators see the excuses of others');
    const filter = isOwn ? { ...query, personId: person.id } : { ...query, ...(faculties !== 'every' && { facultyIds: [...faculties] }) };
    const { excusals, total } = await store.page(filter, page, perPage);
    return { excusals: excusals.map(viewOf), total };
  }

  async add(actor: Actor, excusal: NewExcusal): Promise<z.input<typeof Excusal>> {
    const { store, audit, clock, newId, turns } = this.#options;
    const { personId, firstOn, lastOn, reason } = excusal;
    await this.#refuseUnlessArranges(actor, personId);
    if (DateTime.fromISO(lastOn).diff(DateTime.fromISO(firstOn), 'days').days >= longestDays)
      throw new Refused('bad-request', 'An excuse holds for a year at most');
    const id = newId();
    await turns.run(excuses, () => store.add(id, excusal, { id: actor.id, at: clock.now() }));
    const made = await store.find(id);
    if (made === null) throw new Error('An excuse that was added is not there');
    await this.#judgeAgain(personId, firstOn, lastOn);
    // What it says of somebody's health stays where it can be erased.
    const subject = { kind: 'person', id: personId, name: made.name };
    await audit.record(actor, { act: 'excusal.added', subject, after: { firstOn, lastOn, reason } });
    return viewOf(made);
  }

  async remove(actor: Actor, id: ExcusalId): Promise<void> {
    const { store, audit, clock, turns } = this.#options;
    const excusal = await store.find(id);
    if (excusal === null) throw new Refused('not-found', 'There is no such excuse');
    const { personId, firstOn, lastOn, reason, name } = excusal;
    await this.#refuseUnlessArranges(actor, personId);
    if (!(await turns.run(excuses, () => store.revoke(id, clock.now())))) throw new Refused('not-found', 'There is no such excuse');
    await this.#judgeAgain(personId, firstOn, lastOn);
    const subject = { kind: 'person', id: personId, name };
    await audit.record(actor, { act: 'excusal.removed', subject, before: { firstOn, lastOn, reason } });
  }

  /** By the faculties of the student's groups; whose role is not limited, everywhere. */
  async #refuseUnlessArranges(actor: Actor, personId: string): Promise<void> {
    const faculties = facultiesArranged(actor);
    if (faculties !== 'every' && faculties.size === 0)
      throw new Refused('not-allowed', 'Only coordinators and administrators excuse students');
    if (personId === actor.id) throw new Refused('not-allowed', 'Nobody excuses themselves');
    const student = await this.#options.store.student(personId);
    if (student === null || !student.isStudent) throw new Refused('not-found', 'There is no such student');
    if (faculties !== 'every' && !student.facultyIds.some((id) => mayArrange(actor, id)))
      throw new Refused('not-allowed', 'The student belongs to another faculty');
  }

  async #judgeAgain(personId: string, firstOn: LocalDate, lastOn: LocalDate): Promise<void> {
    const { store, timeZone, changes, stale } = this.#options;
    changes.made();
    const day = (date: LocalDate) => DateTime.fromISO(date, { zone: timeZone });
    await store.markStale(personId, { from: day(firstOn).toMillis(), to: day(lastOn).plus({ days: 1 }).toMillis() });
    stale();
  }
}

function viewOf({ personId, groups, ...excusal }: StoredExcusal): z.input<typeof Excusal> {
  return { ...excusal, personId: PersonId.parse(personId), groups: [...groups] };
}
