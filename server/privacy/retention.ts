// The rules of how long what is kept: from when on something is too old, and when the server looks.
import { DateTime } from 'luxon';
import type { Instant } from '../contract/ids.ts';
import type { RetentionRules } from '../contract/privacy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Cutoffs {
  /** Whoever was disabled before is made anonymous. Null: nobody is. */
  readonly accounts: Instant | null;
  /** Of lessons that ended before, the trace goes. */
  readonly attendance: Instant | null;
  readonly chat: Instant | null;
  readonly audit: Instant | null;
  readonly connectionReports: Instant | null;
  readonly quality: Instant | null;
}

/** Years by the calendar, so that five years after the 1st of September is a 1st of September. */
export function cutoffs(
  rules: RetentionRules & { readonly connectionReportDays: number; readonly qualityDays: number },
  now: Instant,
  timeZone: string,
): Cutoffs {
  const yearsAgo = (years: number | null) =>
    years === null ? null : DateTime.fromMillis(now, { zone: timeZone }).minus({ years }).toMillis();
  const daysAgo = (days: number | null) => (days === null ? null : now - days * DAY_MS);
  return {
    accounts: daysAgo(rules.accountsDays),
    attendance: yearsAgo(rules.attendanceYears),
    chat: daysAgo(rules.chatDays),
    audit: yearsAgo(rules.auditYears),
    connectionReports: daysAgo(rules.connectionReportDays),
    quality: daysAgo(rules.qualityDays),
  };
}

/** Once a night, between two and five; a server that is off at night looks when two days have passed. */
export function isTimeToSweep(now: Instant, lastAt: Instant | null, timeZone: string): boolean {
  const since = lastAt === null ? Number.POSITIVE_INFINITY : now - lastAt;
  if (since >= 2 * DAY_MS) return true;
  const { hour } = DateTime.fromMillis(now, { zone: timeZone });
  return hour >= 2 && hour < 5 && since >= 20 * HOUR_MS;
}

/** What stands for the name from then on: the same in every language, and leading back to nobody. */
export function anonymousName(code: string): string {
  return `ID-${code.toUpperCase()}`;
}
