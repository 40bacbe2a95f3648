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
}

/** What the row says of before; of another form it is left out. */
const Before = z
  .object({
    startsAt: z.number().int(),
    endsAt: z.number().int(),
    teacherId: z.string(),
    placeId: z.string().nullable(),
    groupIds: z.array(z.string()),
  })
  .partial();

/** Null: nobody is told of such a change. */
export function heardOfChange(row: ChangeRow): Heard | null {
  const parsed = LessonChange.safeParse(JSON.parse(row.change));
  if (!parsed.success) return null;
  const change = parsed.data;
  const before = Before.catch({}).parse(JSON.parse(row.before));
  const common = { lessonId: row.lesson_id, at: row.at, byId: row.by_id, note: row.note };
  switch (change.type) {
    case 'move': {
      const { startsAt, endsAt } = before;
      const from = startsAt === undefined || endsAt === undefined ? null : { startsAt, endsAt };
      return { ...common, type: 'lesson-moved', moved: { from, to: { startsAt: change.startsAt, endsAt: change.endsAt } } };
    }
    case 'cancel':
      return { ...common, type: 'lesson-cancelled' };
    case 'restore':
      return { ...common, type: 'lesson-restored' };
    case 'substitute':
      return { ...common, type: 'teacher-substituted', swap: { of: 'teacher', fromId: before.teacherId ?? null, toId: change.teacherId } };
    case 'place':
      return { ...common, type: 'place-changed', swap: { of: 'place', fromId: before.placeId ?? null, toId: change.placeId } };
    case 'groups': {
      const had: readonly string[] = before.groupIds ?? change.groupIds;
      const added = change.groupIds.filter((id) => !had.includes(id));
      const has: readonly string[] = change.groupIds;
      return { ...common, type: 'groups-changed', groups: { added, removed: had.filter((id) => !has.includes(id)) } };
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
  const { type, lessonId, at, byId, note, moved, swap, groups, recordingId } = heard;
  const id =
    recordingId === undefined ? `${type}:${lessonId}:${type === 'lesson-starts-soon' ? lesson.startsAt : at}` : `${type}:${recordingId}`;
  const name = (one: string | null) => (one === null ? null : nameOf(one));
  const meant: Meant = {
    ...(swap?.of === 'teacher' && swap.fromId !== null && { fromId: swap.fromId }),
    ...(swap?.of === 'teacher' && swap.toId !== null && { toId: swap.toId }),
    ...groups,
  };
  return {
    ...{ id, type, lessonId, at, byId, meant },
    detail: {
      title: lesson.title,
      courseTitle: lesson.courseTitle,
      startsAt: moved?.to.startsAt ?? lesson.startsAt,
      endsAt: moved?.to.endsAt ?? lesson.endsAt,
      from: moved?.from ?? null,
      before: swap ? name(swap.fromId) : null,
      after: swap ? name(swap.toId) : null,
      place: lesson.place,
      teacherName: lesson.teacherName,
      note,
      recordingId: recordingId === undefined ? null : RecordingId.parse(recordingId),
    },
  };
}
