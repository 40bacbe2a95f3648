// The pieces of the sound cover watching time to the sample, and hold nothing of what is skipped.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import { RecordingFile, type RecordingManifest } from '../../contract/recording.ts';
import { type Span, watchingTimeOf } from '../../contract/watching-time.ts';
import { mixFilter, sampleRate, soundPiecesOf } from './sound-plan.ts';

const files = { file: RecordingFile.parse('p0001.mp4'), index: RecordingFile.parse('p0001.jsonl') };

const manifestOf = (durationMs: number, pauses: readonly Span[], voice: Span): RecordingManifest => ({
  ...{ id: RecordingId.parse('r'), lessonId: LessonId.parse('l'), state: 'ended', startedAt: 0, durationMs },
  ...{ pauses: [...pauses], gaps: [], cuts: [] },
  tracks: [
    {
      ...{ trackId: TrackId.parse('t'), participantId: ParticipantId.parse('p'), name: 'p', source: 'microphone' },
      parts: [{ ...files, mime: 'audio/mp4', startMs: voice.fromMs, endMs: voice.toMs, initBytes: 1, bytes: 2, open: false }],
    },
  ],
});

const time = fc.integer({ min: 0, max: 30_000 });

it('V34 every moment of a voice that may be heard is heard once, at its moment of watching time', () => {
  fc.assert(
    fc.property(time, time, time, time, fc.integer({ min: 1000, max: 20_000 }), (a, b, c, d, pieceMs) => {
      const voice = { fromMs: Math.min(a, b), toMs: Math.max(a, b) + 1 };
      const manifest = manifestOf(31_000, [{ fromMs: Math.min(c, d), toMs: Math.max(c, d) }], voice);
      const watching = watchingTimeOf(manifest);
      const pieces = soundPiecesOf({ manifest, watching, gains: [], pieceMs });
      expect(pieces[0]?.from).toBe(0);
      expect(pieces.at(-1)?.to).toBe(Math.round(watching.lengthMs * 48));
      let heard = 0;
      for (const [n, { from, to, voices }] of pieces.entries()) {
        if (n > 0) expect(from).toBe(pieces[n - 1]?.to);
        for (const { span, delayMs } of voices) {
          heard += span.toMs - span.fromMs;
          expect(watching.afterSkipped(span.fromMs)).toBe(span.fromMs);
          expect(from / 48 + delayMs).toBeCloseTo(watching.toWatching(span.fromMs), 6);
          expect(delayMs * 48 + (span.toMs - span.fromMs) * 48).toBeLessThanOrEqual(to - from + 1e-6);
        }
      }
      expect(heard).toBeCloseTo(watching.toWatching(voice.toMs) - watching.toWatching(voice.fromMs), 6);
    }),
  );
});

it('V34 where nobody has a microphone on there is silence', () => {
  expect(mixFilter({ from: 0, to: sampleRate, voices: [] })).toContain(`anullsrc=r=${sampleRate}`);
});
