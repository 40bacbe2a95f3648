// Brings the lessons of a weekly pattern in line with what the pattern wants, and leaves alone what was decided by hand or has begun.
import type { Occurrence } from '../calendar/calendar.ts';
import { dayNumber, mondayOf } from '../calendar/dates.ts';
import { GroupId, type Instant, LessonId, PersonId, PlaceId } from '../contract/ids.ts';
import type { LessonChange } from '../contract/planning.ts';
import type { TimetableFact } from '../facts.ts';

/** What a lesson has from its pattern, beside the time. */
export interface Content {
  readonly courseId: string;
  readonly kind: string;
  readonly title: string;
  readonly teacherId: string;
  readonly placeId: string | null;
  readonly mode: string;
  /** JSON of RoomRules. */
  readonly rules: string;
  /** In order. */
  readonly groupIds: readonly string[];
}

/** What was changed by hand, and the plan no longer decides. */
export type Field = 'time' | 'teacher' | 'place' | 'groups' | 'title' | 'cancelled';

export interface LaidOut extends Content, Occurrence {
  readonly id: string;
  readonly cancelled: boolean;
  readonly byHand: ReadonlySet<string>;
}

export type Wanted = Content & Occurrence;

export interface Reconciled {
  readonly added: readonly Wanted[];
  readonly changed: readonly { readonly before: LaidOut; readonly after: LaidOut }[];
  /** To be deleted, or cancelled where they begin soon or something tells of them (T10). */
  readonly gone: readonly LaidOut[];
}

const soonMs = 14 * 24 * 3_600_000;

/** People count on it already: it neither disappears nor changes without a word (T10, T14). */
export function isSoon({ startsAt }: Pick<LaidOut, 'startsAt'>, now: Instant): boolean {
  return startsAt > now && startsAt <= now + soonMs;
}

export interface Circumstances {
  readonly now: Instant;
  /** Whether the pattern reaches the date, be it a holiday or not. */
  readonly reaches: (date: string) => boolean;
}

/** Done twice it changes nothing the second time. `wanted` is by date, each date once. */
export function reconcile(
  content: Content,
  wanted: readonly Occurrence[],
  existing: readonly LaidOut[],
  { now, reaches }: Circumstances,
): Reconciled {
  const { pairs, unmet, left } = match(wanted, existing, now);
  const open = left.filter((lesson) => isOpen(lesson, now));
  // T11: who moved a lesson by hand has found another day for it, and what happens to the planned one no longer matters.
  const staying = new Set(open.filter((lesson) => lesson.byHand.has('time') && reaches(lesson.occurrence)));
  const followed = [...pairs, ...[...staying].map((lesson): [Occurrence, LaidOut] => [lesson, lesson])];
  return {
    // T8
    added: unmet.filter(({ startsAt }) => startsAt > now).map((occurrence) => ({ ...content, ...occurrence })),
    changed: followed.flatMap(([occurrence, before]) => {
      const after = follow(before, occurrence, content, now);
      return isSame(before, after) ? [] : { before, after };
    }),
    gone: open.filter((lesson) => !staying.has(lesson)),
  };
}

/** T9: what has begun, and what was cancelled by hand, is never touched. */
function isOpen(lesson: LaidOut, now: Instant): boolean {
  return lesson.startsAt > now && !lesson.byHand.has('cancelled');
}

/** T10: by date; what is left over by week, so that a lesson that moves within its week stays the same lesson. */
function match(wanted: readonly Occurrence[], existing: readonly LaidOut[], now: Instant) {
  const dates = new Set(wanted.map(({ occurrence }) => occurrence));
  const byDate = new Map(existing.map((lesson) => [lesson.occurrence, lesson]));
  const spare = new Set(existing.filter((lesson) => !dates.has(lesson.occurrence)));
  const pairs: [Occurrence, LaidOut][] = [];
  const unmet: Occurrence[] = [];
  for (const occurrence of wanted) {
    const lesson = byDate.get(occurrence.occurrence) ?? spareOfWeek(spare, occurrence, now);
    if (lesson === undefined) unmet.push(occurrence);
    else if (isOpen(lesson, now)) pairs.push([occurrence, lesson]);
    if (lesson !== undefined) spare.delete(lesson);
  }
  return { pairs, unmet, left: [...spare] };
}

function spareOfWeek(spare: ReadonlySet<LaidOut>, { occurrence, startsAt }: Occurrence, now: Instant): LaidOut | undefined {
  if (startsAt <= now) return undefined;
  return [...spare].find((lesson) => isOpen(lesson, now) && weekOf(lesson.occurrence) === weekOf(occurrence));
}

