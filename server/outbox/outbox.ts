// What of a lesson's trace other systems are told, and how long is waited before what did not go is tried again.
import type { Instant } from '../contract/ids.ts';
import { type Told, told } from '../contract/told.ts';

/** An entry of the trace as it was written, without what is personal. */
export interface Written {
  readonly lessonId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface OutboxEvent {
  /** 1, 2, 3 … over all lessons. */
  readonly seq: number;
  readonly at: Instant;
  /** One of `told`, or of a later version. */
  readonly kind: string;
  readonly lessonId: string;
  /** In the trace of the lesson. */
  readonly entrySeq: number;
  readonly personId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}
export type NewEvent = Omit<OutboxEvent, 'seq'>;

/** What of an entry's detail goes out. Whatever is not named here stays in the house, also what later versions add. */
const fields: { readonly [K in Told]: readonly string[] } = {
  'room-opened': [],
  'room-closed': ['reason', 'by'],
  'participant-joined': ['role'],
  'participant-left': ['reason', 'by'],
  'hand-raised': [],
  'hand-lowered': ['by'],
  'message-posted': ['messageId'],
  'presence-check-begun': ['checkId', 'closesAt', 'by'],
  'presence-check-answered': ['checkId'],
  'track-published': ['trackId', 'source', 'pausedBy'],
  'track-paused': ['trackId', 'source', 'by'],
  'track-resumed': ['trackId', 'source', 'pausedBy'],
  'track-closed': ['trackId', 'source', 'reason'],
  'recording-started': ['recordingId', 'by'],
  'recording-stopped': ['recordingId', 'by', 'reason'],
  'recording-watched': ['recordingId', 'fromMs', 'toMs', 'live', 'toldAt'],
  'register-signed': ['digest', 'by'],
  'register-corrected': ['from', 'verdict', 'by'],
  'register-reopened': ['by'],
};

const kinds: ReadonlySet<string> = new Set(told);

function isTold(kind: string): kind is Told {
  return kinds.has(kind);
}

/** Null for what is nobody else's business. */
export function eventOf({ lessonId, seq, at, kind, personId, detail }: Written): NewEvent | null {
  if (!isTold(kind)) return null;
  const kept = fields[kind].flatMap((key): [string, unknown][] => (detail[key] === undefined ? [] : [[key, detail[key]]]));
  return { at, kind, lessonId, entrySeq: seq, personId, detail: Object.fromEntries(kept) };
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Twice as long each time, from a second to an hour, and somewhat by chance: whoever was down is not called by all at once.
 * @param attempts how often it has failed, 1 or more
 * @param random from 0 up to 1
 */
export function pauseMs(attempts: number, random: number): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 30));
  return Math.max(FIRST_PAUSE_MS, Math.round(most / 2 + (random * most) / 2));
}

const RETRY_AFTER_MOST_MS = 24 * 3_600_000;

/** RFC 9110, 10.2.3: seconds, or a date. Null when it says nothing that can be read. */
export function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  const text = header.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, RETRY_AFTER_MOST_MS) : null;
}
