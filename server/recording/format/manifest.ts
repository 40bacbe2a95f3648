// Folds a recording's events into the manifest that a player reads. Pure; the same for a recording that runs and one that ended.

import type { RecordingManifest, RecordingPart } from '../../contract/recording.ts';
import type { PartEvent, PartExtent, RecordingEvent, Session } from './format.ts';

/** Parts that were begun and not ended: how far they go must be read from their index. */
export const openParts = (events: readonly RecordingEvent[]): PartEvent[] => {
  const open = new Map<string, PartEvent>();
  for (const event of events) {
    if (event.type === 'part') open.set(event.file, event);
    if (event.type === 'part-end') open.delete(event.file);
  }
  return [...open.values()];
};

/** `extents` has how far the open parts go; parts without a fragment are left out. */
export const foldManifest = (
  session: Session,
  events: readonly RecordingEvent[],
  extents: ReadonlyMap<string, PartExtent>,
): RecordingManifest => {
  type Track = RecordingManifest['tracks'][number];
  const tracks = new Map<string, Track>();
  const ends = new Map<string, PartExtent>();
  for (const event of events) if (event.type === 'part-end') ends.set(event.file, event);

  const pauses: { fromMs: number; toMs: number }[] = [];
  const gaps: RecordingGap[] = [];
  let pausedAt: number | undefined;
  let end: Extract<RecordingEvent, { type: 'end' }> | undefined;
  let durationMs = 0;
  const unpause = (toMs: number): void => {
    if (pausedAt !== undefined) pauses.push({ fromMs: pausedAt, toMs: Math.max(pausedAt, toMs) });
    pausedAt = undefined;
  };

  for (const event of events) {
    switch (event.type) {
      case 'track':
        if (!tracks.has(event.trackId)) {
          const { trackId, participantId, name, source } = event;
          tracks.set(trackId, { trackId, participantId, name, source, parts: [] });
        }
        break;
      case 'part': {
        const extent = ends.get(event.file) ?? extents.get(event.file);
        if (!extent || extent.bytes <= event.initBytes) break;
        durationMs = Math.max(durationMs, extent.endMs);
        tracks.get(event.trackId)?.parts.push(describe(event, extent, !ends.has(event.file)));
        break;
      }
      case 'part-end':
      case 'cameras':
        break;
      case 'gap':
        addGap(gaps, event);
        break;
      case 'paused':
        pausedAt = event.at;
        durationMs = Math.max(durationMs, event.at);
        break;
      case 'resumed':
        unpause(event.at);
        durationMs = Math.max(durationMs, event.at);
        break;
      case 'end':
        end = event;
        break;
      default:
        event satisfies never;
    }
  }
  const state = end ? 'ended' : pausedAt === undefined ? 'recording' : 'paused';
  unpause(durationMs);
  return {
    id: session.id,
    lessonId: session.lessonId,
    state,
    startedAt: session.startedAt,
    durationMs,
    ...(end ? { endReason: end.reason } : {}),
    pauses,
    gaps: gaps
      .map(({ fromMs, toMs, why }) => ({ fromMs, toMs: Math.min(toMs, durationMs), why }))
      .filter(({ fromMs, toMs }) => toMs > fromMs),
    cuts: [],
    tracks: [...tracks.values()].filter((track) => track.parts.length > 0),
  };
};

type RecordingGap = RecordingManifest['gaps'][number];

/** Told once when it is known of, and again when it is over: what overlaps is one. */
const addGap = (gaps: RecordingGap[], { fromMs, toMs, why }: RecordingGap): void => {
  const last = gaps.at(-1);
  if (!last || fromMs > last.toMs) gaps.push({ fromMs, toMs, why });
  else gaps[gaps.length - 1] = { fromMs: Math.min(last.fromMs, fromMs), toMs: Math.max(last.toMs, toMs), why: last.why };
};

const describe = (part: PartEvent, extent: PartExtent, open: boolean): RecordingPart => ({
  file: part.file,
  index: part.index,
  mime: part.mime,
  startMs: part.startMs,
  endMs: Math.max(part.startMs, extent.endMs),
  ...(part.width === undefined ? {} : { width: part.width }),
  ...(part.height === undefined ? {} : { height: part.height }),
  initBytes: part.initBytes,
  bytes: extent.bytes,
  open,
});
