// Single lessons: who may add one, what it may be made of, and what it would clash with.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Person } from '../contract/identity.ts';
import { LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { NewLesson, TimetableChoices } from '../contract/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import { type Found, refuseClash, type Wanted } from './conflicts.ts';
import { kindDefaults } from './kind-defaults.ts';
import type { RosterStore } from './roster.store.ts';
import type { TimetableStore } from './timetable.store.ts';
import { type Asking, arrangesSomewhere, facultiesArranged, mayPlanFor } from './who.ts';

const planned = 'Only teachers, and those who arrange the faculty of the course, plan lessons';

export interface NewLessonOptions {
  readonly store: TimetableStore;
  readonly rosters: RosterStore;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

export class NewLessonService {
  readonly #options: NewLessonOptions;

  constructor(options: NewLessonOptions) {
    this.#options = options;
  }

  /** The first of each that one has to do with; the whole university is found by searching. */
  async choices(person: Pick<Person, 'id' | 'roles' | 'roleFaculties' | 'displayName'>): Promise<z.input<typeof TimetableChoices>> {
    const { rosters } = this.#options;
    const arranges = arrangesSomewhere(person);
    if (!arranges && !person.roles.includes('teacher')) throw new Refused('not-allowed', planned);
    const self = { id: person.id, displayName: person.displayName };
    const scope = { personId: person.id, facultyIds: arranges ? facultiesArranged(person) : new Set<string>() };
    const [courses, groups, teachers] = await Promise.all([
      rosters.courses(scope),
      rosters.groups(scope),
      arranges ? rosters.teachers() : [self],
    ]);
    return { courses, groups, teachers, defaults: { ...kindDefaults } };
  }

  /** What is there already at the time. Throws what `add` would. */
  async conflicts(asking: Asking, lesson: NewLesson): Promise<Found> {
    const { wanted } = await this.#check(asking, lesson);
    return this.#options.store.conflicts([wanted]);
  }

  /** C4: throws `Refused('clash')` with what clashes. */
  async add(actor: Actor, lesson: NewLesson): Promise<LessonId> {
    const { store, audit, clock, newId } = this.#options;
    const { wanted, mayDespite } = await this.#check(actor, lesson);
    const id = LessonId.parse(newId());
    const { courseId, kind, title, startsAt, endsAt, placeId, mode } = lesson;
    const { teacherId, groupIds } = wanted;
    const clashes = await store.alone(async (inside) => {
      const found = await inside.conflicts([wanted]);
      refuseClash(found, { despite: lesson.despiteConflicts, may: mayDespite });
      const rules = lesson.rules ?? kindDefaults[kind];
      const written = { id, courseId, kind, title, startsAt, endsAt, teacherId, rules, groupIds, placeId, mode };
      await inside.add({ ...written, createdBy: actor.id, createdAt: clock.now() });
      return found.total;
    });
    const after = {
      courseId,
      kind,
      title,
      startsAt,
      endsAt,
      teacherId,
      groupIds,
      placeId,
      mode,
      ...(clashes > 0 && { despiteConflicts: clashes }),
    };
    await audit.record(actor, { act: 'lesson.added', subject: { kind: 'lesson', id, name: title }, after });
    return id;
  }

  async #check(asking: Asking, lesson: NewLesson) {
    const { rosters, clock } = this.#options;
    const facultyId = await rosters.facultyOf(lesson.courseId);
    if (facultyId === null) throw new Refused('bad-request', 'The course is not known', { field: 'courseId' });
    const may = mayPlanFor(asking, facultyId);
    if (may === 'nobody') throw new Refused('not-allowed', planned);
    const teacherId = lesson.teacherId ?? asking.id;
    if (may === 'self' && teacherId !== asking.id) throw new Refused('not-allowed', 'A teacher plans only own lessons');
    if (lesson.endsAt <= clock.now()) throw new Refused('bad-request', 'The lesson would be over already', { field: 'endsAt' });
    if (!(await rosters.isTeacher(teacherId))) throw new Refused('bad-request', 'The teacher is not known', { field: 'teacherId' });
    const groupIds = [...new Set(lesson.groupIds)];
    if (!(await rosters.groupsExist(groupIds))) throw new Refused('bad-request', 'A group is not known', { field: 'groupIds' });
    const { placeId, startsAt, endsAt } = lesson;
    if (placeId !== null && !(await rosters.placeExists(placeId)))
      throw new Refused('bad-request', 'The place is not known', { field: 'placeId' });
    return { wanted: { teacherId, groupIds, placeId, startsAt, endsAt } satisfies Wanted, mayDespite: may === 'anybody' };
  }
}
