// The form for a new lesson: what is filled in, what is wrong with it, and what is sent.
import type { z } from 'zod';
import type { LessonKind, NewLesson, RoomRules, TeachingMode, TimetableChoices } from '../../../server/contract/timetable.ts';
import { addDays, dayKey, instantAt, zonedTime } from '../../i18n/index.ts';
import type { Found } from './find.ts';

export type Choices = z.output<typeof TimetableChoices>;
export type Rules = z.output<typeof RoomRules>;

export type Draft = {
  readonly course: Found | null;
  readonly title: string;
  readonly kind: LessonKind;
  /** YYYY-MM-DD, and HH:MM twice. */
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly teacher: Found | null;
  readonly groups: readonly Found[];
  readonly mode: TeachingMode;
  readonly place: Found | null;
  /** Null: the usual rules of the kind. */
  readonly rules: Rules | null;
};

export type DraftFault = 'course' | 'title' | 'date' | 'start' | 'past' | 'length' | 'teacher' | 'capacity';

const lessonMinutes = 50;
const longestMs = 12 * 3_600_000;

/** The next full hour of the day, or the first bell of a later one. */
export function emptyDraft(day: string, now: number, teacher: Found | null): Draft {
  const hour = day === dayKey(now) ? Math.min(23, zonedTime(now).hour + 1) : 9;
  const start = `${String(hour).padStart(2, '0')}:00`;
  return {
    course: null,
    title: '',
    kind: 'lecture',
    day,
    start,
    end: later(start, lessonMinutes),
    teacher,
    groups: [],
    mode: 'online',
    place: null,
    rules: null,
  };
}

/** A moved start takes the end with it. */
export function moveStart<T extends Pick<Draft, 'start' | 'end'>>(draft: T, start: string): T {
  const length = minutesBetween(draft.start, draft.end);
  if (!isTime(start) || length === undefined) return { ...draft, start };
  return { ...draft, start, end: later(start, length) };
}

/** An end that is not after the start lies on the next day. */
export function times({
  day,
  start,
  end,
}: Pick<Draft, 'day' | 'start' | 'end'>): { readonly startsAt: number; readonly endsAt: number; readonly overnight: boolean } | undefined {
  if (!isTime(start) || !isTime(end) || Number.isNaN(Date.parse(day))) return undefined;
  const overnight = end <= start;
  return { startsAt: instantAt(day, start), endsAt: instantAt(overnight ? addDays(day, 1) : day, end), overnight };
}

export function faultsOf(draft: Draft, now: number): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  const span = times(draft);
  const title = draft.title.trim();
  const capacity = draft.rules?.capacity ?? 2;
  if (!draft.course) faults.push('course');
  if (title === '' || title.length > 200) faults.push('title');
  if (Number.isNaN(Date.parse(draft.day))) faults.push('date');
  if (!isTime(draft.start) || !isTime(draft.end)) faults.push('start');
  if (span && span.endsAt - span.startsAt > longestMs) faults.push('length');
  else if (span && span.endsAt <= now) faults.push('past');
  if (!draft.teacher) faults.push('teacher');
  if (!Number.isInteger(capacity) || capacity < 2 || capacity > 1000) faults.push('capacity');
  return faults;
}

/** Undefined while something is missing. */
export function toSend(draft: Draft): z.input<typeof NewLesson> | undefined {
  const span = times(draft);
  if (!span || !draft.course || !draft.teacher) return undefined;
  const { kind, mode, place, rules } = draft;
  return {
    courseId: draft.course.id,
    teacherId: draft.teacher.id,
    kind,
    title: draft.title.trim(),
    startsAt: span.startsAt,
    endsAt: span.endsAt,
    groupIds: draft.groups.map(({ id }) => id),
    mode,
    // Who is only in the browser takes no place from others.
    placeId: mode === 'online' ? null : (place?.id ?? null),
    ...(rules && { rules }),
  };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function minutesBetween(start: string, end: string): number | undefined {
  if (!isTime(start) || !isTime(end)) return undefined;
  return (minutesOf(end) - minutesOf(start) + 1440) % 1440 || 1440;
}

function later(time: string, minutes: number): string {
  const at = (minutesOf(time) + minutes) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
