// What a stopped server left open in a lesson's trace, as the entries that end it.
import type { Instant } from '../contract/ids.ts';
import type { NewEntry, StoredEntry } from './trace.ts';

/** `alive` is the server's last sign of life; an entry that is newer counts as one too. */
export function endsOfOpen(lessonId: string, entries: readonly StoredEntry[], alive: Instant): NewEntry[] {
  const tracks = new Map<string, StoredEntry>();
  const lines = new Map<string, StoredEntry>();
  const participants = new Map<string, StoredEntry>();
  const checks = new Set<unknown>();
  for (const entry of entries) {
    const { kind, connectionId, participantId } = entry;
    if (kind === 'room-closed') for (const open of [tracks, lines, participants, checks]) open.clear();
    if (kind === 'presence-check-begun') checks.add(entry.detail.checkId);
    if (kind === 'presence-check-ended') checks.delete(entry.detail.checkId);
    if (kind === 'track-published') tracks.set(String(entry.detail.trackId), entry);
    if (kind === 'track-closed') tracks.delete(String(entry.detail.trackId));
    if (connectionId !== null && (kind === 'connection-opened' || kind === 'connection-resumed')) lines.set(connectionId, entry);
    if (connectionId !== null && kind === 'connection-closed') lines.delete(connectionId);
    if (participantId !== null && kind === 'participant-joined') participants.set(participantId, entry);
    if (participantId !== null && kind === 'participant-left') participants.delete(participantId);
  }
  const at = Math.max(alive, entries.at(-1)?.at ?? 0);
  const end = (entry: StoredEntry, kind: NewEntry['kind'], detail: NewEntry['detail']): NewEntry => ({
    lessonId,
    at,
    kind,
    personId: entry.personId,
    participantId: entry.participantId,
    connectionId: kind === 'participant-left' ? null : entry.connectionId,
    detail,
    personal: {},
  });
  const room = { lessonId, at, personId: null, participantId: null, connectionId: null, personal: {} };
  return [
    ...[...checks].map(
      (checkId): NewEntry => ({ ...room, kind: 'presence-check-ended', detail: { checkId, reason: 'server-stopped', missed: [] } }),
    ),
    ...[...tracks.values()].map((entry) =>
      end(entry, 'track-closed', { trackId: entry.detail.trackId, source: entry.detail.source, reason: 'connection-ended' }),
    ),
    ...[...lines.values()].map((entry) => end(entry, 'connection-closed', { reason: 'server-stopped', beside: null })),
    ...[...participants.values()].map((entry) => end(entry, 'participant-left', { reason: 'server-stopped', by: null })),
  ];
}
