// Entries of a lesson's trace as tests tell them: by person, in minutes after the start of the lesson.
import type { AttendanceRule } from '../../server/contract/attendance.ts';
import type { LineEvidence, LostBeside } from '../../server/contract/line-evidence.ts';
import type { LeaveReason, PresenceCheckEndReason } from '../../server/contract/reasons.ts';
import type { RoomRole } from '../../server/contract/room.ts';
import type { StoredEntry } from '../../server/trace/trace.ts';

export const minute = 60_000;
export const start = Date.UTC(2026, 10, 23, 4);
export const at = (minutes: number) => start + Math.round(minutes * minute);

/** What holds where nobody wrote a rule. */
export const usualRule: AttendanceRule = {
  lateAfterMinutes: 10,
  presentFromShare: 0.7,
  shareOf: 'lesson',
  earlyLeaveMinutes: 1,
  forgiveGapMinutes: 0,
  viewing: { counts: 'apart' },
  missedChecks: null,
};

export const badLine: LineEvidence = { cause: 'line-silent', ice: 'failed', lossPercent: 12, roundTripMs: 840, hidden: false };
export const besideMany: LostBeside = { sameNetwork: 4, onNetwork: 5, room: 4, everywhere: 6 };

type Detail = Readonly<Record<string, unknown>>;

export function told(
  personId: string | null,
  minutes: number,
  kind: string,
  detail: Detail = {},
  connectionId: string | null = null,
): StoredEntry {
  const participantId = personId === null ? null : `of-${personId}`;
  return { seq: 0, at: at(minutes), kind, personId, participantId, connectionId, detail };
}

/** In the order of their times, those of one time as they were given. */
export function traceOf(...parts: readonly (StoredEntry | readonly StoredEntry[])[]): StoredEntry[] {
  const entries = parts.flat().sort((a, b) => a.at - b.at);
  return entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}

interface Device {
  /** One by default. */
  readonly device?: string;
}

const lineOf = (personId: string, device = '1') => `${personId}-${device}`;

export function came(
  personId: string,
  minutes: number,
  more: Device & { readonly role?: RoomRole; readonly name?: string } = {},
): StoredEntry[] {
  const { role = 'student', name = personId, device } = more;
  return [
    told(personId, minutes, 'participant-joined', { name, role }),
    told(personId, minutes, 'connection-opened', { device: `Chrome ${device ?? '1'}`, address: '::1' }, lineOf(personId, device)),
  ];
}

export function went(personId: string, minutes: number, reason: LeaveReason = 'left', beside: LostBeside | null = null): StoredEntry[] {
  return [
    told(personId, minutes, 'connection-closed', { reason, beside }, lineOf(personId)),
    told(personId, minutes, 'participant-left', { reason, by: null }),
  ];
}

export function dropped(personId: string, minutes: number, more: Device & { readonly line?: LineEvidence } = {}): StoredEntry {
  const { line = badLine, device } = more;
  return told(personId, minutes, 'connection-dropped', { graceUntil: at(minutes + 1), line }, lineOf(personId, device));
}

export function resumed(personId: string, minutes: number, more: Device & { readonly word?: Detail | null } = {}): StoredEntry {
  const { word = null, device } = more;
  return told(personId, minutes, 'connection-resumed', { gapMs: 1, beside: besideMany, word }, lineOf(personId, device));
}

/** Lost, and not back in time. */
export function lost(personId: string, minutes: number, line: LineEvidence = badLine): StoredEntry[] {
  return [dropped(personId, minutes, { line }), ...went(personId, minutes + 1, 'connection-lost', besideMany)];
}

export function checked(
  id: string,
  minutes: number,
  asked: readonly string[],
  end: { readonly after: number; readonly reason?: PresenceCheckEndReason; readonly missed?: readonly string[] } | null = { after: 1 },
): StoredEntry[] {
  const begun = told(null, minutes, 'presence-check-begun', { checkId: id, closesAt: at(minutes + 1), asked, by: 't' });
  if (end === null) return [begun];
  const { after, reason = 'time-over', missed = [] } = end;
  return [begun, told(null, minutes + after, 'presence-check-ended', { checkId: id, reason, missed })];
}

export function answered(personId: string, id: string, minutes: number): StoredEntry {
  return told(personId, minutes, 'presence-check-answered', { checkId: id });
}

export function watched(
  personId: string,
  toldAt: number,
  from: number,
  to: number,
  more: { readonly live?: boolean; readonly recordingId?: string } = {},
): StoredEntry {
  const { live = false, recordingId = 'r' } = more;
  return told(personId, toldAt, 'recording-watched', { recordingId, fromMs: from * minute, toMs: to * minute, live });
}
