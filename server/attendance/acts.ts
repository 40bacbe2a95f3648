// What was done to the register itself, read from the trace: the roster recorded, corrections, signature, reopening. Rules A25 and A26.
import { z } from 'zod';
import { AttendanceRule, type Correction, type RegisterAct, Verdict } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import type { StoredEntry } from '../trace/trace.ts';

export type CorrectionView = z.input<typeof Correction>;
export type ActView = z.input<typeof RegisterAct>;

export interface RecordedPerson {
  readonly personId: string;
  readonly role: 'teacher' | 'assistant' | 'student';
  readonly groupIds: readonly string[];
}

export interface SignatureView {
  readonly by: string;
  readonly byName: string;
  readonly at: Instant;
  readonly digest: string;
  /** The rule by which the signed register was judged; it goes on holding for it. */
  readonly rule: AttendanceRule;
  /** The last entry that was looked at when it was signed. */
  readonly judgedTo: number;
}

export interface Acts {
  readonly corrections: ReadonlyMap<string, CorrectionView>;
  readonly signature: SignatureView | null;
  /** Oldest first; the name of a corrected person is for the register to fill in. */
  readonly history: readonly ActView[];
}

// Words of people and their names are gone after an erasure; what was decided stays.
const words = z.string().catch('');
const By = z.object({ by: z.string(), byName: words });
const Corrected = By.extend({ from: Verdict, verdict: Verdict.nullable(), reason: words });
const Signed = By.extend({ digest: z.string(), rule: AttendanceRule, judgedTo: z.number().optional() });
const Reopened = By.extend({ reason: words });
const Recorded = z.object({
  people: z.array(
    z.object({ personId: z.string(), role: z.enum(['teacher', 'assistant', 'student']), groupIds: z.array(z.string()).default([]) }),
  ),
});

/** Who was expected when the lesson was over; null while that was not recorded. The latest holds. */
export function recordedRoster(entries: readonly StoredEntry[]): readonly RecordedPerson[] | null {
  const entry = entries.findLast(({ kind }) => kind === 'roster-recorded');
  return entry === undefined ? null : Recorded.parse(entry.detail).people;
}

/** A25: null when nobody has signed, or it was opened again since. */
export function signatureOf(entries: readonly StoredEntry[]): SignatureView | null {
  return actsOf(entries, Number.POSITIVE_INFINITY).signature;
}

/** As far as they were done by `now`. */
export function actsOf(entries: readonly StoredEntry[], now: Instant): Acts {
  const corrections = new Map<string, CorrectionView>();
  const history: ActView[] = [];
  let signature: SignatureView | null = null;
  for (const { seq, at, kind, personId, detail } of entries) {
    if (at > now) continue;
    if (kind === 'register-corrected' && personId !== null) {
      const { by, byName, from, verdict, reason } = Corrected.parse(detail);
      if (verdict === null) corrections.delete(personId);
      else corrections.set(personId, { verdict, reason, by, byName, at });
      history.push({ at, by, byName, act: { type: 'corrected', personId, name: '', from, to: verdict, reason } });
    }
    if (kind === 'register-signed') {
      const { by, byName, digest, rule, judgedTo = seq } = Signed.parse(detail);
      signature = { by, byName, at, digest, rule, judgedTo };
      history.push({ at, by, byName, act: { type: 'signed', digest } });
    }
    if (kind === 'register-reopened') {
      const { by, byName, reason } = Reopened.parse(detail);
      signature = null;
      history.push({ at, by, byName, act: { type: 'reopened', reason } });
    }
  }
  return { corrections, signature, history };
}
