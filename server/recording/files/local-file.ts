// Writes files of recordings so that they appear whole or not at all, and sums what lies on disk.
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { mostInFrame } from './frame.ts';
import type { Sealing } from './frames.ts';
import { bytesOf } from './stored-file.ts';

export interface Sum {
  readonly bytes: number;
  readonly storedBytes: number;
  readonly sha256: string;
}

/** On disk when it resolves, under a name that the caller gives it. Leaves nothing behind when it rejects. */
export const writeSealed = async (path: string, sealing: Sealing, source: Readable | Buffer): Promise<Sum> => {
  const file = await open(path, 'wx', 0o600);
  const sealer = sealing.sealer();
  const hash = createHash('sha256');
  try {
    for await (const plain of framed(source, sealing.isSealed)) {
      const stored = sealer.seal(plain);
      hash.update(stored);
      await file.appendFile(stored);
    }
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  const { plainBytes, storedBytes } = sealer.end;
  return { bytes: plainBytes, storedBytes, sha256: hash.digest('hex') };
};

/** The name holds the new file after a loss of power too. */
export const moveInto = async (from: string, to: string): Promise<void> => {
  await rename(from, to);
  const directory = await open(dirname(to), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

/** Rejects with ENOENT when it is not there. `onBytes` may hold the reading up. */
export const sumOf = async (path: string, sealing: Sealing, onBytes: (bytes: number) => Promise<void> = noWaiting): Promise<Sum> => {
  const file = await open(path, 'r');
  try {
    const stored = bytesOf(file);
    const { size } = await file.stat();
    const hash = createHash('sha256');
    for await (const chunk of stored.stream(0, size)) {
      hash.update(chunk);
      await onBytes(chunk.length);
    }
    const map = sealing.map();
    await map.grow(stored, size);
    return { bytes: map.end.plainBytes, storedBytes: size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
};

const noWaiting = async (): Promise<void> => undefined;

/** In pieces that fill frames, so that a stream of small pieces does not become a file of headers. */
async function* framed(source: Readable | Buffer, isSealed: boolean): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(source)) {
    yield source;
    return;
  }
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (isSealed && waitingBytes < mostInFrame) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  yield Buffer.concat(waiting);
}
