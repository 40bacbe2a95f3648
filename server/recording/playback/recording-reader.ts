// Reads recordings from disk for the player: the manifest, and which bytes of which file may be sent.

import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingFile, RecordingManifest } from '../../contract/recording.ts';
import { eventsFile, extentOf, type PartExtent, readEvents, Session, sessionFile } from '../format/format.ts';
import { foldManifest, openParts } from '../format/manifest.ts';

/** Longer than any index line. */
const tailBytes = 512;
/** Manifests of ended recordings kept in memory: they never change. */
const mostKept = 100;

export type ReadableFile = { readonly path: string; readonly mime: string; readonly bytes: number };

export class RecordingReader {
  readonly #root: string;
  readonly #kept = new Map<string, RecordingManifest>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Rejects when the directory is not there. */
  async manifest(directory: string): Promise<RecordingManifest> {
    const kept = this.#kept.get(directory);
    if (kept) return kept;
    const path = join(this.#root, directory);
    const session = Session.parse(JSON.parse(await readFile(join(path, sessionFile), 'utf8')));
    const events = readEvents(await readFile(join(path, eventsFile), 'utf8'));
    const extents = new Map<string, PartExtent>();
    for (const part of openParts(events)) {
      const extent = extentOf(await readTail(join(path, part.index)));
      if (extent) extents.set(part.file, extent);
    }
    const manifest = foldManifest(session, events, extents);
    if (manifest.state === 'ended') this.#keep(directory, manifest);
    return manifest;
  }

  /** Only what the manifest names, and of that only what is indexed; `undefined` for all else. */
  async file(directory: string, name: RecordingFile): Promise<ReadableFile | undefined> {
    const manifest = await this.manifest(directory);
    const path = join(this.#root, directory, name);
    for (const { parts } of manifest.tracks) {
      for (const part of parts) {
        if (part.file === name) return { path, mime: part.mime, bytes: part.bytes };
        if (part.index === name)
          return { path, mime: 'application/jsonl', bytes: part.open ? await wholeLineBytes(path) : (await stat(path)).size };
      }
    }
    return undefined;
  }

  #keep(directory: string, manifest: RecordingManifest): void {
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= mostKept && !oldest.done) this.#kept.delete(oldest.value);
    this.#kept.set(directory, manifest);
  }
}

/** The end of a file as text, from the beginning of a line on; empty when the file is not there yet. */
const readTail = async (path: string): Promise<string> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
};

const wholeLineBytes = async (path: string): Promise<number> => (await readFile(path)).lastIndexOf(0x0a) + 1;
