// One file of a recording on disk, read and cut by its plain bytes, whether it is sealed or not.
import { type FileHandle, open } from 'node:fs/promises';
import { FrameBroken } from './frame.ts';
import type { FileEnd, Sealing, StoredBytes } from './frames.ts';

const chunkBytes = 256 * 1024;

export const bytesOf = (file: FileHandle): StoredBytes => ({
  read: (start, length) => readAt(file, start, length),
  async *stream(start, end) {
    for (let at = start; at < end; ) {
      const chunk = await readAt(file, at, Math.min(chunkBytes, end - at));
      if (chunk.length === 0) throw new FrameBroken('the file became shorter while it was read');
      at += chunk.length;
      yield chunk;
    }
  },
});

const readAt = async (file: FileHandle, start: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
};

/** All plain bytes that can be read: up to a torn end. For small files. Rejects with ENOENT when it is not there. */
export const readSound = async (path: string, sealing: Sealing): Promise<{ readonly plain: Buffer; readonly end: FileEnd }> => {
  const file = await open(path, 'r');
  try {
    const stored = bytesOf(file);
    const map = sealing.map();
    const end = await map.soundEnd(stored, (await file.stat()).size);
    const pieces: Buffer[] = [];
    for await (const piece of map.read(stored, 0, end.plainBytes)) pieces.push(piece);
    return { plain: Buffer.concat(pieces), end };
  } finally {
    await file.close();
  }
};

/** How many plain bytes of a file can be read; undefined when it is not there. */
export const soundBytes = async (path: string, sealing: Sealing): Promise<number | undefined> => {
  const file = await open(path, 'r').catch(absent);
  if (!file) return undefined;
  try {
    return (await sealing.map().soundEnd(bytesOf(file), (await file.stat()).size)).plainBytes;
  } finally {
    await file.close();
  }
};

/**
 * Cuts a file to so many plain bytes, and drops a torn end even when that is all. Answers where the next append goes.
 * Safe to be killed in: the head of the last frame is sealed anew over the old one before the rest is cut.
 */
export const cutFile = async (path: string, sealing: Sealing, plainBytes: number): Promise<FileEnd> => {
  const file = await open(path, 'r+');
  try {
    const stored = bytesOf(file);
    const map = sealing.map();
    await map.grow(stored, (await file.stat()).size);
    const { at, bytes, end } = await map.cut(stored, plainBytes);
    if (bytes.length > 0) await file.write(bytes, 0, bytes.length, at);
    await file.truncate(at + bytes.length);
    await file.datasync();
    return end;
  } finally {
    await file.close();
  }
};

const absent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};
