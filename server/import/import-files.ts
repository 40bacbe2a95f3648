// Keeps an uploaded file until its import is over; of no more bytes than are allowed.
import { createWriteStream } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refused } from '../contract/reply.ts';

export class ImportFiles {
  readonly #folder: string;
  readonly #mostBytes: number;

  constructor({ folder, mostBytes = 64 * 1024 * 1024 }: { readonly folder: string; readonly mostBytes?: number }) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** @param id made by us, never by a caller */
  path(id: string): string {
    return join(this.#folder, id);
  }

  /** Resolves with the number of bytes. Throws `Refused('too-large')`; what was written then is the caller's to remove. */
  async keep(id: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const most = this.#mostBytes;
    let bytes = 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength;
        if (bytes > most) throw new Refused('too-large', 'The file is too large', { mostBytes: most });
        yield chunk;
      }
    };
    await pipeline(body, counted, createWriteStream(this.path(id), { mode: 0o600 }));
    return bytes;
  }

  has(id: string): Promise<boolean> {
    return access(this.path(id)).then(
      () => true,
      () => false,
    );
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
  }
}
