// What a change by hand makes of a lesson: the lesson afterwards, what the plan had said, and which facts follow (C6 to C10).
import { GroupId, type Instant, LessonId, PersonId, PlaceId } from '../contract/ids.ts';
import type { LessonChange } from '../contract/planning.ts';
import { Refused } from '../contract/reply.ts';
import type { TeachingMode } from '../contract/timetable.ts';
import type { TimetableFact } from '../facts.ts';
import type { ByHand } from './by-hand.ts';
import type { Wanted } from './conflicts.ts';

const longestMs = 12 * 3_600_000;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What of a lesson can be changed by hand. */
export interface Planned {
  readonly id: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly teacher: Named;
  readonly place: Named | null;
  readonly mode: TeachingMode;
  /** By id. */
  readonly groups: readonly Named[];
  readonly title: string;
  readonly cancelled: boolean;
  readonly byHand: ByHand;
}

/** A change with everything that it names looked up. */
export type ReadChange =
  | { readonly type: 'substitute'; readonly teacher: Named }
  /** By how much both ends move; an undefined place stays. */
  | { readonly type: 'move'; readonly shift: Shift; readonly place?: Named | null | undefined }
  | { readonly type: 'cancel' | 'restore' }
  | { readonly type: 'groups'; readonly groups: readonly Named[] }
  | { readonly type: 'place'; readonly place: Named | null; readonly mode: TeachingMode }
  | { readonly type: 'rename'; readonly title: string };

/** Answers where an instant goes, by the university's clocks: an hour's change of summer time does not move lessons. */
export interface Shift {
  readonly start: (at: Instant) => Instant;
  readonly end: (at: Instant) => Instant;
}

/** C6: throws `Refused` when the lesson cannot be changed so, as it is now. */
export function refuseChange(lesson: Planned, change: ReadChange, now: Instant): void {
  if (now >= lesson.startsAt) throw new Refused('conflict', 'The lesson has begun');
  if (change.type === 'restore') {
    if (lesson.cancelled && lesson.byHand.cancelled === undefined)
      throw new Refused('conflict', 'The plan itself has cancelled the lesson');
    return;
  }
  if (lesson.cancelled && change.type !== 'cancel') throw new Refused('lesson-cancelled', 'The lesson was cancelled');
  if (change.type !== 'move') return;
  const { startsAt, endsAt } = moved(lesson, change.shift);
  if (startsAt < now) throw new Refused('bad-request', 'The lesson would begin in the past', { field: 'startsAt' });
  if (endsAt <= startsAt || endsAt - startsAt > longestMs)
    throw new Refused('bad-request', 'The lesson would end before it starts, or last over 12 hours', { field: 'endsAt' });
}

/** The lesson with the change; equal in everything when it has it already. */
export function changed(lesson: Planned, change: ReadChange): Planned {
  switch (change.type) {
    case 'substitute':
      return withMark({ ...lesson, teacher: change.teacher }, lesson);
    case 'move': {
      const place = change.place === undefined ? lesson.place : change.place;
      return withMark({ ...lesson, ...moved(lesson, change.shift), place }, lesson);
    }
    case 'cancel':
      return lesson.cancelled ? lesson : { ...lesson, cancelled: true, byHand: { ...lesson.byHand, cancelled: true } };
    case 'restore': {
      const { cancelled: _gone, ...byHand } = lesson.byHand;
      return lesson.cancelled ? { ...lesson, cancelled: false, byHand } : lesson;
    }
    case 'groups':
      return withMark({ ...lesson, groups: inOrder(change.groups) }, lesson);
    case 'place':
      return withMark({ ...lesson, place: change.place, mode: change.mode }, lesson);
    case 'rename':
      return withMark({ ...lesson, title: change.title }, lesson);
    default:
      return change satisfies never;
  }
}

function moved({ startsAt, endsAt }: Planned, shift: Shift) {
  return { startsAt: shift.start(startsAt), endsAt: shift.end(endsAt) };
}

/** C9: what differs from the plan for the first time is kept; what is as planned again is the plan's again. */
function withMark(after: Planned, before: Planned): Planned {
  const plan = { ...saidOf(before), ...before.byHand };
  const now = saidOf(after);
  const { cancelled } = before.byHand;
  const byHand: ByHand = {
    ...(!isSame(plan.time, now.time) && { time: plan.time }),
    ...(plan.teacher.id !== now.teacher.id && { teacher: plan.teacher }),
    ...((plan.place.id !== now.place.id || plan.place.mode !== now.place.mode) && { place: plan.place }),
    ...(!isSame(plan.groups, now.groups) && { groups: plan.groups }),
    ...(plan.title !== now.title && { title: plan.title }),
    ...(cancelled && { cancelled }),
  };
  return { ...after, byHand };
}

