// Tells when a camera, a microphone or a screen began and ceased to send, from what was said of its track.
import type { OutboxEvent } from './outbox.ts';

export function isOfTrack({ kind }: OutboxEvent): boolean {
  return kind.startsWith('track-');
}

/**
 * A muted track that is closed does not stop a second time, nor one that is muted by two reasons.
 * @param events all of these tracks, oldest first; of a track whose beginning is missing it is taken that the first of them changed something
 * @returns by number
 */
export function changesOfTracks(events: readonly OutboxEvent[]): ReadonlyMap<number, 'started' | 'stopped'> {
  const live = new Map<unknown, boolean>();
  const changes = new Map<number, 'started' | 'stopped'>();
  for (const event of events) {
    const { trackId } = event.detail;
    const was = live.get(trackId) ?? (event.kind === 'track-paused' || event.kind === 'track-closed');
    const is = isSending(event, was);
    if (is !== was) changes.set(event.seq, is ? 'started' : 'stopped');
    live.set(trackId, is);
  }
  return changes;
}

function isSending({ kind, detail }: OutboxEvent, was: boolean): boolean {
  if (kind === 'track-published' || kind === 'track-resumed') return Array.isArray(detail.pausedBy) && detail.pausedBy.length === 0;
  return kind === 'track-paused' || kind === 'track-closed' ? false : was;
}
