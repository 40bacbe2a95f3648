// What was heard of the plan and of recordings, as facts or read again from the database, made into the events that people are told of.
import { z } from 'zod';
import { type Instant, RecordingId } from '../contract/ids.ts';
import { LessonChange } from '../contract/planning.ts';
import type { TimetableFact } from '../facts.ts';
import type { EventType, Meant, NotificationEvent } from './notification.ts';

interface Span {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Ids of teachers or places, before and after. */
interface Swap {
  readonly of: 'teacher' | 'place';
  readonly fromId: string | null;
  readonly toId: string | null;
}

export interface Heard {
  readonly type: EventType;
  readonly lessonId: string;
  readonly at: Instant;
  readonly byId: string | null;
  readonly note: string;
  readonly moved?: { readonly from: Span | null; readonly to: Span };
  readonly swap?: Swap;
  readonly groups?: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly recordingId?: string;
  /** People who are called. */
  readonly only?: readonly string[];
  /** Of teachers or places, where they are known without a look. */
  readonly names?: { readonly before: string | null; readonly after: string | null };
}

export function heardOf(fact: TimetableFact): Heard {
  const { type, lessonId, at, by: byId, note } = fact;
  const common = { type, lessonId, at, byId, note };
  switch (fact.type) {
    case 'lesson-moved':
      return { ...common, moved: { from: fact.from, to: fact.to } };
    case 'teacher-substituted':
      return { ...common, swap: { of: 'teacher', fromId: fact.fromId, toId: fact.toId } };
    case 'place-changed':
      return { ...common, swap: { of: 'place', fromId: fact.fromId, toId: fact.toId } };
    case 'groups-changed':
      return { ...common, groups: { added: fact.added, removed: fact.removed } };
    case 'lesson-cancelled':
    case 'lesson-restored':
      return common;
  }
}

/** A move to another place is one thing to tell, not two. */
export function foldPlaces(all: readonly Heard[]): Heard[] {
  const key = (one: Heard) => `${one.lessonId} ${one.at}`;
  const moves = new Set(all.filter((one) => one.type === 'lesson-moved').map(key));
  const places = new Map(all.filter((one) => one.type === 'place-changed' && moves.has(key(one))).map((one) => [key(one), one.swap]));
  return all
    .filter((one) => one.type !== 'place-changed' || !moves.has(key(one)))
    .map((one) => {
      const swap = one.type === 'lesson-moved' ? places.get(key(one)) : undefined;
      return swap === undefined ? one : { ...one, swap };
    });
}

interface ChangeRow {
  readonly lesson_id: string;
  readonly at: Instant;
  readonly by_id: string | null;
  readonly change: string;
  readonly note: string;
  readonly before: string;
  readonly after: string;
}

/** What the row says of before and after: only what differs, in words. */
const Words = z
  .object({
    startsAt: z.number().int(),
    endsAt: z.number().int(),
    teacher: z.string(),
    place: z.string().nullable(),
    groups: z.array(z.string()),
  })
  .partial()
  .catch({});

export function namesOfGroups(rows: readonly Pick<ChangeRow, 'before' | 'after'>[]): string[] {
  const names = rows.flatMap((row) => [row.before, row.after]).flatMap((json) => Words.parse(JSON.parse(json)).groups ?? []);
  return [...new Set(names)];
}

interface Around extends Span {
  /** Of the teacher whom the plan names; null when that is who teaches. */
  readonly plannedTeacher: { readonly id: string; readonly name: string } | null;
  /** Null when no group, or more than one, is called so. */
  readonly groupId: (name: string) => string | null;
}

/** Null: nobody is told of such a change. */
export function heardOfChange(row: ChangeRow, lesson: Around): Heard | null {
  const parsed = LessonChange.safeParse(JSON.parse(row.change));
  if (!parsed.success) return null;
  const change = parsed.data;
  const [before, after] = [row.before, row.after].map((json) => Words.parse(JSON.parse(json)));
  if (before === undefined || after === undefined) return null;
  const common = { lessonId: row.lesson_id, at: row.at, byId: row.by_id, note: row.note };
  const names = { before: before.teacher ?? before.place ?? null, after: after.teacher ?? after.place ?? null };
  switch (change.type) {
    case 'move': {
      // Of many lessons that were moved at once, each row has its own times; the change has those of the first.
      if (after.startsAt === undefined && after.endsAt === undefined) return { ...common, type: 'place-changed', names };
      const to = { startsAt: after.startsAt ?? lesson.startsAt, endsAt: after.endsAt ?? lesson.endsAt };
      const from = { startsAt: before.startsAt ?? to.startsAt, endsAt: before.endsAt ?? to.endsAt };
      return { ...common, type: 'lesson-moved', moved: { from, to }, names };
    }
    case 'cancel':
      return { ...common, type: 'lesson-cancelled' };
    case 'restore':
      return { ...common, type: 'lesson-restored' };
    case 'substitute': {
      const planned = lesson.plannedTeacher;
      const fromId = planned !== null && planned.name === before.teacher ? planned.id : null;
      return { ...common, type: 'teacher-substituted', swap: { of: 'teacher', fromId, toId: change.teacherId }, names };
    }
    case 'place':
      return { ...common, type: 'place-changed', names };
    case 'groups': {
      const idsOf = (some: readonly string[], others: readonly string[]) =>
        some
          .filter((name) => !others.includes(name))
          .map(lesson.groupId)
          .filter((id) => id !== null);
      const [had = [], has = []] = [before.groups, after.groups];
      return { ...common, type: 'groups-changed', groups: { added: idsOf(has, had), removed: idsOf(had, has) } };
    }
    case 'rename':
      return null;
  }
}

export interface LessonFacts extends Span {
  readonly title: string;
  readonly courseTitle: string;
  readonly teacherName: string;
  readonly place: string | null;
}

export function eventOf(heard: Heard, lesson: LessonFacts, nameOf: (id: string) => string | null): NotificationEvent {
  const { type, lessonId, at, byId, note, moved, swap, groups, recordingId, names, only } = heard;
  const id =
    recordingId === undefined ? `${type}:${lessonId}:${type === 'lesson-starts-soon' ? lesson.startsAt : at}` : `${type}:${recordingId}`;
  const name = (one: string | null) => (one === null ? null : nameOf(one));
  const meant: Meant = {
    ...(swap?.of === 'teacher' && swap.fromId !== null && { fromId: swap.fromId }),
    ...(swap?.of === 'teacher' && swap.toId !== null && { toId: swap.toId }),
    ...groups,
    ...(only !== undefined && { only }),
  };
  return {
    ...{ id, type, lessonId, at, byId, meant },
    detail: {
      title: lesson.title,
      courseTitle: lesson.courseTitle,
      startsAt: moved?.to.startsAt ?? lesson.startsAt,
      endsAt: moved?.to.endsAt ?? lesson.endsAt,
      from: moved?.from ?? null,
      before: names?.before ?? (swap ? name(swap.fromId) : null),
      after: names?.after ?? (swap ? name(swap.toId) : null),
      place: lesson.place,
      teacherName: lesson.teacherName,
      note,
      recordingId: recordingId === undefined ? null : RecordingId.parse(recordingId),
    },
  };
}
