// The register of a lesson: everybody's row, judged by the rule, with what was done to it. Rules A6 to A27 of the contract.
import type { z } from 'zod';
import type { AttendanceRule, Register, RuleScope, Verdict } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { type ActView, actsOf } from './acts.ts';
import { checksOf } from './checks.ts';
import type { Excused } from './judge.ts';
import { countedSpan, type Expected, isFinal, isOver, type Lesson, minuteMs } from './lesson.ts';
import { fold } from './presence.ts';
import { type Judging, type RowView, rowOf } from './row.ts';
import { leadersOf, teachingOf } from './teaching.ts';
import { watchedOf } from './watched.ts';

export type RegisterView = z.input<typeof Register>;
export type { RowView };
export type ToSign = Pick<RegisterView, 'lessonId' | 'rule'> & {
  readonly rows: readonly Pick<RowView, 'personId' | 'role' | 'onRoster' | 'computed' | 'verdict'>[];
};

/** The last people leave a little before the teacher ends the class, and the server needs a moment to close the door. */
const goodbyeMs = minuteMs;

export interface Asked {
  readonly rule: AttendanceRule;
  /** Which rule it is; null for the configuration's. A signed register is judged by the rule that was signed: `signatureOf`. */
  readonly scope: z.input<typeof RuleScope> | null;
}

/** What only services know. */
export interface Known {
  /** By person, of the lesson's day. */
  readonly excusals: ReadonlyMap<string, Excused>;
  /** Whether `roster` is the one recorded in the trace. */
  readonly rosterRecorded: boolean;
  readonly may: RegisterView['may'];
  /** SHA-256 of the canonical form, hex. */
  readonly digestOf: (signed: ToSign) => string;
}

/**
 * The register as it is, or was, at `now`. `entries` are the lesson's, in their order. A row is whole when all entries of its person are
 * among them, and right when those of everybody who teaches (the roster's, and `leadersOf`) and those without a person are too.
 */
export function registerOf(
  lesson: Lesson,
  roster: readonly Expected[],
  entries: readonly StoredEntry[],
  { rule, scope }: Asked,
  now: Instant,
  known: Known,
): RegisterView {
  const presences = fold(entries, { from: lesson.opensAt, to: Math.min(now, lesson.closesAt + goodbyeMs) });
  const counted = countedSpan(lesson, now);
  const teaching = teachingOf(roster, leadersOf(entries, now), presences, counted);
  const held = lesson.cancelled || !isOver(lesson, now) || teaching.firstAt !== null;
  const acts = actsOf(entries, now);
  const judging: Judging = {
    lesson,
    rule,
    now,
    counted,
    held,
    teaching: teaching.stretches,
    checks: checksOf(entries, now),
    watched: watchedOf(entries, counted, now),
    excusals: known.excusals,
    corrections: acts.corrections,
  };
  const rows: RowView[] = roster.map((person) => rowOf(person, true, presences.get(person.personId) ?? null, judging));
  const expected = new Set(roster.map((person) => person.personId));
  for (const [personId, presence] of presences) {
    // Whoever only waited in the lobby was not in the class.
    if (expected.has(personId) || !presence.came) continue;
    rows.push(rowOf({ personId, name: presence.name, groups: [], role: presence.role }, false, presence, judging));
  }
  const { signature } = acts;
  return {
    lessonId: lesson.lessonId,
    title: lesson.title,
    courseTitle: lesson.courseTitle,
    startsAt: lesson.startsAt,
    endsAt: lesson.endsAt,
    asOf: Math.min(now, lesson.endedAt ?? lesson.closesAt),
    final: isFinal(lesson, now),
    rosterRecorded: known.rosterRecorded,
    rule,
    ruleScope: scope,
    held,
    teaching: { firstAt: teaching.firstAt, delayMinutes: teaching.delayMinutes, minutes: teaching.minutes },
    signature: signature && { by: signature.by, byName: signature.byName, at: signature.at, digest: signature.digest },
    digest: known.digestOf(toSign(lesson.lessonId, rule, rows)),
    may: known.may,
    history: named(acts.history, rows),
    totals: totalsOf(rows),
    rows,
  };
}

/** A26: what a signature stands for. No names: they may have to be erased. */
function toSign(lessonId: string, rule: AttendanceRule, rows: readonly RowView[]): ToSign {
  const signed = rows.map(({ personId, role, onRoster, computed, verdict }) => ({ personId, role, onRoster, computed, verdict }));
  return { lessonId, rule, rows: signed.sort((a, b) => (a.personId < b.personId ? -1 : 1)) };
}

function named(history: readonly ActView[], rows: readonly RowView[]): ActView[] {
  const names = new Map(rows.map(({ personId, name }) => [personId, name]));
  return history.map((one) => {
    if (one.act.type !== 'corrected') return one;
    return { ...one, act: { ...one.act, name: names.get(one.act.personId) ?? '' } };
  });
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
    excused: count('excused'),
    asynchronous: count('asynchronous'),
  };
}
