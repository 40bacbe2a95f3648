// The register of a lesson, computed from its stored trace whenever it is asked for.
import type { z } from 'zod';
import type { AttendanceRule } from '../contract/attendance.ts';
import type { Person } from '../contract/identity.ts';
import { type Instant, LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { type DoorRule, doorTimes, endOf } from '../timetable/door.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { TimetableService } from '../timetable/timetable.service.ts';
import type { TraceStore } from '../trace/trace.store.ts';
import { type RegisterView, registerOf, totalsOf } from './attendance.ts';

export class AttendanceService {
  readonly #timetable: TimetableService;
  readonly #trace: TraceStore;
  readonly #rule: z.infer<typeof AttendanceRule>;
  readonly #door: DoorRule;

  constructor(options: {
    readonly timetable: TimetableService;
    readonly trace: TraceStore;
    readonly rule: z.infer<typeof AttendanceRule>;
    readonly door: DoorRule;
  }) {
    this.#timetable = options.timetable;
    this.#trace = options.trace;
    this.#rule = options.rule;
    this.#door = options.door;
  }

  /** For whoever may open it, all of it; for others who are in it, their own row. Throws `Refused`. */
  async registerFor(person: Pick<Person, 'id' | 'roles' | 'roleFaculties'>, id: LessonId, now: Instant): Promise<RegisterView> {
    const lesson = await this.#timetable.record(id);
    if (await this.#timetable.mayOpen(id, person, 'register')) return this.#register(lesson, now);
    const register = await this.#register(lesson, now, person.id);
    const rows = register.rows.filter((row) => row.personId === person.id);
    if (rows.length === 0) throw new Refused('not-allowed', 'Only the people of the lesson may open its register');
    return { ...register, rows, totals: totalsOf(rows) };
  }

  /** Throws `Refused('not-found')`. The caller has checked the right. */
  async register(id: LessonId, now: Instant): Promise<RegisterView> {
    return this.#register(await this.#timetable.record(id), now);
  }

  /** With a person, whose row is whole; those of others may be missing or wrong. */
  async #register(lesson: LessonRecord, now: Instant, only?: string): Promise<RegisterView> {
    const id = LessonId.parse(lesson.id);
    const entriesOf = () => (only === undefined ? this.#trace.read(id) : this.#trace.readOf(id, only));
    const [roster, entries] = await Promise.all([this.#timetable.roster(id), entriesOf()]);
    const expected = only === undefined ? roster : roster.filter(({ personId }) => personId === only);
    const byTime = { ...lesson, endedAt: null };
    const held = {
      lessonId: lesson.id,
      title: lesson.title,
      courseTitle: lesson.courseTitle,
      startsAt: lesson.startsAt,
      plannedEndsAt: lesson.endsAt,
      endsAt: endOf(lesson),
      endedAt: lesson.endedAt,
      cancelled: lesson.cancelled,
      opensAt: Math.min(doorTimes(byTime, 'teacher', this.#door).opensAt, doorTimes(byTime, 'student', this.#door).opensAt),
      closesAt: doorTimes(byTime, 'student', this.#door).closesAt,
    };
    return registerOf(held, expected, entries, this.#rule, now);
  }
}
