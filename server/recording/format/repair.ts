// Makes a directory whole that a dead process left behind: what is not in the index is cut off, and an end is written.

import { appendFile, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import { eventsFile, extentOf, line, type RecordingEvent, readEvents, wholeLines } from './format.ts';
import { openParts } from './manifest.ts';

/** Drops a half last line and answers the whole ones. */
const cutToWholeLines = async (path: string): Promise<string> => {
  const bytes = await readFile(path);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  if (whole.length < bytes.length) await truncate(path, whole.length);
  return wholeLines(whole.toString());
};

const ifThere = async <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });

/**
 * Does nothing to a recording that has an end. Answers the bytes of media that it holds.
 * Rejects when the directory is not there or not readable as this format.
 */
export const repairDirectory = async (
  path: string,
  reason: RecordingEndReason,
): Promise<{ readonly bytes: number; readonly lastMs: number }> => {
  const eventsPath = join(path, eventsFile);
  const events = readEvents(await cutToWholeLines(eventsPath));
  const added: RecordingEvent[] = [];
  let lastMs = Math.max(0, ...events.map((event) => (event.type === 'part-end' ? event.endMs : event.at)));
  for (const part of openParts(events)) {
    const mediaPath = join(path, part.file);
    const indexPath = join(path, part.index);
    const mediaBytes = (await ifThere(stat(mediaPath)))?.size ?? 0;
    const index = (await ifThere(readFile(indexPath, 'utf8'))) ?? '';
    const kept = wholePartOf(index, mediaBytes);
    if (mediaBytes > kept.bytes) await truncate(mediaPath, kept.bytes);
    if (index.length > kept.indexBytes) await truncate(indexPath, kept.indexBytes);
    lastMs = Math.max(lastMs, kept.endMs);
    added.push({
      type: 'part-end',
      at: lastMs,
      file: part.file,
      endMs: Math.max(kept.endMs, part.startMs),
      bytes: Math.max(kept.bytes, part.initBytes),
    });
  }
  const ended = events.some((event) => event.type === 'end');
  if (!ended) added.push({ type: 'end', at: lastMs, reason });
  if (added.length > 0) await appendFile(eventsPath, added.map(line).join(''), { flush: true });
  const bytes = [...events, ...added].reduce((sum, event) => (event.type === 'part-end' ? sum + event.bytes : sum), 0);
  return { bytes, lastMs };
};

/**
 * How far a part is whole: as far as its index goes, but after a loss of power not further than its bytes,
 * because the index may name what never reached the disk.
 */
const wholePartOf = (
  index: string,
  mediaBytes: number,
): { readonly endMs: number; readonly bytes: number; readonly indexBytes: number } => {
  let kept = { endMs: 0, bytes: 0, indexBytes: 0 };
  for (const entry of wholeLines(index).split('\n')) {
    const extent = extentOf(`${entry}\n`);
    if (!extent || extent.bytes > mediaBytes) break;
    kept = { ...extent, indexBytes: kept.indexBytes + entry.length + 1 };
  }
  return kept;
};
