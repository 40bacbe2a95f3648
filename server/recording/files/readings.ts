// Opens a file of a recording wherever it lies: here, or else in the remote store; in plain or sealed.
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingPlace } from '../../ports/recording-files.ts';
import type { FilesStore } from './files.store.ts';
import { forward } from './forward-bytes.ts';
import { type FileMap, type Sealing, type StoredBytes, sealingOf } from './frames.ts';
import type { RecordingKeys } from './keys.ts';
import { directoryIn, fileIn, mapName } from './layout.ts';
import type { RemoteStore } from './remote.ts';
import { bytesOf } from './stored-file.ts';

/** Maps of files that are read again and again: of the longest, a quarter of a megabyte each. */
const mostMaps = 300;

export interface Reading {
  readonly stored: StoredBytes;
  readonly storedBytes: number;
  /** Of the whole file as it is now. */
  readonly map: FileMap;
  /** Bytes that are no whole frame. */
  readonly tornBytes: number;
  /** Safe twice. */
  close(): Promise<void>;
}

export interface ReadingParts {
  readonly root: string;
  readonly keys: RecordingKeys;
  readonly store: FilesStore;
  readonly remote: RemoteStore | null;
  /** What our objects begin with there. */
  readonly prefix: string;
}

export class Readings {
  readonly #parts: ReadingParts;
  readonly #maps = new Map<string, FileMap>();

  constructor(parts: ReadingParts) {
    this.#parts = parts;
  }

  sealing({ id, sealedKey }: RecordingPlace, name: string): Sealing {
    return sealingOf(sealedKey === null ? null : this.#parts.keys.open(id, sealedKey), name);
  }

  directory({ directory }: RecordingPlace): string {
    return directoryIn(this.#parts.root, directory);
  }

  /** Of the object in the remote store. */
  key({ directory }: RecordingPlace, name: string): string {
    return `${this.#parts.prefix}${directory}/${name}`;
  }

  /** Undefined when there is no such file anywhere. */
  async open(place: RecordingPlace, name: string): Promise<Reading | undefined> {
    const file = await open(fileIn(this.directory(place), name), 'r').catch(absent);
    return file ? await this.#here(place, name, file) : await this.there(place, name);
  }

  async #here(place: RecordingPlace, name: string, file: FileHandle): Promise<Reading> {
    try {
      const { size, ino, birthtimeMs } = await file.stat();
      const map = this.#map(`${place.directory}/${name}:${ino}:${birthtimeMs}`, () => this.sealing(place, name).map());
      const stored = bytesOf(file);
      const tornBytes = await map.grow(stored, size);
      return { stored, storedBytes: size, map, tornBytes, close: once(() => file.close()) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Only in the remote store. Undefined when it was not carried there. */
  async there(place: RecordingPlace, name: string): Promise<Reading | undefined> {
    const row = await this.#parts.store.find(place.id, name);
    if (row?.place !== 'remote' && row?.place !== 'both') return undefined;
    const { remote } = this.#parts;
    if (!remote) throw new Error('The recording lies in a remote store, and none is set');
    const key = this.key(place, name);
    const stored: StoredBytes = {
      read: async (start, length) => joined(remote.read(key, start, Math.min(start + length, row.storedBytes))),
      stream: (start, end) => remote.read(key, start, end),
    };
    const known = this.#maps.get(`${key}:${row.sha256}`);
    const sealing = this.sealing(place, name);
    const packed = known || !sealing.isSealed ? undefined : await this.#packed(place, name, remote);
    const map = this.#map(`${key}:${row.sha256}`, () => sealing.map(packed));
    // Without the packed map the whole object is looked through once, in one stream instead of a request for each frame.
    const tornBytes = await (map.end.storedBytes === 0
      ? forward(stored, row.storedBytes, (once) => map.grow(once, row.storedBytes))
      : map.grow(stored, row.storedBytes));
    return { stored, storedBytes: row.storedBytes, map, tornBytes, close: async () => undefined };
  }

  async #packed(place: RecordingPlace, name: string, remote: RemoteStore): Promise<Buffer | undefined> {
    const here = await readFile(join(this.directory(place), mapName(name))).catch(absent);
    if (here) return here;
    const key = this.key(place, mapName(name));
    const bytes = await remote.size(key);
    return bytes === undefined ? undefined : joined(remote.read(key, 0, bytes));
  }

  #map(key: string, make: () => FileMap): FileMap {
    const map = this.#maps.get(key) ?? make();
    this.#maps.delete(key);
    this.#maps.set(key, map);
    const oldest = this.#maps.keys().next();
    if (this.#maps.size > mostMaps && !oldest.done) this.#maps.delete(oldest.value);
    return map;
  }
}

export const absent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};

export const joined = async (pieces: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
};
