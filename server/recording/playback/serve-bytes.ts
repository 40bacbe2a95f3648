// Answers a request for a file, whole or by range (RFC 9110, section 14), with headers that let nothing be made of it but what it is.
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { Refused } from '../../contract/reply.ts';
import { type ByteRange, readRange } from './byte-range.ts';

export interface Servable {
  readonly mime: string;
  readonly bytes: number;
  /** For files that will not change: names this content and no other. */
  readonly tag?: string;
  /** It is saved under this name, and not shown. */
  readonly saveAs?: string;
  /** Whether the bytes may be given out; missing: all may. */
  readonly allows?: (range: ByteRange) => Promise<boolean>;
  readonly open: (range: ByteRange) => Promise<Readable>;
  /** Lets pieces through as fast as they may go; missing: as fast as they come. */
  readonly paced?: (source: Readable) => AsyncIterable<Buffer>;
}

/** A media file is never changed on its way, and never kept by anyone but the browser's own player. */
export const cacheControl = 'private, no-store, no-transform';

export async function serveBytes(request: Request, response: Response, file: Servable): Promise<void> {
  const etag = file.tag === undefined ? undefined : `"${file.tag}"`;
  // A download that goes on after an interruption must get the rest of the same file.
  const isSame = request.headers['if-range'] === undefined || (etag !== undefined && request.headers['if-range'] === etag);
  const range = readRange(isSame ? request.headers.range : undefined, file.bytes);
  response.set({ 'Accept-Ranges': 'bytes', 'Cache-Control': cacheControl });
  if (range === 'unsatisfiable') {
    response.set('Content-Range', `bytes */${file.bytes}`);
    throw new Refused('range-not-satisfiable', 'The range begins behind the end of the file');
  }
  const wanted = range === 'whole' ? { start: 0, end: file.bytes - 1 } : range;
  if (file.allows && !(await file.allows(wanted))) throw new Refused('not-allowed', 'Something of this was cut out', { why: 'cut' });
  const isEmpty = request.method === 'HEAD' || file.bytes === 0;
  // Before any header says what is coming: where it cannot be read, the answer is a refusal.
  const source = isEmpty ? null : await file.open(wanted);
  if (file.saveAs !== undefined) response.attachment(file.saveAs);
  if (range !== 'whole') response.status(206).set('Content-Range', `bytes ${wanted.start}-${wanted.end}/${file.bytes}`);
  response.set({
    'Content-Type': file.mime,
    'Content-Length': String(wanted.end - wanted.start + 1),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(etag && { ETag: etag }),
  });
  if (source === null) response.end();
  else await send(file.paced ? file.paced(source) : source, response);
}

async function send(source: AsyncIterable<Buffer> | Readable, response: Response): Promise<void> {
  try {
    await pipeline(source, response);
  } catch (error) {
    // A player that seeks closes the request it does not need any more.
    if (response.destroyed || response.closed) return;
    throw error;
  }
}
