// Makes a directory whole that a dead process left behind: what is not in the index is cut off, and an end is written or the recording goes on.

import { open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import { RecordingFile } from '../../contract/recording.ts';
import { type FileEnd, type Sealing, sealingOf } from '../files/frames.ts';
import { cutFile, readSound, soundBytes } from '../files/stored-file.ts';
import {
  eventsFile,
  extentOfLine,
  line,
  type PartEvent,
  type RecordingEvent,
  readEvents,
  readIndex,
  Session,
  sessionFile,
  wholeLines,
} from './format.ts';
import { openParts } from './manifest.ts';

/** A directory in which every part has its end. */
export type Mended = {
  readonly events: readonly RecordingEvent[];
  /** Where the next event is appended. */
  readonly eventsEnd: FileEnd;
  /** The highest number of a part. */
  readonly parts: number;
  /** Of media. */
  readonly bytes: number;
  /** Of the last picture, sound or event. */
  readonly lastMs: number;
  readonly paused: boolean;
  readonly ended: boolean;
};

const ifThere = async <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });

/** Drops a torn end and a half last line; answers the whole lines and where the next is appended. */
const cutToWholeLines = async (path: string, sealing: Sealing): Promise<{ readonly text: string; readonly end: FileEnd }> => {
  const { plain, end } = await readSound(path, sealing);
  const whole = plain.lastIndexOf(0x0a) + 1;
  const isWhole = whole === plain.length && end.storedBytes === (await stat(path)).size;
  return { text: plain.toString('utf8', 0, whole), end: isWhole ? end : await cutFile(path, sealing, whole) };
};

/**
 * Gives every part an end where what its index names ends. Does nothing to a directory that is whole.
 * Nobody else may write there. Rejects when the directory is not there or not readable as this format.
 */
export const mendDirectory = async (path: string, key: Buffer | null): Promise<Mended> => {
  await readSession(path, key);
  const sealing = sealingOf(key, eventsFile);
  const { text, end } = await cutToWholeLines(join(path, eventsFile), sealing);
  const events = readEvents(text);
  const parts = await removeStrays(path, events);
  const added: RecordingEvent[] = [];
  let lastMs = Math.max(0, ...events.map((event) => (event.type === 'part-end' ? event.endMs : event.at)));
  for (const part of openParts(events)) {
    const kept = await mendPart(path, part, key);
    lastMs = Math.max(lastMs, kept.endMs);
    added.push({ type: 'part-end', at: lastMs, file: part.file, ...kept });
  }
  const eventsEnd = await appendEvents(path, sealing, end, added);
  const all = [...events, ...added];
  const lastTurn = all.findLast(({ type }) => type === 'paused' || type === 'resumed');
  return {
    events: all,
    eventsEnd,
    parts,
    bytes: all.reduce((sum, event) => (event.type === 'part-end' ? sum + event.bytes : sum), 0),
    lastMs,
    paused: lastTurn?.type === 'paused',
    ended: all.some(({ type }) => type === 'end'),
  };
};

/** Also proves the key before anything is cut that only looks torn under a wrong one. */
const readSession = async (path: string, key: Buffer | null): Promise<Session> => {
  const { plain } = await readSound(join(path, sessionFile), sealingOf(key, sessionFile));
  return Session.parse(JSON.parse(plain.toString()));
};

/** Mends and ends it; a recording that has an end keeps that. Answers the bytes of media that it holds. */
export const endDirectory = async (
  path: string,
  key: Buffer | null,
  reason: RecordingEndReason,
): Promise<{ readonly bytes: number; readonly lastMs: number }> => {
  const { ended, eventsEnd, bytes, lastMs } = await mendDirectory(path, key);
  if (!ended) await appendEvents(path, sealingOf(key, eventsFile), eventsEnd, [{ type: 'end', at: lastMs, reason }]);
  return { bytes, lastMs };
};

const appendEvents = async (path: string, sealing: Sealing, end: FileEnd, events: readonly RecordingEvent[]): Promise<FileEnd> => {
  if (events.length === 0) return end;
  const sealer = sealing.sealer(end);
  const file = await open(join(path, eventsFile), 'a');
  try {
    await file.appendFile(sealer.seal(Buffer.from(events.map(line).join(''))));
    await file.datasync();
  } finally {
    await file.close();
  }
  return sealer.end;
};

const mendPart = async (
  path: string,
  { file, index, startMs, initBytes }: PartEvent,
  key: Buffer | null,
): Promise<{ readonly endMs: number; readonly bytes: number }> => {
  const mediaPath = join(path, file);
  const indexPath = join(path, index);
  const mediaSealing = sealingOf(key, file);
  const indexSealing = sealingOf(key, index);
  const mediaBytes = (await soundBytes(mediaPath, mediaSealing)) ?? 0;
  const text = (await ifThere(readSound(indexPath, indexSealing)))?.plain.toString() ?? '';
  const kept = wholePartOf(text, initBytes, mediaBytes);
  if (kept.bytes === 0) await Promise.all([mediaPath, indexPath].map((one) => ifThere(unlink(one))));
  else {
    await cutFile(mediaPath, mediaSealing, kept.bytes);
    await cutFile(indexPath, indexSealing, kept.indexBytes);
  }
  return { endMs: Math.max(kept.endMs, startMs), bytes: Math.max(kept.bytes, initBytes) };
};

/**
 * How far a part is whole: as far as its index goes, but after a loss of power not further than its bytes,
 * because the index may name what never reached the disk.
 */
const wholePartOf = (
  index: string,
  initBytes: number,
  mediaBytes: number,
): { readonly endMs: number; readonly bytes: number; readonly indexBytes: number } => {
  let kept = { endMs: 0, bytes: 0, indexBytes: 0 };
  const texts = wholeLines(index).split('\n');
  for (const [number, entry] of readIndex(index).entries()) {
    const extent = extentOfLine(entry);
    if (entry[2] !== (kept.bytes || initBytes) || extent.bytes > mediaBytes) break;
    kept = { ...extent, indexBytes: kept.indexBytes + Buffer.byteLength(texts[number] ?? '') + 1 };
  }
  return kept;
};

/** The recorder may die between making a part's files and writing of it. Answers the highest number of a part that was ever begun. */
const removeStrays = async (path: string, events: readonly RecordingEvent[]): Promise<number> => {
  const named = new Set(events.flatMap((event) => (event.type === 'part' ? [event.file, event.index] : [])));
  const found = (await readdir(path)).filter((name) => RecordingFile.safeParse(name).success);
  for (const name of found) if (!named.has(name)) await unlink(join(path, name));
  return Math.max(0, ...[...named, ...found].map((name) => Number.parseInt(name.slice(1), 10)));
};
