// What is done to a register by hand: corrections, the signature, and opening it again. Each is in the trace before it is answered. Rules A32 and A33.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { AttendanceRule, type NewCorrection } from '../contract/attendance.ts';
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { RegisterFact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimetableService } from '../timetable/timetable.service.ts';
import type { TraceService } from '../trace/trace.service.ts';
import { type AttendanceService, stateOf } from './attendance.service.ts';
import type { RegisterView, RowView } from './attendance.ts';
import type { FinishService } from './finish.service.ts';
import { isOver } from './lesson.ts';
import { excuses, type OneByOne } from './one-by-one.ts';
import { type RegisterRights, rightsOver, type Standing } from './register-rights.ts';
import type { Reading, Registers } from './registers.service.ts';

export interface RegisterActsOptions {
  readonly timetable: Pick<TimetableService, 'record' | 'mayOpenRegister'>;
  readonly attendance: AttendanceService;
  readonly registers: Registers;
  readonly finish: FinishService;
  readonly trace: Pick<TraceService, 'append'>;
  readonly audit: Audit;
  readonly lessons: OneByOne;
  readonly clock: Pick<Clock, 'now'>;
  /** The act stands, but what reports read could not be written. */
  readonly onUnwritten: (id: LessonId, error: unknown) => void;
}

interface Open {
  readonly reading: Reading;
  readonly standing: Standing;
  readonly may: RegisterRights;
  readonly now: Instant;
}

export class RegisterActsService {
  readonly #options: RegisterActsOptions;

  constructor(options: RegisterActsOptions) {
    this.#options = options;
  }

  /** Asked twice, it is done once. */
  correct(actor: Actor, id: LessonId, personId: PersonId, { verdict, reason }: z.output<typeof NewCorrection>): Promise<RegisterView> {
    return this.#inTurn(actor, id, async ({ reading, standing, may, now }) => {
      if (!may.correct) {
        if (reading.lesson.cancelled && standing.answersFor) throw new Refused('lesson-cancelled', 'A cancelled lesson judges nobody');
        throw new Refused(
          'not-allowed',
          'Only the teacher corrects a register, and when it is signed, only coordinators and administrators',
        );
      }
      if (personId === actor.id) throw new Refused('not-allowed', 'Nobody corrects the own row');
      const row = (await this.#options.registers.judge(reading, now)).rows.find((one) => one.personId === personId);
      if (row === undefined) throw new Refused('not-found', 'This person was neither expected nor there');
      if (!isOver(reading.lesson, now) && row.intervals.length === 0 && row.correction === null)
        throw new Refused('wrong-phase', 'They may still come: who was not there can be corrected when the lesson is over');
      if (isDone(row, verdict, reason, actor)) return;
      const from = row.verdict;
      await this.#write(reading, { type: 'register-corrected', personId, from, verdict, reason, ...signed(actor, id, now) });
      // The words are in the trace, where they can be erased with the person.
      const after = { verdict: verdict ?? row.computed, personId };
      await this.#options.audit.record(actor, { act: 'register.corrected', subject: subjectOf(reading), before: { verdict: from }, after });
    });
  }

  /** Signed with the same digest already: nothing is done. Any other digest than that of now is a `conflict`. */
  sign(actor: Actor, id: LessonId, digest: string): Promise<RegisterView> {
    const { finish, registers, lessons, clock, audit } = this.#options;
    return this.#inTurn(actor, id, async ({ reading: unrecorded, standing, may }) => {
      const { signature, lesson } = unrecorded;
      if (!standing.answersFor) throw new Refused('not-allowed', 'Only the teacher, coordinators and administrators sign a register');
      if (signature?.digest === digest) return;
      if (signature !== null) throw new Refused('conflict', 'The register is signed already');
      if (lesson.cancelled) throw new Refused('lesson-cancelled', 'A cancelled lesson judges nobody');
      if (!may.sign) throw new Refused('wrong-phase', 'The lesson is not over, and the register may still change by itself');
      const { record } = await finish.withRoster(unrecorded);
      await lessons.run(excuses, async () => {
        const reading = await registers.readToSign(record);
        const now = clock.now();
        const { rule, digest: current } = await registers.judge(reading, now);
        if (current !== digest) throw new Refused('conflict', 'The register has changed since it was read');
        const judged = { digest, rule: AttendanceRule.parse(rule), judgedTo: reading.seq };
        await this.#write(reading, { type: 'register-signed', ...judged, ...signed(actor, id, now) });
      });
      await audit.record(actor, { act: 'register.signed', subject: subjectOf(unrecorded), after: { digest } });
    });
  }

  reopen(actor: Actor, id: LessonId, reason: string): Promise<RegisterView> {
    return this.#inTurn(actor, id, async ({ reading, standing, now }) => {
      const { signature } = reading;
      if (!standing.arranges) throw new Refused('not-allowed', 'Only coordinators and administrators open a signed register again');
      if (signature === null) throw new Refused('wrong-phase', 'The register is not signed');
      await this.#write(reading, { type: 'register-reopened', reason, ...signed(actor, id, now) });
      const before = { signedAt: signature.at, signedBy: signature.by };
      await this.#options.audit.record(actor, { act: 'register.reopened', subject: subjectOf(reading), before });
    });
  }

  #inTurn(actor: Actor, id: LessonId, act: (open: Open) => Promise<void>): Promise<RegisterView> {
    const { timetable, attendance, registers, lessons, clock } = this.#options;
    return lessons.run(id, async () => {
      const record = await timetable.record(id);
      if (!(await timetable.mayOpenRegister(id, actor)))
        throw new Refused('not-allowed', 'Only the people of the lesson may open its register');
      const [reading, standing] = await Promise.all([registers.read(record), attendance.standing(actor, record)]);
      const now = clock.now();
      await act({ reading, standing, may: rightsOver(stateOf(reading, now), standing), now });
      return attendance.registerFor(actor, id, clock.now());
    });
  }

  async #write({ record, lesson }: Reading, fact: RegisterFact): Promise<void> {
    const { trace, finish, registers, onUnwritten } = this.#options;
    await trace.append([fact]);
    if (!stateOf({ lesson, signature: null }, fact.at).final) return;
    try {
      await finish.write(await finish.withRoster(await registers.read(record)));
    } catch (error) {
      onUnwritten(fact.lessonId, error);
    }
  }
}

/** What is asked for holds already, by the same person and for the same reason. */
function isDone({ correction }: RowView, verdict: RowView['verdict'] | null, reason: string, actor: Actor): boolean {
  if (correction === null || verdict === null) return correction === null && verdict === null;
  return correction.verdict === verdict && correction.reason === reason && correction.by === actor.id;
}

function signed(actor: Actor, lessonId: LessonId, at: Instant) {
  return { lessonId, at, by: actor.id, byName: actor.displayName };
}

function subjectOf({ record }: Reading) {
  return { kind: 'lesson', id: record.id, name: record.title };
}
