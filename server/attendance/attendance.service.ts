// The register of a lesson for whoever asks: all of it, or the own row. Computed from the stored trace each time.
import type { Person } from '../contract/identity.ts';
import type { Instant, LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { ObserversTold } from '../contract/situation.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { TimetableService } from '../timetable/timetable.service.ts';
import { seesAll } from '../timetable/who.ts';
import { type RegisterView, totalsOf } from './attendance.ts';
import { isFinal } from './lesson.ts';
import { type RegisterState, rightsOver, type Standing, standingIn } from './register-rights.ts';
import type { Reading, Registers } from './registers.service.ts';

export type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

export class AttendanceService {
  readonly #timetable: Pick<TimetableService, 'record' | 'mayOpenRegister' | 'roleIn'>;
  readonly #registers: Registers;
  readonly #observersTold: ObserversTold;

  constructor(options: {
    readonly timetable: Pick<TimetableService, 'record' | 'mayOpenRegister' | 'roleIn'>;
    readonly registers: Registers;
    /** Missing: everyone. */
    readonly observersTold?: ObserversTold;
  }) {
    this.#timetable = options.timetable;
    this.#registers = options.registers;
    this.#observersTold = options.observersTold ?? 'everyone';
  }

  /** For whoever may open it, all of it; for others who are in it, their own row. Throws `Refused`. */
  async registerFor(person: Asking, id: LessonId, now: Instant): Promise<RegisterView> {
    const record = await this.#timetable.record(id);
    if (await this.#timetable.mayOpenRegister(id, person)) {
      const reading = await this.#registers.read(record);
      const register = await this.#registers.judge(reading, now, rightsOver(stateOf(reading, now), await this.standing(person, record)));
      // W23: what nobody in the class was told, its register does not tell them either.
      if (this.#observersTold !== 'nobody' || seesAll(person, record.facultyId)) return register;
      return { ...register, rows: register.rows.filter(({ role, onRoster }) => onRoster || role !== 'observer') };
    }
    return this.#ownOf(person.id, record, now);
  }

  /** All of it, as nobody in particular sees it. Throws `Refused('not-found')`. The caller has checked the right. */
  async register(id: LessonId, now: Instant): Promise<RegisterView> {
    return this.#registers.judge(await this.#registers.read(await this.#timetable.record(id)), now);
  }

  async standing(person: Asking, record: LessonRecord): Promise<Standing> {
    return standingIn(await this.#timetable.roleIn(record, person), person, record.facultyId);
  }

  async #ownOf(personId: string, record: LessonRecord, now: Instant): Promise<RegisterView> {
    const register = await this.#registers.judge(await this.#registers.readOf(record, personId), now);
    const rows = register.rows.filter((row) => row.personId === personId);
    if (rows.length === 0) throw new Refused('not-allowed', 'Only the people of the lesson may open its register');
    const history = register.history.filter(({ act }) => act.type !== 'corrected' || act.personId === personId);
    return { ...register, rows, history, totals: totalsOf(rows) };
  }
}

export function stateOf({ lesson, signature }: Pick<Reading, 'lesson' | 'signature'>, now: Instant): RegisterState {
  return { cancelled: lesson.cancelled, final: isFinal(lesson, now), signed: signature !== null };
}
