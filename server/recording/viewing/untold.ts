// What somebody has watched that the trace does not know yet: neighbouring reports become one entry. Rules V74 and V75.
import { z } from 'zod';
import type { Instant, LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import { joined, type Span } from '../../contract/watching-time.ts';
import type { RegisterFact } from '../../facts.ts';
import type { StoredEntry } from '../../trace/trace.ts';
import { lengthOf, Pairs, pairsOf, spansOf } from './spans.ts';

const dayMs = 86_400_000;
/** So much of it is an entry, although the watching goes on. */
const mostMs = 600_000;
/** No report for so long: the watching is over. */
export const quietMs = 180_000;

/** What goes into one entry. The register judges by `toldAt`. */
export const Untold = z.object({
  parts: Pairs,
  live: z.boolean(),
  toldAt: z.number(),
  /** Whole days since the lesson was over: a rule may take what was watched within some of them. */
  day: z.number(),
  /** How much of the lesson there was to watch; null while it is not known. */
  watchableMs: z.number().nullable(),
});
export type Untold = z.infer<typeof Untold>;

export interface Report {
  readonly spans: readonly Span[];
  readonly at: Instant;
  readonly live: boolean;
  readonly watchableMs: number | null;
  /** When the lesson was over, or will be. */
  readonly overAt: Instant;
}

type WatchedFact = Extract<RegisterFact, { type: 'recording-watched' }>;

export interface Whose {
  readonly lessonId: LessonId;
  readonly personId: PersonId;
  readonly recordingId: RecordingId;
}

/** Joins the report to what came before it, where the register cannot tell the difference. */
export function withReport(untold: readonly Untold[], { spans, at, live, watchableMs, overAt }: Report): Untold[] {
  if (spans.length === 0) return [...untold];
  const day = Math.ceil((at - overAt) / dayMs);
  const last = untold.at(-1);
  const isSame = last !== undefined && last.live === live && last.day === day;
  const before = isSame ? spansOf(last.parts) : [];
  const one = {
    parts: pairsOf(joined([...before, ...spans], 0)),
    live,
    toldAt: at,
    day,
    watchableMs: watchableMs ?? (isSame ? last.watchableMs : null),
  };
  return [...(isSame ? untold.slice(0, -1) : untold), one];
}

export function isRipe(untold: readonly Untold[]): boolean {
  return untold.reduce((sum, { parts }) => sum + lengthOf(spansOf(parts)), 0) >= mostMs;
}

export function factsOf({ lessonId, personId, recordingId }: Whose, untold: readonly Untold[], at: Instant): WatchedFact[] {
  return untold.flatMap(({ parts, live, toldAt, watchableMs }) =>
    parts.map(
      ([fromMs, toMs]): WatchedFact => ({
        ...{ type: 'recording-watched', lessonId, at, personId, recordingId, fromMs, toMs, live, toldAt },
        ...(watchableMs === null ? {} : { watchableMs }),
      }),
    ),
  );
}

/** As entries, for a register that is read before they are written. */
export function entriesOf(whose: Whose, untold: readonly Untold[]): StoredEntry[] {
  return factsOf(whose, untold, 0).map(({ personId, recordingId, fromMs, toMs, live, toldAt = 0, watchableMs }) => ({
    ...{ seq: Number.MAX_SAFE_INTEGER, at: toldAt, kind: 'recording-watched', personId, participantId: null, connectionId: null },
    detail: { recordingId, fromMs, toMs, live, toldAt, ...(watchableMs === undefined ? {} : { watchableMs }) },
  }));
}

/** Those that are not among the entries: a server that died may have written them, and not known it. */
export function notIn(entries: readonly StoredEntry[], facts: readonly WatchedFact[]): WatchedFact[] {
  const key = (...of: readonly unknown[]) => JSON.stringify(of);
  const there = new Set(
    entries
      .filter(({ kind }) => kind === 'recording-watched')
      .map(({ personId, detail }) => key(personId, detail.recordingId, detail.fromMs, detail.toMs, detail.live, detail.toldAt)),
  );
  return facts.filter(
    ({ personId, recordingId, fromMs, toMs, live, toldAt }) => !there.has(key(personId, recordingId, fromMs, toMs, live, toldAt)),
  );
}
