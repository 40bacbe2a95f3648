// Presence checks as the trace tells of them, and what each says of a person. Rule A20; how they are held: K1 to K9.
import { z } from 'zod';
import type { Instant } from '../contract/ids.ts';
import { PresenceCheckEndReason } from '../contract/reasons.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { type GapView, gapsOf, isBlameless, lapsesOf } from './gaps.ts';
import type { Presence } from './presence.ts';
import type { RowView } from './row.ts';

type CheckView = RowView['checks'][number];

export interface Check {
  readonly id: string;
  readonly at: Instant;
  /** How long each has to answer. */
  readonly answerMs: number;
  readonly asked: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, Instant>;
  /** Null while it runs. */
  readonly end: { readonly at: Instant; readonly reason: PresenceCheckEndReason; readonly missed: ReadonlySet<string> } | null;
}

/** G2: a line that fell silent may have been gone for so long before that was found. */
const silentMs = 20_000;

const Begun = z.object({ checkId: z.string(), closesAt: z.number(), asked: z.array(z.string()) });
const Answered = z.object({ checkId: z.string() });
const Ended = z.object({ checkId: z.string(), reason: PresenceCheckEndReason, missed: z.array(z.string()).default([]) });

/** In the order in which they were begun, as far as was told by `now`. */
export function checksOf(entries: readonly StoredEntry[], now: Instant): Check[] {
  const checks = new Map<string, Check & { readonly answers: Map<string, Instant>; end: Check['end'] }>();
  for (const { at, kind, personId, detail } of entries) {
    if (at > now) continue;
    if (kind === 'presence-check-begun') {
      const { checkId, closesAt, asked } = Begun.parse(detail);
      checks.set(checkId, { id: checkId, at, answerMs: closesAt - at, asked: new Set(asked), answers: new Map(), end: null });
    }
    if (kind === 'presence-check-answered' && personId !== null) {
      const answers = checks.get(Answered.parse(detail).checkId)?.answers;
      if (answers?.has(personId) === false) answers.set(personId, at);
    }
    if (kind === 'presence-check-ended') {
      const { checkId, reason, missed } = Ended.parse(detail);
      const check = checks.get(checkId);
      if (check !== undefined) check.end = { at, reason, missed: new Set(missed) };
    }
    // What a crash left open ended with it.
    if (kind === 'room-opened' || kind === 'room-closed')
      for (const check of checks.values()) check.end ??= { at, reason: 'server-stopped', missed: new Set() };
  }
  return [...checks.values()];
}

/** For a student or a guest; others are asked nothing, unless they were one when it began. */
export function outcomesOf(personId: string, isSubject: boolean, presence: Presence | null, checks: readonly Check[]): CheckView[] {
  const concerning = checks.filter(({ asked }) => isSubject || asked.has(personId));
  if (concerning.length === 0) return [];
  const losses = presence === null ? [] : [...gapsOf(presence).filter(isBlameless), ...lapsesOf(presence)];
  return concerning.map((check) => {
    const answeredAt = check.answers.get(personId);
    const outcome = answeredAt === undefined ? unanswered(personId, presence, losses, check) : 'answered';
    return { checkId: check.id, at: check.at, outcome, afterMs: answeredAt === undefined ? null : answeredAt - check.at };
  });
}

function unanswered(personId: string, presence: Presence | null, losses: readonly GapView[], check: Check): CheckView['outcome'] {
  const { at, answerMs, end } = check;
  const until = end?.at ?? Number.POSITIVE_INFINITY;
  const wasLost = losses.some((gap) => heardUntil(presence, gap.from) <= until && (gap.to ?? Number.POSITIVE_INFINITY) > at);
  if (!check.asked.has(personId)) return wasLost ? 'no-line' : 'not-there';
  if (end === null) return 'running';
  if (end.reason !== 'time-over') return 'not-judged';
  const within = (presence?.live ?? []).filter((live) => live.from <= until && live.to > at);
  // K4: what the room has found is believed only where the trace shows the whole minute with a line as well.
  const hadTime = within.some((live) => Math.min(heardUntil(presence, live.to), until) - Math.max(live.from, at) >= answerMs);
  if (end.missed.has(personId) && hadTime) return 'missed';
  if (wasLost) return 'no-line';
  const throughout = within.some((live) => live.from <= at && live.to >= until);
  return throughout ? 'not-judged' : 'not-there';
}

/** When the line that was lost at `lostAt` is sure to have been there. */
function heardUntil(presence: Presence | null, lostAt: Instant): Instant {
  return presence?.losses.get(lostAt)?.line?.cause === 'line-silent' ? lostAt - silentMs : lostAt;
}
