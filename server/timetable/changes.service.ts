// Changes of lessons by hand: who may make which, what they would clash with, and everything that follows from one.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Instant, LessonId } from '../contract/ids.ts';
import { LessonChange, type LessonChangePreview, type LessonChangeRequest, type LessonChanges } from '../contract/planning.ts';
import { Refused } from '../contract/reply.ts';
import type { TimetableFact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Changeable, ChangesStore } from './changes.store.ts';
import {
  changed,
  factsOfChange,
  isChanged,
  isForArrangers,
  isGivenBack,
  type Planned,
  type ReadChange,
  refuseChange,
  wantedBy,
  wordsOfChange,
} from './changes.ts';
import { clashesAmong } from './changes-together.ts';
import { type Found, mostShown, refuseClash } from './conflicts.ts';
import { endOf } from './door.ts';
import { shiftBetween } from './shift.ts';
import type { LiveRooms, TimetableService } from './timetable.service.ts';
import { type Asking, mayArrange, mayManage, seesAll } from './who.ts';

const mostChanges = 200;

interface Step {
  readonly before: Changeable;
  readonly after: Planned;
}

export interface ChangesOptions {
  readonly store: ChangesStore;
  readonly live: Pick<LiveRooms, 'planChanged'>;
  readonly audit: Audit;
  readonly publish: (facts: readonly TimetableFact[]) => void;
  /** Lets lessons follow the weekly patterns that are marked: the plan decides something of theirs again. */
  readonly layOut: () => Promise<unknown>;
  readonly timetable: Pick<TimetableService, 'managed' | 'extend'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeZone: string;
  readonly newId: () => string;
}

export class ChangesService {
  readonly #options: ChangesOptions;

  constructor(options: ChangesOptions) {
    this.#options = options;
  }

  /** What would happen; nothing has. Throws `Refused` for what could not be. */
  async preview(actor: Actor, id: LessonId, request: LessonChangeRequest): Promise<z.input<typeof LessonChangePreview>> {
    const { store } = this.#options;
    const { lesson, steps } = await this.#steps(store, actor, id, request);
    const { conflicts, total } = await clashesOf(store, steps);
    const groupIds = [...new Set(steps.flatMap(({ before, after }) => [...before.groups, ...after.groups].map((group) => group.id)))];
    const teachers = steps.flatMap(({ before, after }) => [before.teacher.id, after.teacher.id]);
    const people = steps.length === 0 ? 0 : await store.countPeople(groupIds, lesson.courseId, teachers);
    return { conflicts: [...conflicts], total, lessons: steps.length, people, mayDespite: mayArrange(actor, lesson.facultyId) };
  }

  /** C8: looked for clashes and saved in one, so that of two who want the same time one is refused. Repeated, it changes nothing more. */
  async change(actor: Actor, id: LessonId, request: LessonChangeRequest): Promise<void> {
    const { store, clock, newId } = this.#options;
    const at = clock.now();
    const { steps, clashes } = await store.alone(async (inside) => {
      const { lesson, steps } = await this.#steps(inside, actor, id, request);
      const clashes = await clashesOf(inside, steps);
      refuseClash(clashes, { despite: request.despiteConflicts, may: mayArrange(actor, lesson.facultyId) });
      for (const { before, after } of steps) {
        await inside.save(before, after, request.note, at);
        const of = { id: newId(), lessonId: after.id, at, by: { id: actor.id, name: actor.displayName } };
        await inside.addChange({ ...of, change: JSON.stringify(request.change), note: request.note, ...wordsOfChange(before, after) });
      }
      await inside.markForLayout(seriesGivenBack(steps));
      return { steps, clashes };
    });
    if (steps.length > 0) await this.#tell(actor, request, steps, clashes, at);
  }

  /** M11: a later end of the lesson whose door is open; the live room follows. */
  async extend(actor: Actor, id: LessonId, endsAt: Instant): Promise<void> {
    const { timetable, audit, live } = this.#options;
    const lesson = await timetable.managed(actor, id);
    await timetable.extend(id, endsAt);
    const subject = { kind: 'lesson', id, name: lesson.title };
    await audit.record(actor, { act: 'lesson.extended', subject, before: { endsAt: endOf(lesson) }, after: { endsAt } });
    await live.planChanged(id, actor.id);
  }

  /** Newest first. For whoever sees the lesson as staff; others see its marks and its note. */
  async history(asking: Asking, id: LessonId): Promise<z.input<typeof LessonChanges>> {
    const { store } = this.#options;
    const lesson = await find(store, id);
    if (lesson.teacher.id !== asking.id && !seesAll(asking, lesson.facultyId))
      throw new Refused('not-allowed', 'Only the teacher and those who watch over the faculty see what was changed');
    const rows = await store.history(id, mostChanges);
    return {
      changes: rows.map(({ at, by_name, change, note, before, after }) => ({
        ...{ at, by: by_name, note, change: LessonChange.parse(JSON.parse(change)) },
        ...{ before: JSON.parse(before), after: JSON.parse(after) },
      })),
    };
  }

