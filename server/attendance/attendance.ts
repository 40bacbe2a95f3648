// Judges who was present: rules A6 to A13 of the contract, from the folded trace and the lesson's plan.
import type { z } from 'zod';
import type { AttendanceRule, Register, RegisterRow, Verdict } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { fold, type Presence, type Span } from './presence.ts';
import { lengthWithin, type Stretch } from './stretches.ts';

export type RegisterView = z.input<typeof Register>;
export type RowView = z.input<typeof RegisterRow>;
type Rule = z.infer<typeof AttendanceRule>;

const minuteMs = 60_000;
/** The last people leave a little before the teacher ends the class, and the server needs a moment to close the door. */
const goodbyeMs = minuteMs;

export interface Held {
  readonly startsAt: Instant;
  /** As planned. */
  readonly plannedEndsAt: Instant;
  /** The end that holds now, extended or not. */
  readonly endsAt: Instant;
  /** Ended for all; null when it was not. */
  readonly endedAt: Instant | null;
  readonly cancelled: boolean;
  /** The earliest moment at which anybody can be in the room, and the one from which nobody can unless it was ended before. */
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

export interface Expected {
  readonly personId: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly role: 'teacher' | 'assistant' | 'student';
}

export interface Lesson extends Held {
  readonly lessonId: string;
  readonly title: string;
  readonly courseTitle: string;
}

/** The register as it is, or was, at `now`. */
export function registerOf(
  lesson: Lesson,
  roster: readonly Expected[],
  entries: readonly StoredEntry[],
  rule: Rule,
  now: Instant,
): RegisterView {
  const presences = fold(entries, { from: lesson.opensAt, to: Math.min(now, lesson.closesAt + goodbyeMs) });
  const counted = countedSpan(lesson, now);
  const rows: RowView[] = roster.map((person) => row(person, true, presences.get(person.personId) ?? null, lesson, counted, rule, now));
  const expected = new Set(roster.map((person) => person.personId));
  for (const [personId, presence] of presences) {
    if (expected.has(personId)) continue;
    rows.push(row({ personId, name: presence.name, groups: [], role: presence.role }, false, presence, lesson, counted, rule, now));
  }
  return {
    lessonId: lesson.lessonId,
    title: lesson.title,
    courseTitle: lesson.courseTitle,
    startsAt: lesson.startsAt,
    endsAt: lesson.endsAt,
    asOf: Math.min(now, lesson.endedAt ?? lesson.closesAt),
    final: isFinal(lesson, now),
    rule,
    totals: totalsOf(rows),
    rows,
  };
}

/** A12. */
export function totalsOf(rows: readonly RowView[]): RegisterView['totals'] {
  const students = rows.filter((row) => row.onRoster && row.role === 'student');
  const count = (verdict: Verdict) => students.filter((row) => row.verdict === verdict).length;
  return {
    expected: students.length,
    here: students.filter((row) => row.here).length,
    present: count('present'),
    late: count('late'),
    leftEarly: count('left-early'),
    absent: count('absent'),
  };
}

/** A6: from the start until the end that holds, the early end for all, or now, whichever is first. */
export function countedSpan(lesson: Held, now: Instant): Span {
  const to = Math.min(lesson.endsAt, lesson.endedAt ?? lesson.endsAt, now);
  return { from: lesson.startsAt, to: Math.max(lesson.startsAt, to) };
}

function isFinal(lesson: Held, now: Instant): boolean {
  return lesson.cancelled || lesson.endedAt !== null || now >= lesson.closesAt;
}

/** A7: a lesson that was extended still asks for its planned length only. */
export function shareOf(stays: readonly Stretch[], lesson: Held, counted: Span): number {
  const length = Math.min(counted.to, lesson.plannedEndsAt) - counted.from;
  return length <= 0 ? 0 : Math.min(1, lengthWithin(stays, counted) / length);
}

/** A8 to A13. */
export function judge(stays: readonly Stretch[], here: boolean, lesson: Held, rule: Rule, now: Instant): Verdict {
  if (lesson.cancelled) return 'expected';
  const counted = countedSpan(lesson, now);
  const running = !isFinal(lesson, now) && now < lesson.endsAt;
  if (now < lesson.startsAt && running) return here ? 'present' : 'expected';
  const inLesson = stays.filter((stay) => stay.to > counted.from && stay.from < counted.to);
  const [first] = inLesson;
  const last = inLesson.at(-1);
  if (first === undefined || last === undefined) {
    if (!running) return 'absent';
    return here ? 'present' : 'expected';
  }
  const cameAt = Math.max(first.from, counted.from);
  if (cameAt >= counted.from + rule.lateAfterMinutes * minuteMs) return 'late';
  if (shareOf(stays, lesson, counted) >= rule.presentFromShare) return 'present';
  const stayed = last.to >= counted.to - goodbyeMs;
  const since = { from: cameAt, to: counted.to };
  const shareSince = lengthWithin(stays, since) / (since.to - since.from);
  return stayed && shareSince >= rule.presentFromShare ? 'present' : 'left-early';
}

type Person = Pick<RowView, 'personId' | 'name' | 'role'> & { readonly groups: readonly string[] };

function row(person: Person, onRoster: boolean, presence: Presence | null, lesson: Held, counted: Span, rule: Rule, now: Instant): RowView {
  const stays = presence?.stays ?? [];
  const here = presence?.here === true && !isFinal(lesson, now);
  return {
    personId: person.personId,
    name: person.name,
    groups: [...person.groups],
    role: person.role,
    onRoster,
    verdict: judge(stays, here, lesson, rule, now),
    here,
    minutes: inMinutes(lengthWithin(stays, counted)),
    share: Math.round(shareOf(stays, lesson, counted) * 1000) / 1000,
    firstJoinAt: stays[0]?.from ?? null,
    lastLeaveAt: here ? null : (stays.at(-1)?.to ?? null),
    intervals: stays.map(({ from, to, endedBy }) => ({ from, to, endedBy })),
    handsRaised: presence?.handsRaised ?? 0,
    messages: presence?.messages ?? 0,
    microphoneMinutes: inMinutes(lengthWithin(presence?.microphone ?? [], counted)),
    cameraMinutes: inMinutes(lengthWithin(presence?.camera ?? [], counted)),
    drops: presence?.drops ?? 0,
    devices: presence?.devices ?? 0,
  };
}

/** To a tenth. */
function inMinutes(ms: number): number {
  return Math.round(ms / (minuteMs / 10)) / 10;
}
