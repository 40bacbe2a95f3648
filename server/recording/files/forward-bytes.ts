// Small reads that only go forward, served out of one long stream.
import { FrameBroken } from './frame.ts';
import type { StoredBytes } from './frames.ts';

export const forward = async <T>(stored: StoredBytes, end: number, work: (once: StoredBytes) => Promise<T>): Promise<T> => {
  if (end === 0) return work(stored);
  const pieces = stored.stream(0, end)[Symbol.asyncIterator]();
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  const next = async (): Promise<Buffer> => {
    const piece = await pieces.next();
    if (piece.done) throw new FrameBroken('the file is shorter than it should be');
    return piece.value;
  };
  try {
    return await work({
      stream: stored.stream,
      async read(start, length) {
        while (at + bytes.length <= start) {
          at += bytes.length;
          bytes = await next();
        }
        bytes = bytes.subarray(start - at);
        at = start;
        while (bytes.length < length) bytes = Buffer.concat([bytes, await next()]);
        return bytes.subarray(0, length);
      },
    });
  } finally {
    await pieces.return?.();
  }
};