function saidOf({ startsAt, endsAt, teacher, place, mode, groups, title }: Planned) {
  return {
    time: { startsAt, endsAt },
    teacher: { id: teacher.id, name: teacher.name },
    place: { id: place?.id ?? null, name: place?.name ?? null, mode },
    groups: groups.map(({ id }) => id),
    title,
  };
}

/** Whether the plan decides something again that had been decided by hand. */
export function isGivenBack(before: Planned, after: Planned): boolean {
  const keys = new Set(Object.keys(after.byHand));
  return Object.keys(before.byHand).some((key) => !keys.has(key));
}

export function isChanged(before: Planned, after: Planned): boolean {
  return before.cancelled !== after.cancelled || !isSame(saidOf(before), saidOf(after));
}

/** C8: only what the change asks for anew can clash; what clashed before is not in its way. Null: nothing is asked for. */
export function wantedBy(before: Planned, after: Planned): Omit<Wanted, 'exceptLessonIds'> | null {
  if (after.cancelled) return null;
  const { startsAt, endsAt } = after;
  const isNewTime = before.cancelled || before.startsAt !== startsAt || before.endsAt !== endsAt;
  const had = new Set(isNewTime ? [] : before.groups.map(({ id }) => id));
  const wanted = {
    teacherId: isNewTime || before.teacher.id !== after.teacher.id ? after.teacher.id : null,
    groupIds: after.groups.map(({ id }) => id).filter((id) => !had.has(id)),
    placeId: isNewTime || before.place?.id !== after.place?.id ? (after.place?.id ?? null) : null,
  };
  const isNothing = wanted.teacherId === null && wanted.groupIds.length === 0 && wanted.placeId === null;
  return isNothing ? null : { ...wanted, startsAt, endsAt };
}

/** What the people of the lesson hear of. A new title is worth no message. */
export function factsOfChange(
  before: Planned,
  after: Planned,
  told: { readonly at: Instant; readonly by: PersonId; readonly note: string },
): TimetableFact[] {
  const of = { lessonId: LessonId.parse(after.id), ...told };
  const facts: TimetableFact[] = [];
  if (after.cancelled !== before.cancelled) facts.push({ ...of, type: after.cancelled ? 'lesson-cancelled' : 'lesson-restored' });
  if (before.startsAt !== after.startsAt || before.endsAt !== after.endsAt) {
    const times = ({ startsAt, endsAt }: Planned) => ({ startsAt, endsAt });
    facts.push({ ...of, type: 'lesson-moved', from: times(before), to: times(after) });
  }
  if (before.teacher.id !== after.teacher.id)
    facts.push({ ...of, type: 'teacher-substituted', fromId: PersonId.parse(before.teacher.id), toId: PersonId.parse(after.teacher.id) });
  const [added, removed] = [without(after.groups, before.groups), without(before.groups, after.groups)];
  if (added.length + removed.length > 0) facts.push({ ...of, type: 'groups-changed', added, removed });
  if (before.place?.id !== after.place?.id) facts.push({ ...of, type: 'place-changed', fromId: placeIdOf(before), toId: placeIdOf(after) });
  return facts;
}

/** What differs, in words that need no look-up: for the history and the audit log. */
export function wordsOfChange(before: Planned, after: Planned): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const keys = Object.keys(a).filter((key) => !isSame(a[key], b[key]));
  const only = (words: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, words[key]]));
  return { before: only(a), after: only(b) };
}

function wordsOf({ startsAt, endsAt, teacher, place, mode, groups, title, cancelled }: Planned): Record<string, unknown> {
  return {
    startsAt,
    endsAt,
    teacher: teacher.name,
    place: place?.name ?? null,
    mode,
    groups: groups.map(({ name }) => name),
    title,
    cancelled,
  };
}

/** C7: their own lessons teachers may move, cancel, restore, rename and take elsewhere; who teaches and who comes is arranged by the faculty. */
export function isForArrangers(type: LessonChange['type']): boolean {
  return type === 'substitute' || type === 'groups';
}

function without(all: readonly Named[], others: readonly Named[]): GroupId[] {
  return all.filter(({ id }) => !others.some((other) => other.id === id)).map(({ id }) => GroupId.parse(id));
}

function placeIdOf({ place }: Planned): PlaceId | null {
  return place === null ? null : PlaceId.parse(place.id);
}

function inOrder(groups: readonly Named[]): readonly Named[] {
  return [...groups].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
