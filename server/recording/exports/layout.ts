// What one picture of the whole class shows when: stretches in which the same files are shown in the same places. Pure.
import type { RecordingManifest, RecordingPart, RecordingTrack } from '../../contract/recording.ts';
import { type Span, type WatchingTime, without } from '../../contract/watching-time.ts';
import type { Insight } from '../insight/insight.ts';
import { bySpeech, type Turn, turnsOf } from './turns.ts';

export const framesPerSecond = 15;

export type Scene =
  | { readonly kind: 'screen'; readonly screen: RecordingPart; readonly camera: RecordingPart | null }
  | { readonly kind: 'speaker'; readonly camera: RecordingPart }
  | { readonly kind: 'card' };

export interface Segment {
  readonly scene: Scene;
  /** Pictures of the film: from, and up to but without. */
  readonly fromFrame: number;
  readonly toFrame: number;
  /** Class time of its first picture. */
  readonly classMs: number;
}

/** A hole between two parts of one track that is shorter, as where its size changed, shows the last picture on. */
const shortHoleMs = 1000;

interface Shown extends Span {
  readonly part: RecordingPart;
  readonly participantId: string;
}

export function layoutOf({
  manifest,
  watching,
  speech,
  mostMs,
}: {
  readonly manifest: RecordingManifest;
  readonly watching: WatchingTime;
  readonly speech: Insight['speech'];
  /** No segment is longer, so that little is lost when the work is broken off. */
  readonly mostMs: number;
}): Segment[] {
  const shown = (source: RecordingTrack['source']) => manifest.tracks.filter((track) => track.source === source).flatMap(shownOf);
  const stage = { screens: shown('screen'), cameras: shown('camera'), turns: turnsOf(speech), talkative: bySpeech(speech) };
  const edges = [...stage.screens, ...stage.cameras, ...stage.turns].flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const segments: Segment[] = [];
  let seen: string | null = null;
  for (const watched of without({ fromMs: 0, toMs: manifest.durationMs }, watching.skipped)) {
    let open: { scene: Scene; fromMs: number } | null = null;
    const close = (toMs: number) => {
      if (open) segments.push(...piecesOf(open.scene, { fromMs: open.fromMs, toMs }, watching, mostMs));
      open = null;
    };
    const inside = edges.filter((at) => at > watched.fromMs && at < watched.toMs);
    for (const at of [...new Set([watched.fromMs, ...inside])].toSorted((a, b) => a - b)) {
      const { scene, participantId }: { scene: Scene; participantId: string | null } = sceneAt(at, stage, seen);
      seen = participantId;
      if (open !== null && isSame(openScene(open), scene)) continue;
      close(at);
      open = { scene, fromMs: at };
    }
    close(watched.toMs);
  }
  return segments;
}

const openScene = (open: { readonly scene: Scene }): Scene => open.scene;

function shownOf({ parts, participantId }: RecordingTrack): Shown[] {
  return parts.map((part, n) => {
    const next = parts[n + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    return { part, participantId, fromMs: part.startMs, toMs: next - part.endMs < shortHoleMs ? next : part.endMs };
  });
}

const covers = (at: number) => (span: Span) => span.fromMs <= at && at < span.toMs;

/** The camera of who has the floor; without one, of who was seen before, of who speaks most in this class, of anybody. */
function sceneAt(
  at: number,
  {
    screens,
    cameras,
    turns,
    talkative,
  }: { readonly screens: Shown[]; readonly cameras: Shown[]; readonly turns: Turn[]; readonly talkative: string[] },
  seen: string | null,
): { scene: Scene; participantId: string | null } {
  const screen = screens.filter(covers(at)).toSorted((a, b) => b.fromMs - a.fromMs)[0];
  const on = cameras.filter(covers(at));
  const speaking = turns.filter(covers(at)).map(({ participantId }) => participantId);
  const stays = seen !== null && (speaking.includes(seen) || speaking.length === 0) ? [seen] : [];
  const wanted = [...stays, ...speaking.toReversed(), ...(seen === null ? [] : [seen]), ...talkative];
  const who = wanted.find((one) => on.some(({ participantId }) => participantId === one));
  const camera = on.find(({ participantId }) => participantId === who) ?? on[0];
  const participantId = camera?.participantId ?? seen;
  if (screen) return { scene: { kind: 'screen', screen: screen.part, camera: camera?.part ?? null }, participantId };
  return { scene: camera ? { kind: 'speaker', camera: camera.part } : { kind: 'card' }, participantId };
}

function isSame(a: Scene, b: Scene): boolean {
  if (a.kind === 'screen') return b.kind === 'screen' && a.screen === b.screen && a.camera === b.camera;
  if (a.kind === 'speaker') return b.kind === 'speaker' && a.camera === b.camera;
  return b.kind === 'card';
}

/** The first picture that lies at or after a moment of watching time. */
export const frameAt = (watchingMs: number): number => Math.max(0, Math.ceil((watchingMs * framesPerSecond) / 1000 - 1e-6));

function piecesOf(scene: Scene, span: Span, watching: WatchingTime, mostMs: number): Segment[] {
  const pieces = scene.kind === 'card' ? 1 : Math.max(1, Math.ceil((span.toMs - span.fromMs) / mostMs));
  const watchedFromMs = watching.toWatching(span.fromMs);
  const lengthMs = span.toMs - span.fromMs;
  const frames = Array.from({ length: pieces + 1 }, (_, n) => frameAt(watchedFromMs + (lengthMs * n) / pieces));
  return frames.slice(0, -1).flatMap((fromFrame, n) => {
    const toFrame = frames[n + 1] ?? fromFrame;
    const classMs = span.fromMs + (fromFrame * 1000) / framesPerSecond - watchedFromMs;
    return toFrame > fromFrame ? [{ scene, fromFrame, toFrame, classMs }] : [];
  });
}
