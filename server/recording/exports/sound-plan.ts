// How the voices of a recording become one sound, piece by piece of watching time. Pure.
import type { RecordingManifest, RecordingPart } from '../../contract/recording.ts';
import { type Span, type WatchingTime, without } from '../../contract/watching-time.ts';
import type { Insight } from '../insight/insight.ts';

export const sampleRate = 48_000;
const samplesPerMs = sampleRate / 1000;

/** Of one part: what of it is heard, and when in its piece. */
export interface Voice {
  readonly part: RecordingPart;
  /** Class time. */
  readonly span: Span;
  /** After the piece's beginning. */
  readonly delayMs: number;
  readonly gainDb: number;
}

export interface SoundPiece {
  /** Samples of the whole: from, and up to but without. */
  readonly from: number;
  readonly to: number;
  readonly voices: readonly Voice[];
}

type Of = {
  readonly manifest: RecordingManifest;
  readonly watching: WatchingTime;
  readonly gains: Insight['gains'];
  readonly pieceMs: number;
};

/** They cover the watching time exactly, to the sample. */
export function soundPiecesOf({ manifest, watching, gains, pieceMs }: Of): SoundPiece[] {
  const count = Math.max(1, Math.ceil(watching.lengthMs / pieceMs));
  const tracks = manifest.tracks.filter(({ source }) => source === 'microphone' || source === 'screen-audio');
  const gainOf = new Map(gains.map(({ trackId, gainDb }) => [trackId, gainDb]));
  const stretches = without({ fromMs: 0, toMs: manifest.durationMs }, watching.skipped);
  return Array.from({ length: count }, (_, n) => {
    const fromMs = n * pieceMs;
    const toMs = Math.min(watching.lengthMs, fromMs + pieceMs);
    const voices = tracks.flatMap(({ trackId, parts }) =>
      parts.flatMap((part) =>
        stretches.flatMap((stretch): Voice[] => {
          const watchedAt = watching.toWatching(stretch.fromMs);
          const shift = stretch.fromMs - watchedAt;
          const span = {
            fromMs: Math.max(stretch.fromMs, part.startMs, fromMs + shift),
            toMs: Math.min(stretch.toMs, part.endMs, toMs + shift),
          };
          if (span.toMs <= span.fromMs) return [];
          return [{ part, span, delayMs: span.fromMs - shift - fromMs, gainDb: gainOf.get(trackId) ?? 0 }];
        }),
      ),
    );
    return { from: Math.round(fromMs * samplesPerMs), to: Math.round(toMs * samplesPerMs), voices };
  });
}

/** Room for voices that speak at once; the loudness of the whole is set at the end. */
const headroomDb = 8;

/**
 * Input n is the file of voice n, its timestamps class time. The recorder says how long each packet lasts by the class's clock, which is not
 * quite that of who sent it: the sound is stretched to it. Answers `[mix]`, of as many samples as the piece.
 */
export function mixFilter({ from, to, voices }: SoundPiece): string {
  const end = `apad,atrim=end_sample=${to - from},asetpts=N/SR/TB,ebur128=framelog=verbose[mix]`;
  if (voices.length === 0) return `anullsrc=r=${sampleRate}:cl=mono,${end}`;
  const heard = voices.map(({ span, delayMs, gainDb }, n) => {
    const seconds = (ms: number) => (ms / 1000).toFixed(6);
    return [
      `[${n}:a]asetpts=PTS-${seconds(span.fromMs)}/TB`,
      `aresample=${sampleRate}:async=1000:first_pts=0`,
      'pan=mono|c0=0.5*c0+0.5*c1',
      `atrim=end_sample=${Math.round((span.toMs - span.fromMs) * samplesPerMs)}`,
      `adelay=${Math.round(delayMs * samplesPerMs)}S:all=1`,
      `volume=${(gainDb - headroomDb).toFixed(2)}dB[v${n}]`,
    ].join(',');
  });
  const all = voices.map((_, n) => `[v${n}]`).join('');
  return [...heard, `${all}amix=inputs=${voices.length}:normalize=0:dropout_transition=0,${end}`].join(';');
}
