// Weighs what is known of a person in a lesson, and says the verdict with the reasons for it. Rules A7 to A11, A13, A15 to A22 and A24.
import type { z } from 'zod';
import type { AttendanceRule, Reason, Verdict } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import { countedSpan, type Held, isOver, minuteMs } from './lesson.ts';
import { lengthWithin, overlap, type Stretch, touches, union } from './stretches.ts';
import { inMinutes } from './teaching.ts';
import { type WatchedPart, watchedShare } from './watched.ts';

export type ReasonView = z.input<typeof Reason>;
const dayMs = 86_400_000;

export interface Excused {
  readonly reason: string;
  readonly note: string;
}

export interface Evidence {
  /** In order and apart from one another; so are all stretches. */
  readonly stays: readonly Stretch[];
  /** Within the counted span. */
  readonly forgiven: readonly Stretch[];
  readonly here: boolean;
  /** When somebody who teaches was there, within the counted span. */
  readonly teaching: readonly Stretch[];
  /** A18. */
  readonly held: boolean;
  readonly checksMissed: number;
  readonly watched: readonly WatchedPart[];
  readonly excused: Excused | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** In the order in which they were weighed. */
  readonly why: ReasonView[];
}

export function judge(evidence: Evidence, lesson: Held, rule: AttendanceRule, now: Instant): Judgement {
  if (lesson.cancelled) return { verdict: 'expected', why: [{ code: 'cancelled' }] };
  if (!evidence.held) return { verdict: 'not-held', why: [{ code: 'not-held' }] };
  const counted = countedSpan(lesson, now);
  if (evidence.stays.some((stay) => touches(stay, counted))) return judgePresence(evidence, lesson, counted, rule);
  if (isOver(lesson, now)) return judgeAbsence(evidence, lesson, counted, rule);
  return evidence.here ? { verdict: 'present', why: [{ code: 'is-there' }] } : { verdict: 'expected', why: [{ code: 'may-still-come' }] };
}

/** A8 to A10, with A15 to A17 and A20. */
function judgePresence(evidence: Evidence, lesson: Held, counted: Stretch, rule: AttendanceRule): Judgement {
  const present = presentOf(evidence);
  const inLesson = present.filter((stay) => touches(stay, counted));
  const first = inLesson[0] ?? counted;
  const last = inLesson.at(-1) ?? counted;
  const cameAt = Math.max(first.from, counted.from);
  const lateMs = cameAt - counted.from;
  if (lateMs >= rule.lateAfterMinutes * minuteMs) {
    return {
      verdict: 'late',
      why: [{ code: 'came-late', at: cameAt, minutes: inMinutes(lateMs), limitMinutes: rule.lateAfterMinutes }],
    };
  }
  const why: ReasonView[] = [{ code: 'came-in-time', at: first.from }];
  const forgivenMs = lengthWithin(evidence.forgiven, counted);
  if (forgivenMs > 0) why.push({ code: 'gaps-forgiven', minutes: inMinutes(forgivenMs), limitMinutes: rule.forgiveGapMinutes });
  const basis = rule.shareOf === 'teacher' ? evidence.teaching : null;
  const needed = rule.presentFromShare;
  const share = shareOf(present, lesson, counted, basis);
  if (share >= needed) return judgeChecks([...why, reached('share-reached', share, needed)], evidence, rule);
  why.push({ code: 'share-missed', share: justBelow(share, needed), needed });
  const awayMs = counted.to - last.to;
  if (awayMs > rule.earlyLeaveMinutes * minuteMs) {
    why.push({ code: 'left-before-end', minutes: inMinutes(awayMs), toleratedMinutes: rule.earlyLeaveMinutes });
    return { verdict: 'left-early', why };
  }
  const shareSince = shareSinceOf(present, { from: cameAt, to: counted.to }, basis);
  if (shareSince < needed) return { verdict: 'left-early', why };
  return judgeChecks([...why, reached('stayed-since-coming', shareSince, needed)], evidence, rule);
}

/** A20: of somebody who would be present. */
function judgeChecks(why: ReasonView[], { checksMissed: missed }: Evidence, { missedChecks: allowed }: AttendanceRule): Judgement {
  if (allowed === null || missed <= allowed) return { verdict: 'present', why };
  return { verdict: 'left-early', why: [...why, { code: 'checks-missed', missed, allowed }] };
}

/** A11, with A21 and A22. */
function judgeAbsence({ watched, excused }: Evidence, lesson: Held, counted: Stretch, { viewing }: AttendanceRule): Judgement {
  const why: ReasonView[] = [{ code: 'never-came' }];
  if (viewing.counts === 'asynchronous') {
    const { withinDays, fromShare: needed } = viewing;
    const until = (lesson.endedAt ?? lesson.endsAt) + withinDays * dayMs;
    const { share, of } = watchedShare(
      watched.filter(({ at }) => at <= until),
      counted,
      askedOf(lesson, counted),
    );
    const enough = share >= needed;
    const shown = enough ? atLeast(share, needed) : justBelow(share, needed);
    if (share > 0) why.push({ code: 'watched', share: shown, needed, withinDays, ...(of === 'recorded' && { of }) });
    if (enough) return { verdict: 'asynchronous', why };
  }
  if (excused !== null) return { verdict: 'excused', why: [...why, { code: 'excused', reason: excused.reason, note: excused.note }] };
  return { verdict: 'absent', why };
}

/** What counts as presence: the stays, and the gaps that the rule forgives (A15). */
export function presentOf({ stays, forgiven }: Pick<Evidence, 'stays' | 'forgiven'>): Stretch[] {
  return union([...stays, ...forgiven].map(({ from, to }) => ({ from, to })));
}

/**
 * A7, A16: of the lesson, or of the time in which somebody taught. A lesson that was extended still asks for its planned length only.
 * 0 when there was nothing to be a share of.
 */
export function shareOf(present: readonly Stretch[], lesson: Held, counted: Stretch, teaching: readonly Stretch[] | null = null): number {
  const asked = { from: counted.from, to: counted.from + askedOf(lesson, counted) };
  const lengthMs = teaching === null ? asked.to - asked.from : lengthWithin(teaching, asked);
  const wasThere = teaching === null ? present : overlap(present, teaching);
  return lengthMs <= 0 ? 0 : Math.min(1, lengthWithin(wasThere, counted) / lengthMs);
}

function askedOf({ plannedEndsAt }: Held, counted: Stretch): number {
  return Math.min(counted.to, plannedEndsAt) - counted.from;
}

/** A9. Where nobody taught since, there was nothing to miss. */
function shareSinceOf(present: readonly Stretch[], since: Stretch, teaching: readonly Stretch[] | null): number {
  if (teaching === null) return lengthWithin(present, since) / (since.to - since.from);
  const taughtMs = lengthWithin(teaching, since);
  return taughtMs === 0 ? 1 : lengthWithin(overlap(present, teaching), since) / taughtMs;
}

function reached(code: 'share-reached' | 'stayed-since-coming', share: number, needed: number): ReasonView {
  return { code, share: atLeast(share, needed), needed };
}

// Rounded, a share that just misses would look as if it reached, and the other way round.
function atLeast(share: number, needed: number): number {
  return Math.max(rounded(share), needed);
}

function justBelow(share: number, needed: number): number {
  return Math.min(rounded(share), Math.max(0, Math.ceil(needed * 1000 - 1) / 1000));
}

/** To a tenth of a percent. */
export function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
