// The chat of a class on the clock of its recording, and where one has asked something. Pure.
import type { ChatMessage } from '../../contract/chat.ts';
import type { Instant } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { RecordingTimeline } from '../../contract/recording-page.ts';
import type { Span } from '../../contract/watching-time.ts';

type Clocked = Pick<RecordingManifest, 'startedAt' | 'durationMs' | 'pauses' | 'cuts' | 'state'>;

/** V62: null where nothing of that moment is in the recording: before and after it, while it was paused, and what was cut out. */
export function momentIn({ startedAt, durationMs, pauses, cuts, state }: Clocked, at: Instant, endedAt: Instant | null): number | null {
  const atMs = at - startedAt;
  if (atMs < 0 || (endedAt !== null && at > endedAt)) return null;
  const isIn = ({ fromMs, toMs }: Span) => fromMs <= atMs && atMs < toMs;
  if (pauses.some(isIn) || cuts.some(isIn)) return null;
  // A pause that goes on has no end in the manifest yet.
  if (state === 'paused' && atMs >= durationMs) return null;
  return state === 'ended' ? Math.min(atMs, Math.round(durationMs)) : atMs;
}

export function replayOf(
  manifest: Clocked,
  messages: readonly ChatMessage[],
  endedAt: Instant | null,
  ownId: string,
): RecordingTimeline['chat'] {
  return messages.flatMap(({ id, at, name, participantId, personId, text }) => {
    const atMs = momentIn(manifest, at, endedAt);
    return atMs === null ? [] : [{ id, atMs, name, participantId, text, own: personId === ownId }];
  });
}

export function questionsOf(
  manifest: Clocked,
  chat: RecordingTimeline['chat'],
  handsAt: readonly Instant[],
  endedAt: Instant | null,
): RecordingTimeline['questions'] {
  const messages = chat.filter(({ own, text }) => own && asks(text)).map(({ atMs }) => ({ atMs, kind: 'message' as const }));
  const hands = handsAt.flatMap((at) => {
    const atMs = momentIn(manifest, at, endedAt);
    return atMs === null ? [] : [{ atMs, kind: 'hand' as const }];
  });
  return [...messages, ...hands].toSorted((a, b) => a.atMs - b.atMs);
}

/** Addresses of pages have question marks too. */
export function asks(text: string): boolean {
  return /[?？؟]/.test(text.replace(/\bhttps?:\/\/\S+/gi, ''));
}
