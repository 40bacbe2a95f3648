// The stretches of the film cover what there is to watch, exactly, and show nothing else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import { RecordingFile, type RecordingManifest, type RecordingPart } from '../../contract/recording.ts';
import { joined, type Span, watchingTimeOf } from '../../contract/watching-time.ts';
import { frameAt, framesPerSecond, layoutOf, type Scene } from './layout.ts';

let number = 0;
const part = ({ fromMs, toMs }: Span): RecordingPart => {
  number = (number % 9999) + 1;
  const name = `p${String(number).padStart(4, '0')}`;
  const files = { file: RecordingFile.parse(`${name}.mp4`), index: RecordingFile.parse(`${name}.jsonl`) };
  return { ...files, mime: 'video/mp4', startMs: fromMs, endMs: toMs, width: 640, height: 360, initBytes: 1, bytes: 2, open: false };
};

const track = (source: 'camera' | 'screen', who: string, spans: readonly Span[]) => ({
  trackId: TrackId.parse(`${source}-${who}`),
  participantId: ParticipantId.parse(who),
  name: who,
  source,
  parts: spans.map(part),
});

const manifestOf = (
  durationMs: number,
  tracks: RecordingManifest['tracks'],
  cuts: readonly Span[] = [],
  pauses: readonly Span[] = [],
): RecordingManifest => ({
  ...{ id: RecordingId.parse('r'), lessonId: LessonId.parse('l'), state: 'ended', startedAt: 0, durationMs },
  ...{ pauses: [...pauses], gaps: [], cuts: [...cuts], tracks },
});

const spansIn = (durationMs: number) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: durationMs - 1 }), fc.integer({ min: 1, max: 9000 })), { maxLength: 5 }).map((pairs) =>
    joined(
      pairs.map(([fromMs, length]) => ({ fromMs, toMs: Math.min(durationMs, fromMs + length) })),
      1,
    ),
  );

const durationMs = 40_000;
const classes = fc.record({
  screen: spansIn(durationMs),
  first: spansIn(durationMs),
  second: spansIn(durationMs),
  cuts: spansIn(durationMs),
  pauses: spansIn(durationMs),
  spoken: spansIn(durationMs),
  mostMs: fc.integer({ min: 500, max: 60_000 }),
});

const partsOf = (scene: Scene): RecordingPart[] => {
  if (scene.kind === 'card') return [];
  if (scene.kind === 'speaker') return [scene.camera];
  return scene.camera === null ? [scene.screen] : [scene.screen, scene.camera];
};

it('V31 each picture is there once, in order, at its moment of watching time, and none is of a moment that is skipped', () => {
  fc.assert(
    fc.property(classes, ({ screen, first, second, cuts, pauses, spoken, mostMs }) => {
      const tracks = [track('screen', 'a', screen), track('camera', 'a', first), track('camera', 'b', second)];
      const manifest = manifestOf(durationMs, tracks, cuts, pauses);
      const watching = watchingTimeOf(manifest);
      const spans = spoken.map(({ fromMs, toMs }): [number, number] => [fromMs, toMs]);
      const speech = [{ participantId: ParticipantId.parse('b'), name: 'b', spans }];
      const segments = layoutOf({ manifest, watching, speech, mostMs });
      expect(segments[0]?.fromFrame ?? 0).toBe(0);
      expect(segments.at(-1)?.toFrame ?? 0).toBe(frameAt(watching.lengthMs));
      for (const [n, { fromFrame, toFrame, classMs, scene }] of segments.entries()) {
        if (n > 0) expect(fromFrame).toBe(segments[n - 1]?.toFrame);
        for (let frame = fromFrame; frame < toFrame; frame++) {
          const at = classMs + ((frame - fromFrame) * 1000) / framesPerSecond;
          // One expectation for each picture would take seconds.
          const isWatched = watching.afterSkipped(at) === at;
          const isInPlace = Math.abs(watching.toWatching(at) - (frame * 1000) / framesPerSecond) < 0.001;
          // A picture stands on over a hole of less than a second, as where its size changes.
          const isThere = partsOf(scene).every(({ startMs, endMs }) => startMs <= at + 0.001 && at < endMs + 1000);
          if (!isWatched || !isInPlace || !isThere) expect({ frame, at, isWatched, isInPlace, isThere }).toBeUndefined();
        }
        if (scene.kind !== 'card') expect(toFrame - fromFrame).toBeLessThanOrEqual((mostMs * framesPerSecond) / 1000 + 1);
      }
    }),
    { numRuns: 100 },
  );
});

const scenes = (manifest: RecordingManifest, speech: Parameters<typeof layoutOf>[0]['speech']) =>
  layoutOf({ manifest, watching: watchingTimeOf(manifest), speech, mostMs: 600_000 });
const said = (who: string, ...spans: [number, number][]) => ({ participantId: ParticipantId.parse(who), name: who, spans });

it('V35 shows the screen large and who has the floor beside it; a short word changes nothing', () => {
  const a = track('camera', 'a', [{ fromMs: 0, toMs: 60_000 }]);
  const b = track('camera', 'b', [{ fromMs: 0, toMs: 60_000 }]);
  const manifest = manifestOf(60_000, [track('screen', 'a', [{ fromMs: 0, toMs: 30_000 }]), a, b]);
  const found = scenes(manifest, [said('a', [0, 10_000], [21_000, 60_000]), said('b', [5000, 5800], [11_000, 20_000], [40_000, 41_000])]);
  expect(found.map(({ scene, fromFrame }) => [scene.kind, partsOf(scene).at(-1), fromFrame])).toEqual([
    ['screen', a.parts[0], 0],
    ['screen', b.parts[0], 11 * framesPerSecond],
    ['screen', a.parts[0], 21 * framesPerSecond],
    ['speaker', a.parts[0], 30 * framesPerSecond],
  ]);
});

it('V35 shows a card where there is nothing but sound', () => {
  const found = scenes(manifestOf(5000, []), []);
  expect(found).toEqual([{ scene: { kind: 'card' }, fromFrame: 0, toFrame: 75, classMs: 0 }]);
});
