// The timetable: who has which lessons, who may change them, and what the live room is told about them.
import type { z } from 'zod';
import type { Person } from '../contract/identity.ts';
import { type Instant, LessonId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Lessons, LessonsQuery, RoleInLesson } from '../contract/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import { askDoor, type DoorRule, doorTimes, endOf, latestEnd } from './door.ts';
import { type LessonRecord, type LessonView, viewOf } from './lesson.ts';
import type { RoomPlan, RosterEntry } from './room-plan.ts';
import type { RosterStore } from './roster.store.ts';
import type { TimetableStore } from './timetable.store.ts';
import { facultiesSeen, mayManage, mayOpenRegister, roleIn, type Ties } from './who.ts';

const longestSpanMs = 62 * 24 * 3_600_000;
const mostLessons = 2000;

/** What the timetable needs of the live rooms. */
export interface LiveRooms {
  /** People in the lesson's room now; 0 when it is not open. */
  here(lessonId: LessonId): number;
  /** The plan changed outside the room: it was extended or cancelled. Does nothing when the room is not open. */
  planChanged(lessonId: LessonId, by: PersonId): Promise<void>;
  /** The person was given the lead in the room that is open now, which makes a teacher of them there (M6). */
  wasGivenLead?(lessonId: LessonId, personId: PersonId): boolean;
}

