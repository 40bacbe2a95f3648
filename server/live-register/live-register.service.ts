// The register while the class runs: who may look, who is here, and calling those who are missing. Rules K10 to K13.
import type { z } from 'zod';
import type { Person } from '../contract/identity.ts';
import { type Instant, LessonId } from '../contract/ids.ts';
import type { Called, CallMissing, LiveRegister } from '../contract/live-register.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { RoomPerson } from '../room/views.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { TimetableService } from '../timetable/timetable.service.ts';
import { mayManage, mayOpenRegister } from '../timetable/who.ts';
import { liveRegisterOf, toCall } from './live-register.ts';
import type { Whereabouts } from './whereabouts.ts';

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

export interface LiveRegisterOptions {
  readonly timetable: Pick<TimetableService, 'record' | 'roleIn' | 'roster'>;
  readonly rooms: {
    isOpen(lessonId: LessonId): boolean;
    people(lessonId: LessonId): readonly RoomPerson[];
    wasGivenLead(lessonId: LessonId, personId: Person['id']): boolean;
  };
  readonly whereabouts: Whereabouts;
  readonly calls: {
    call(of: { readonly lessonId: string; readonly at: Instant; readonly byId: string; readonly personIds: readonly string[] }): void;
    /** Who was called to the lesson, and when last. */
    calledTo(lessonId: string): Promise<ReadonlyMap<string, Instant>>;
  };
  readonly clock: Clock;
}

interface Allowed {
  readonly lesson: LessonRecord;
  readonly mayCall: boolean;
}

export class LiveRegisterService {
  readonly #options: LiveRegisterOptions;
  /** Calls of this server: a call is known here before it is written. */
  readonly #called = new Map<LessonId, Map<string, Instant>>();

  constructor(options: LiveRegisterOptions) {
    this.#options = options;
  }

  /** Throws `Refused`. */
  async view(person: Asking, id: LessonId): Promise<LiveRegister> {
    const { lesson, mayCall } = await this.#allowed(person, id);
    return { ...(await this.#register(lesson)), mayCall };
  }

  /** Throws `Refused`. */
  async call(person: Asking, id: LessonId, { people: wanted }: z.output<typeof CallMissing>): Promise<z.input<typeof Called>> {
    const { clock, calls, rooms } = this.#options;
    const { lesson, mayCall } = await this.#allowed(person, id);
    if (!mayCall) throw new Refused('not-allowed', 'Only who leads the class or manages the lesson calls the missing');
    if (!rooms.isOpen(id)) throw new Refused('conflict', 'The class does not run');
    if (clock.now() < lesson.startsAt) throw new Refused('too-early', 'The lesson has not begun', { opensAt: lesson.startsAt });
    const { missing } = await this.#register(lesson);
    const at = clock.now();
    // Decided and noted in one turn: two who press at once call everybody once.
    const noted = this.#called.get(id) ?? new Map<string, Instant>();
    const latest = missing.map((one) => ({ ...one, calledAt: latestOf(one.calledAt, noted.get(one.personId)) }));
    const { people, tooSoon } = toCall(latest, wanted, at);
    const personIds = people.map(({ personId }) => personId);
    for (const personId of personIds) noted.set(personId, at);
    // Of a room that closed meanwhile nobody would say that it can be forgotten.
    if (rooms.isOpen(id)) this.#called.set(id, noted);
    if (personIds.length > 0) calls.call({ lessonId: id, at, byId: person.id, personIds });
    return { called: personIds.length, tooSoon };
  }

  forget(id: LessonId): void {
    this.#called.delete(id);
  }

  async #allowed(person: Asking, id: LessonId): Promise<Allowed> {
    const { timetable, rooms } = this.#options;
    const lesson = await timetable.record(id);
    const role = await timetable.roleIn(lesson, person);
    const leads = role === 'assistant' || rooms.wasGivenLead(id, person.id);
    if (!leads && !mayOpenRegister(role, person, lesson.facultyId))
      throw new Refused('not-allowed', 'Only who leads the class or watches over it sees who is missing');
    return { lesson, mayCall: leads || mayManage(role, person, lesson.facultyId) };
  }

  async #register(lesson: LessonRecord): Promise<Omit<LiveRegister, 'mayCall'>> {
    const { timetable, rooms, whereabouts, calls } = this.#options;
    const id = LessonId.parse(lesson.id);
    const [roster, gone, written] = await Promise.all([timetable.roster(id), whereabouts.gone(id), calls.calledTo(id)]);
    if (!rooms.isOpen(id)) whereabouts.forget(id);
    const called = new Map(written);
    for (const [personId, at] of this.#called.get(id) ?? []) called.set(personId, at);
    return liveRegisterOf({ roster, inRoom: rooms.people(id), gone, called });
  }
}

function latestOf(one: Instant | null, other: Instant | undefined): Instant | null {
  return other === undefined ? one : Math.max(one ?? 0, other);
}
