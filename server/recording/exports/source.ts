// Takes out of a recording's file what a piece is made of: the head, and the fragments of its time that may be played.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FragmentLine, RecordingPart } from '../../contract/recording.ts';
import type { Span } from '../../contract/watching-time.ts';
import { reading } from './fault.ts';
import type { Making } from './making.ts';

type Reading = Pick<Making, 'recording' | 'folder' | 'playback' | 'signal'>;

/** Sound is decoded from a little earlier, so that the decoder has found its voice. */
const soundLeadMs = 100;

/** Lines of the part whose time meets the span; from the key fragment on without which the first picture cannot be decoded. */
export function linesWithin(lines: readonly FragmentLine[], span: Span): FragmentLine[] {
  const before = lines.filter(([at]) => at < span.toMs);
  const covering = before.findLastIndex(([at, , , , key]) => key === 1 && at <= span.fromMs);
  return before.slice(Math.max(0, covering));
}

/** Bytes from and up to, each; what touches is one range. */
export function rangesOf(lines: readonly FragmentLine[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const [, , offset, bytes] of lines) {
    const last = ranges.at(-1);
    if (last && last.end + 1 === offset) last.end += bytes;
    else ranges.push({ start: offset, end: offset + bytes - 1 });
  }
  return ranges;
}

/** Of one part of a file, which may be several after cuts. */
export async function linesOf({ recording, playback }: Reading, part: RecordingPart): Promise<FragmentLine[]> {
  const lines = await reading(playback.index(recording, part.index, 'viewer'));
  return lines.filter(([at, lasts]) => at + lasts > part.startMs && at < part.endMs);
}

/** Writes a file that holds these fragments; its timestamps are class time. */
export async function copyLines(making: Reading, part: RecordingPart, lines: readonly FragmentLine[], path: string): Promise<void> {
  const { folder, signal } = making;
  async function* bytes() {
    for (const { start, end } of [{ start: 0, end: part.initBytes - 1 }, ...rangesOf(lines)])
      yield* await folder.stream(part.file, start, end);
  }
  await reading(pipeline(Readable.from(bytes(), { objectMode: false }), createWriteStream(path, { mode: 0o600 }), { signal }));
}

export async function copyPart(making: Reading, part: RecordingPart, span: Span, path: string): Promise<void> {
  const lead = part.width === undefined ? soundLeadMs : 0;
  const lines = linesWithin(await linesOf(making, part), { fromMs: span.fromMs - lead, toMs: span.toMs });
  await copyLines(making, part, lines, path);
}