/** How many recordings of each lesson the person may watch now; lessons without any may be left out. */
export type CountRecordings = (person: Asking, lessonIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

export class TimetableService {
  readonly #store: TimetableStore;
  readonly #rosters: RosterStore;
  readonly #live: LiveRooms;
  readonly #clock: Clock;
  readonly #timeZone: string;
  readonly #door: DoorRule;
  readonly #countRecordings: CountRecordings;

  constructor(options: {
    readonly store: TimetableStore;
    readonly rosters: RosterStore;
    readonly live: LiveRooms;
    readonly clock: Clock;
    readonly timeZone: string;
    readonly door: DoorRule;
    /** Missing: nothing is recorded. */
    readonly countRecordings?: CountRecordings;
  }) {
    this.#store = options.store;
    this.#rosters = options.rosters;
    this.#live = options.live;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
    this.#door = options.door;
    this.#countRecordings = options.countRecordings ?? (() => Promise.resolve(new Map()));
  }

  async lessons(person: Asking, query: z.output<typeof LessonsQuery>): Promise<z.input<typeof Lessons>> {
    if (query.to <= query.from || query.to - query.from > longestSpanMs)
      throw new Refused('bad-request', 'The span is empty or longer than 62 days');
    const found = await this.#found(person, query);
    const lessons = await this.#views(person, found.slice(0, mostLessons));
    return { now: this.#clock.now(), timeZone: this.#timeZone, lessons, ...(found.length > mostLessons && { more: true }) };
  }

  async lesson(person: Asking, id: LessonId): Promise<LessonView> {
    const [view] = await this.#views(person, [await this.record(id)]);
    if (view === undefined) throw new Error('A lesson that was found has no view');
    return view;
  }

  /** Moves the end that holds now, and the door with it; answers when the door closes. The caller has checked the right. */
  async extend(id: LessonId, endsAt: Instant): Promise<Instant> {
    const lesson = await this.record(id);
    const now = this.#clock.now();
    refuseUnlessOpen(lesson, 'teacher', this.#door, now);
    const latest = latestEnd(lesson);
    if (endsAt <= endOf(lesson) || endsAt > latest)
      throw new Refused('bad-request', 'The new end is not later, or over 3 hours after the planned one', { latest });
    await this.#store.extend(id, endsAt);
    return doorTimes({ ...lesson, extendedTo: endsAt }, 'none', this.#door).closesAt;
  }

  /** Ended for all. A room that is closed before its lesson began can be opened again. */
  async end(id: LessonId, at: Instant): Promise<void> {
    await this.#store.end(id, at);
  }

  async plan(id: LessonId): Promise<RoomPlan | null> {
    const lesson = await this.#store.find(id);
    if (lesson === null) return null;
    const roster = await this.#rosters.roster(lesson);
    const idsOf = (role: RosterEntry['role']) => new Set(roster.filter((entry) => entry.role === role).map((entry) => entry.personId));
    return {
      lessonId: id,
      title: lesson.title,
      courseTitle: lesson.courseTitle,
      kind: lesson.kind,
      startsAt: lesson.startsAt,
      endsAt: endOf(lesson),
      opensAt: Math.min(doorTimes(lesson, 'teacher', this.#door).opensAt, doorTimes(lesson, 'student', this.#door).opensAt),
      closesAt: doorTimes(lesson, 'none', this.#door).closesAt,
      teacherId: PersonId.parse(lesson.teacherId),
      assistantIds: idsOf('assistant'),
      rosterIds: idsOf('student'),
      rules: lesson.rules,
      cancelled: lesson.cancelled,
      endedAt: lesson.endedAt,
    };
  }

  /** Teacher first, then assistants, then students; by name within. Empty for unknown lessons. */
  async roster(id: LessonId): Promise<readonly RosterEntry[]> {
    const lesson = await this.#store.find(id);
    return lesson === null ? [] : this.#rosters.roster(lesson);
  }

  async roleOf(id: LessonId, person: Asking): Promise<RoleInLesson> {
    const lesson = await this.#store.find(id);
    return lesson === null ? 'none' : this.roleIn(lesson, person);
  }

  /** False for students: they see their own row without it. */
  async mayOpenRegister(id: LessonId, person: Asking): Promise<boolean> {
    const lesson = await this.#store.find(id);
    if (lesson === null) return false;
    const role = await this.roleIn(lesson, person);
    return mayOpenRegister(role, person, lesson.facultyId) || this.#live.wasGivenLead?.(id, PersonId.parse(person.id)) === true;
  }

  /** Throws `Refused('not-found')`. */
  async record(id: LessonId): Promise<LessonRecord> {
    const lesson = await this.#store.find(id);
    if (lesson === null) throw new Refused('not-found', 'There is no such lesson');
    return lesson;
  }

  /** Throws `Refused` unless the person may manage the lesson. */
  async managed(person: Asking, id: LessonId): Promise<LessonRecord> {
    const lesson = await this.record(id);
    const role = lesson.teacherId === person.id ? 'teacher' : 'none';
    if (!mayManage(role, person, lesson.facultyId))
      throw new Refused('not-allowed', 'Only the teacher, coordinators and administrators may do this');
    return lesson;
  }

  async roleIn(lesson: LessonRecord, person: Asking): Promise<RoleInLesson> {
    const [ties, groups] = await Promise.all([this.#rosters.tiesOf(person.id), this.#store.groupsOf([lesson.id])]);
    return roleFrom(lesson, person, ties, groups);
  }

  /** With a filter: everybody's, for the timetable is open to all who are signed in (C11). */
  #found(person: Asking, query: z.output<typeof LessonsQuery>): Promise<LessonRecord[]> {
    const limit = mostLessons + 1;
    const { groupId, teacherId, facultyId, courseId, placeId, kind } = query;
    const filter = { groupId, teacherId, facultyId, courseId, placeId, kind };
    if (Object.values(filter).some((wanted) => wanted !== undefined)) return this.#store.listAll(query, limit, filter);
    if (query.scope === 'mine') return this.#store.listOf(person.id, query, limit);
    const seen = facultiesSeen(person);
    if (seen === 'every') return this.#store.listAll(query, limit);
    if (seen.size === 0) throw new Refused('not-allowed', 'Only administrators, coordinators, observers and proctors see all lessons');
    return this.#store.listAll(query, limit, { facultyIds: [...seen] });
  }

  /** As the person sees them now, in the order of the ids; unknown ones are left out. */
  async viewsOf(person: Asking, ids: readonly string[]): Promise<LessonView[]> {
    return this.#views(person, await this.#store.findAll(ids));
  }

  async #views(person: Asking, lessons: readonly LessonRecord[]): Promise<LessonView[]> {
    const ids = lessons.map((lesson) => lesson.id);
    const [ties, groups, sizes, recordings] = await Promise.all([
      this.#rosters.tiesOf(person.id),
      this.#store.groupsOf(ids),
      this.#rosters.sizes(ids),
      this.#countRecordings(person, ids),
    ]);
    const now = this.#clock.now();
    return lessons.map((lesson) => {
      const seen = {
        lesson,
        groups: groups.get(lesson.id) ?? [],
        role: roleFrom(lesson, person, ties, groups),
        asking: person,
        here: this.#live.here(LessonId.parse(lesson.id)),
        rosterSize: sizes.get(lesson.id) ?? 0,
        recordings: recordings.get(lesson.id) ?? 0,
      };
      return viewOf(seen, this.#door, now);
    });
  }
}

/** Throws what the door answers. */
export function refuseUnlessOpen(lesson: LessonRecord, role: RoleInLesson, door: DoorRule, now: Instant): void {
  const answer = askDoor(lesson, role, door, now);
  if (answer.open) return;
  if (answer.why === 'too-early') throw new Refused('too-early', 'The door is not open yet', { opensAt: answer.opensAt });
  throw new Refused(answer.why, answer.why === 'lesson-over' ? 'The lesson is over' : 'The lesson was cancelled');
}

function roleFrom(
  lesson: LessonRecord,
  person: Asking,
  ties: Ties,
  groups: ReadonlyMap<string, readonly { readonly id: string }[]>,
): RoleInLesson {
  const groupIds = (groups.get(lesson.id) ?? []).map((group) => group.id);
  const { teacherId, courseId, facultyId } = lesson;
  return roleIn({ teacherId, courseId, facultyId, groupIds }, person, ties);
}
