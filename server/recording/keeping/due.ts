// Decides when the rules archive or delete a recording, and when the trash loses it for good.
import type { Instant } from '../../contract/ids.ts';
import type { LessonKind } from '../../contract/timetable.ts';

const DAY_MS = 24 * 3_600_000;

export type Afterwards = 'archive' | 'delete';

/** As the settings have it: the first that names the kind, or none, holds. */
export interface KeepingRule {
  readonly kind: LessonKind | null;
  readonly days: number | null;
  readonly afterwards: Afterwards;
}

/** What decides about one recording. */
export interface Kept {
  readonly kind: LessonKind;
  /** Null: it runs. */
  readonly endedAt: Instant | null;
  /** Taken out of the trash or the archive: its days begin anew (V24). */
  readonly restoredAt: Instant | null;
  readonly trashedAt: Instant | null;
  readonly archivedAt: Instant | null;
  readonly isHeld: boolean;
}

/** Without any rule it is kept for ever. */
export function ruleOf(kind: LessonKind, rules: readonly KeepingRule[]): KeepingRule {
  const afterwards: Afterwards = 'delete';
  return rules.find((rule) => rule.kind === null || rule.kind === kind) ?? { kind: null, days: null, afterwards };
}

/** What the rules do next, and when; null: nothing, ever, as things are (V21, V22). */
export function nextOf(
  { kind, endedAt, restoredAt, trashedAt, archivedAt, isHeld }: Kept,
  rules: readonly KeepingRule[],
): { readonly at: Instant; readonly afterwards: Afterwards } | null {
  const { days, afterwards } = ruleOf(kind, rules);
  if (endedAt === null || isHeld || trashedAt !== null || days === null) return null;
  if (afterwards === 'archive' && archivedAt !== null) return null;
  return { at: Math.max(endedAt, restoredAt ?? 0) + days * DAY_MS, afterwards };
}

/** When what lies in the trash since then is gone for good (V23). */
export const purgeAt = (trashedAt: Instant, trashDays: number): Instant => trashedAt + trashDays * DAY_MS;

/** What was counted from before this is due. */
export const dueBefore = (now: Instant, days: number): Instant => now - days * DAY_MS;
