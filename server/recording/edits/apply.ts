// Takes out of a recording what its teachers left out. Pure: manifest and index lines in, manifest and index lines out; no byte is changed.
import { type FragmentLine, type RecordingManifest, type RecordingPart, RecordingSpan } from '../../contract/recording.ts';
import type { NewRecordingEdit } from '../../contract/recording-edits.ts';
import { joined, type Span } from '../../contract/watching-time.ts';

/** By the name of an index. */
export type Lines = ReadonlyMap<string, readonly FragmentLine[]>;

export interface Edited {
  readonly manifest: RecordingManifest;
  /** What is left of the indexes that were cut; those of other parts are as they were. */
  readonly lines: Lines;
}

type Track = RecordingManifest['tracks'][number];

/** The indexes that must be read before the edits can be applied. */
export function indexesToRead(manifest: RecordingManifest, edits: readonly NewRecordingEdit[]): RecordingPart['index'][] {
  const cuts = cutsOf(edits);
  const parts = manifest.tracks.filter(isLeft(edits)).flatMap((track) => track.parts);
  return parts.filter((part) => cuts.some((cut) => touches(cut, part.startMs, part.endMs))).map(({ index }) => index);
}

/** @param lines of all that `indexesToRead` names */
export function applyEdits(manifest: RecordingManifest, edits: readonly NewRecordingEdit[], lines: Lines): Edited {
  const cuts = cutsOf(edits);
  const left = new Map<string, readonly FragmentLine[]>();
  const tracks = manifest.tracks.filter(isLeft(edits)).flatMap((track) => {
    const parts = track.parts.flatMap((part) => {
      if (!cuts.some((cut) => touches(cut, part.startMs, part.endMs))) return [part];
      const runs = runsOutside(lines.get(part.index) ?? [], cuts);
      left.set(part.index, runs.flat());
      return runs.map((run) => partOf(part, run));
    });
    return parts.length === 0 ? [] : [{ ...track, parts }];
  });
  const { durationMs } = manifest;
  const shown = cuts.map(({ fromMs, toMs }) => ({ fromMs: Math.min(fromMs, durationMs), toMs: Math.min(toMs, durationMs) }));
  return { manifest: { ...manifest, cuts: joined(shown, 0).map((cut) => RecordingSpan.parse(cut)), tracks }, lines: left };
}

/** What editors see: everything, and which passages others do not. */
export function withCutsListed(manifest: RecordingManifest, edits: readonly NewRecordingEdit[]): RecordingManifest {
  return { ...manifest, cuts: applyEdits({ ...manifest, tracks: [] }, edits, new Map()).manifest.cuts };
}

function cutsOf(edits: readonly NewRecordingEdit[]): Span[] {
  const cuts = edits.flatMap((edit) => (edit.kind === 'cut' ? [{ fromMs: edit.fromMs, toMs: edit.toMs ?? Number.POSITIVE_INFINITY }] : []));
  return joined(cuts, 0);
}

/** A screen is the class's and not the person's picture: a passage of it can be cut. */
const sourceOf = { picture: 'camera', voice: 'microphone' } as const;

const isLeft =
  (edits: readonly NewRecordingEdit[]) =>
  ({ participantId, source }: Track): boolean =>
    !edits.some((edit) => edit.kind === 'drop' && edit.participantId === participantId && sourceOf[edit.what] === source);

function touches({ fromMs, toMs }: Span, startMs: number, endMs: number): boolean {
  return startMs < toMs && endMs > fromMs;
}

/** Rows of neighbours that no cut touches. What follows a cut begins on a key frame: a picture before that is made of what was cut. */
function runsOutside(lines: readonly FragmentLine[], cuts: readonly Span[]): FragmentLine[][] {
  const runs: FragmentLine[][] = [];
  let run: FragmentLine[] | null = null;
  let isBroken = false;
  for (const line of lines) {
    const [startMs, lastsMs, , , key] = line;
    if (cuts.some((cut) => touches(cut, startMs, startMs + lastsMs))) {
      run = null;
      isBroken = true;
      continue;
    }
    if (isBroken && key === 0) continue;
    isBroken = false;
    if (run === null) {
      run = [];
      runs.push(run);
    }
    run.push(line);
  }
  return runs;
}

function partOf(part: RecordingPart, run: readonly FragmentLine[]): RecordingPart {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a run has no fragment');
  const [startMs] = first;
  const [lastMs, lastsMs, offset, bytes] = last;
  return { ...part, startMs, endMs: lastMs + lastsMs, bytes: offset + bytes };
}