  /** Every lesson that the change is for, as it is and as it would be; those that it leaves as they are do not count. */
  async #steps(store: ChangesStore, actor: Actor, id: LessonId, { change, scope }: LessonChangeRequest) {
    const now = this.#options.clock.now();
    const lesson = await find(store, id);
    refuseUnlessMay(actor, lesson, change.type);
    const read = await this.#read(store, lesson, change);
    refuseChange(lesson, read, now);
    const others = scope === 'following' ? await this.#following(store, actor, lesson, read, now) : [];
    const steps = [lesson, ...others].map((before): Step => ({ before, after: changed(before, read) }));
    return { lesson, steps: steps.filter(({ before, after }) => isChanged(before, after)) };
  }

  /** C10: those that cannot be changed so are left out: nobody has named them. */
  async #following(store: ChangesStore, actor: Actor, lesson: Changeable, change: ReadChange, now: Instant): Promise<Changeable[]> {
    if (lesson.seriesId === null) throw new Refused('bad-request', 'The lesson belongs to no weekly pattern', { field: 'scope' });
    const all = await store.following(lesson);
    return all.filter((other) => {
      if (other.id === lesson.id || !mayChange(actor, other, change.type)) return false;
      return whyNot(other, change, now) === null;
    });
  }

  async #read(store: ChangesStore, lesson: Changeable, change: LessonChange): Promise<ReadChange> {
    switch (change.type) {
      case 'substitute': {
        const teacher = await store.teacher(change.teacherId);
        if (teacher === null) throw new Refused('bad-request', 'The teacher is not known', { field: 'teacherId' });
        return { type: 'substitute', teacher };
      }
      case 'move': {
        const shift = shiftBetween(lesson, change, this.#options.timeZone);
        return { type: 'move', shift, ...(change.placeId !== undefined && { place: await placeFrom(store, change.placeId) }) };
      }
      case 'groups': {
        const ids = [...new Set(change.groupIds)];
        const groups = await store.groups(ids);
        if (groups.length !== ids.length) throw new Refused('bad-request', 'A group is not known', { field: 'groupIds' });
        return { type: 'groups', groups };
      }
      case 'place':
        return { type: 'place', place: await placeFrom(store, change.placeId), mode: change.mode };
      case 'cancel':
      case 'restore':
      case 'rename':
        return change;
      default:
        return change satisfies never;
    }
  }

  /** After it is in the database: the bus, the audit log, and the rooms that are open. */
  async #tell(actor: Actor, request: LessonChangeRequest, steps: readonly Step[], clashes: Found, at: Instant): Promise<void> {
    const { publish, audit, live, layOut } = this.#options;
    const { note } = request;
    publish(steps.flatMap(({ before, after }) => factsOfChange(before, after, { at, by: actor.id, note })));
    for (const { before, after } of steps) {
      const act = request.change.type === 'cancel' ? 'lesson.cancelled' : 'lesson.changed';
      const words = wordsOfChange(before, after);
      const subject = { kind: 'lesson', id: after.id, name: after.title };
      const despite = clashes.total > 0 && { despiteConflicts: clashes.total };
      await audit.record(actor, {
        act,
        subject,
        before: words.before,
        after: { ...words.after, ...(note !== '' && { note }), ...despite },
      });
    }
    if (seriesGivenBack(steps).length > 0) await layOut();
    // One room that cannot follow keeps no other from it.
    const told = await Promise.allSettled(steps.map(({ after }) => live.planChanged(LessonId.parse(after.id), actor.id)));
    const failed = told.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function find(store: ChangesStore, id: LessonId): Promise<Changeable> {
  const lesson = await store.find(id);
  if (lesson === null) throw new Refused('not-found', 'There is no such lesson');
  return lesson;
}

function mayChange(actor: Actor, lesson: Changeable, type: LessonChange['type']): boolean {
  if (isForArrangers(type)) return mayArrange(actor, lesson.facultyId);
  return mayManage(lesson.teacher.id === actor.id ? 'teacher' : 'none', actor, lesson.facultyId);
}

/** C7 */
function refuseUnlessMay(actor: Actor, lesson: Changeable, type: LessonChange['type']): void {
  if (mayChange(actor, lesson, type)) return;
  throw new Refused('not-allowed', 'Only those who arrange the faculty, and for their own lessons the teacher, may change this');
}

/** Null when the lesson can be changed so. */
function whyNot(lesson: Changeable, change: ReadChange, now: Instant): Refused | null {
  try {
    refuseChange(lesson, change, now);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function placeFrom(store: ChangesStore, id: string | null): Promise<{ id: string; name: string } | null> {
  const place = id === null ? null : await store.place(id);
  if (id !== null && place === null) throw new Refused('bad-request', 'The place is not known', { field: 'placeId' });
  return place;
}

/** C8: lessons that are changed together count as they will be, and are in nobody's way where they were. */
async function clashesOf(store: ChangesStore, steps: readonly Step[]): Promise<Found> {
  const exceptLessonIds = steps.map(({ after }) => after.id);
  const wanted = steps.flatMap(({ before, after }) => wantedBy(before, after) ?? []);
  const found = await store.conflicts(wanted.map((one) => ({ ...one, exceptLessonIds })));
  const among = clashesAmong(steps);
  const conflicts = [...found.conflicts, ...among].sort((a, b) => a.startsAt - b.startsAt);
  return { conflicts: conflicts.slice(0, mostShown), total: found.total + among.length };
}

function seriesGivenBack(steps: readonly Step[]): string[] {
  const given = steps.filter(({ before, after }) => isGivenBack(before, after));
  return [...new Set(given.flatMap(({ before }) => before.seriesId ?? []))];
}