function weekOf(date: string): number {
  return mondayOf(dayNumber(date));
}

/** The lesson as the plan has it, but for what was changed by hand. */
function follow(lesson: LaidOut, occurrence: Occurrence, content: Content, now: Instant): LaidOut {
  const byHand = (field: Field) => lesson.byHand.has(field);
  // A time that is over by now would make a lesson that nobody could have come to.
  const timeStays = byHand('time') || occurrence.startsAt <= now;
  return {
    ...content,
    id: lesson.id,
    byHand: lesson.byHand,
    cancelled: false,
    occurrence: occurrence.occurrence,
    startsAt: timeStays ? lesson.startsAt : occurrence.startsAt,
    endsAt: timeStays ? lesson.endsAt : occurrence.endsAt,
    title: byHand('title') ? lesson.title : content.title,
    teacherId: byHand('teacher') ? lesson.teacherId : content.teacherId,
    placeId: byHand('place') ? lesson.placeId : content.placeId,
    mode: byHand('place') ? lesson.mode : content.mode,
    groupIds: byHand('groups') ? lesson.groupIds : content.groupIds,
  };
}

const compared = [
  ...(['occurrence', 'startsAt', 'endsAt', 'cancelled'] as const),
  ...(['courseId', 'kind', 'title', 'teacherId', 'placeId', 'mode', 'rules'] as const),
] as const;

function isSame(a: LaidOut, b: LaidOut): boolean {
  return compared.every((key) => a[key] === b[key]) && a.groupIds.join() === b.groupIds.join();
}

/** What the people of a lesson must hear of; nothing where it is far away before and after. Nobody did it: it follows from the plan. */
export function newsOf(before: LaidOut, after: LaidOut, at: Instant): TimetableFact[] {
  return isSoon(before, at) || isSoon(after, at) ? factsOf(before, after, at) : [];
}

/** What of a fact is written down beside the lesson, in the words of a change by hand. */
export interface News {
  readonly lessonId: string;
  readonly change: LessonChange;
  readonly before: object;
  readonly after: object;
}

/** That a lesson is not held, held again, or held at another time must reach its people, whatever happens to the server. */
export function wordsOf(fact: TimetableFact): News | [] {
  const { lessonId } = fact;
  switch (fact.type) {
    case 'lesson-cancelled':
      return { lessonId, change: { type: 'cancel' }, before: { cancelled: false }, after: { cancelled: true } };
    case 'lesson-restored':
      return { lessonId, change: { type: 'restore' }, before: { cancelled: true }, after: { cancelled: false } };
    case 'lesson-moved':
      return { lessonId, change: { type: 'move', ...fact.to }, before: fact.from, after: fact.to };
    default:
      return [];
  }
}

/** All that changed for the people of a lesson. */
export function factsOf(before: LaidOut, after: LaidOut, at: Instant): TimetableFact[] {
  const of = { lessonId: LessonId.parse(after.id), at, by: null, note: '' };
  if (after.cancelled) return before.cancelled ? [] : [{ ...of, type: 'lesson-cancelled' }];
  const facts: TimetableFact[] = [];
  if (before.cancelled) facts.push({ ...of, type: 'lesson-restored' });
  if (before.startsAt !== after.startsAt || before.endsAt !== after.endsAt) {
    const times = ({ startsAt, endsAt }: LaidOut) => ({ startsAt, endsAt });
    facts.push({ ...of, type: 'lesson-moved', from: times(before), to: times(after) });
  }
  if (before.teacherId !== after.teacherId) {
    const [fromId, toId] = [PersonId.parse(before.teacherId), PersonId.parse(after.teacherId)];
    facts.push({ ...of, type: 'teacher-substituted', fromId, toId });
  }
  const added = without(after.groupIds, before.groupIds);
  const removed = without(before.groupIds, after.groupIds);
  if (added.length + removed.length > 0) facts.push({ ...of, type: 'groups-changed', added, removed });
  if (before.placeId !== after.placeId)
    facts.push({ ...of, type: 'place-changed', fromId: placeOf(before.placeId), toId: placeOf(after.placeId) });
  return facts;
}

function without(ids: readonly string[], others: readonly string[]): GroupId[] {
  return ids.filter((id) => !others.includes(id)).map((id) => GroupId.parse(id));
}

function placeOf(id: string | null): PlaceId | null {
  return id === null ? null : PlaceId.parse(id);
}
