// Laws of leaving out: what was cut is given to nobody, nothing else is lost, and taking all edits back gives what was there first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FragmentLine, RecordingManifest } from '../../contract/recording.ts';
import { NewRecordingEdit } from '../../contract/recording-edits.ts';
import { applyEdits, indexesToRead, withCutsListed } from './apply.ts';

const initBytes = 100;

/** Three parts of two people, with fragments of half a second or so; of pictures every fourth begins on a key frame. */
const recorded = fc
  .array(
    fc.array(fc.record({ ms: fc.integer({ min: 1, max: 900 }), bytes: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 30 }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => {
    const lines = new Map<string, FragmentLine[]>();
    const sources = ['camera', 'microphone', 'screen', 'camera'] as const;
    const tracks = parts.map((fragments, number) => {
      let at = number * 700;
      let offset = initBytes;
      const source = sources[number] ?? 'camera';
      const index = `p000${number}.jsonl`;
      const own = fragments.map(({ ms, bytes }, nth) => {
        const line = FragmentLine.parse([at, ms, offset, bytes, source === 'microphone' || nth % 4 === 0 ? 1 : 0]);
        at += ms;
        offset += bytes;
        return line;
      });
      lines.set(index, own);
      const part = {
        file: `p000${number}.mp4`,
        index,
        mime: 'video/mp4',
        startMs: number * 700,
        endMs: at,
        initBytes,
        bytes: offset,
        open: false,
      };
      return { trackId: `t${number}`, participantId: number < 2 ? 'a' : 'b', name: 'N', source, parts: [part] };
    });
    const durationMs = Math.max(...tracks.flatMap((track) => track.parts.map(({ endMs }) => endMs)));
    const about = { id: 'r', lessonId: 'l', state: 'ended', startedAt: 0, durationMs, pauses: [], gaps: [], cuts: [] };
    return { manifest: RecordingManifest.parse({ ...about, tracks }), lines };
  });

const cut = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.option(fc.integer({ min: 1, max: 8000 })))
  .map(([fromMs, lasts]) => NewRecordingEdit.parse({ kind: 'cut', fromMs, toMs: lasts === null ? null : fromMs + lasts }));
const drop = fc
  .record({ kind: fc.constant('drop'), participantId: fc.constantFrom('a', 'b', 'nobody'), what: fc.constantFrom('picture', 'voice') })
  .map((edit) => NewRecordingEdit.parse(edit));
const edits = fc.array(fc.oneof(cut, drop), { maxLength: 5 });

const cutsOf = (made: readonly NewRecordingEdit[]) =>
  made.flatMap((edit) => (edit.kind === 'cut' ? [{ fromMs: edit.fromMs, toMs: edit.toMs ?? Number.POSITIVE_INFINITY }] : []));

describe('V44 leaving out', () => {
  it('gives a viewer no index line and no byte of what was cut or dropped', () => {
    fc.assert(
      fc.property(recorded, edits, ({ manifest, lines }, made) => {
        const needed = new Set<string>(indexesToRead(manifest, made));
        const known = new Map([...lines].filter(([name]) => needed.has(name)));
        const edited = applyEdits(manifest, made, known);
        for (const { participantId, source, parts } of edited.manifest.tracks) {
          const what = source === 'camera' ? 'picture' : source === 'microphone' ? 'voice' : null;
          expect(made.some((edit) => edit.kind === 'drop' && edit.participantId === participantId && edit.what === what)).toBe(false);
          for (const { index } of parts)
            for (const [at, lasts] of edited.lines.get(index) ?? lines.get(index) ?? [])
              expect(cutsOf(made).some(({ fromMs, toMs }) => at < toMs && at + lasts > fromMs)).toBe(false);
        }
      }),
    );
  });

  it('loses nothing else: of sound what the cuts do not touch, of pictures that and no more than up to the next key frame', () => {
    fc.assert(
      fc.property(recorded, edits, ({ manifest, lines }, made) => {
        const edited = applyEdits(manifest, made, lines);
        for (const { trackId, parts } of edited.manifest.tracks) {
          const [whole] = manifest.tracks.find((track) => track.trackId === trackId)?.parts ?? [];
          const all = lines.get(whole?.index ?? '') ?? [];
          const left = new Set(edited.lines.get(whole?.index ?? '') ?? all);
          let waits = false;
          for (const line of all) {
            const [at, lasts, , , key] = line;
            const isCut = cutsOf(made).some(({ fromMs, toMs }) => at < toMs && at + lasts > fromMs);
            waits = isCut || (waits && key === 0);
            expect(left.has(line)).toBe(!waits);
          }
          expect(parts.every(({ startMs, endMs }) => endMs > startMs)).toBe(true);
          expect(
            all.filter((line) => left.has(line)).every(([at]) => parts.some(({ startMs, endMs }) => startMs <= at && at < endMs)),
          ).toBe(true);
        }
      }),
    );
  });

  it('begins every part on a key frame, without a hole in it', () => {
    fc.assert(
      fc.property(recorded, edits, ({ manifest, lines }, made) => {
        const edited = applyEdits(manifest, made, lines);
        for (const part of edited.manifest.tracks.flatMap(({ parts }) => parts)) {
          const own = (edited.lines.get(part.index) ?? lines.get(part.index) ?? []).filter(([at]) => part.startMs <= at && at < part.endMs);
          expect(own[0]?.[4]).toBe(1);
          expect(own[0]?.[0]).toBe(part.startMs);
          for (const [nth, [at, lasts, offset, bytes]] of own.entries()) {
            const next = own[nth + 1];
            expect([at + lasts, offset + bytes]).toEqual(next ? [next[0], next[2]] : [part.endMs, part.bytes]);
          }
        }
      }),
    );
  });

  it('gives what was there first when all edits are taken back', () => {
    fc.assert(
      fc.property(recorded, ({ manifest, lines }) => {
        expect(applyEdits(manifest, [], lines)).toEqual({ manifest, lines: new Map() });
      }),
    );
  });

  it('shows those who edit everything, and what others do not see', () => {
    fc.assert(
      fc.property(recorded, edits, ({ manifest, lines }, made) => {
        const all = withCutsListed(manifest, made);
        expect(all.tracks).toEqual(manifest.tracks);
        expect(all.cuts).toEqual(applyEdits(manifest, made, lines).manifest.cuts);
      }),
    );
  });
});
