// Carries one file to the remote store: in parts while it grows, the rest when it is closed, and then reads it back.
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RecordingPlace } from '../../ports/recording-files.ts';
import { type Carried, carriedBytes, forgetCarried, keepCarried, readCarried } from './carried-file.ts';
import type { StoredFile } from './files.store.ts';
import { fileIn, mapName } from './layout.ts';
import { absent, type Readings } from './readings.ts';
import { RemoteFailed, type RemoteStore, UploadGone } from './remote.ts';
import { bytesOf } from './stored-file.ts';

const sliceBytes = 1024 * 1024;

export interface UploadParts {
  readonly readings: Readings;
  readonly remote: RemoteStore;
  /** Of a large file: S3 wants 5 MiB at least. */
  readonly partBytes: number;
  /** Throws when the recording is to be removed, or the server stops. */
  readonly mayGoOn: (recordingId: string) => void;
}

/** `missing`, `truncated`, `changed`: what lies here is not what was summed, and is not carried. */
export type Carrying = 'there' | 'missing' | 'truncated' | 'changed';

export class Upload {
  readonly #parts: UploadParts;
  readonly #place: RecordingPlace;
  readonly #name: string;
  readonly #directory: string;
  readonly #key: string;

  constructor(parts: UploadParts, place: RecordingPlace, name: string) {
    this.#parts = parts;
    this.#place = place;
    this.#name = name;
    this.#directory = parts.readings.directory(place);
    this.#key = parts.readings.key(place, name);
  }

  /** Of a file that may grow: whole parts. Answers the bytes that still wait. */
  async grow(): Promise<number> {
    const file = await open(fileIn(this.#directory, this.#name), 'r').catch(absent);
    if (!file) return 0;
    try {
      const { size } = await file.stat();
      let carried = await readCarried(this.#directory, this.#name);
      if (carried && carriedBytes(carried) > size) {
        // A crash cut off what was carried already.
        await this.abandon();
        carried = undefined;
      }
      while (size - carriedBytes(carried) >= this.#parts.partBytes) carried = await this.#next(file, carried, size);
      return size - carriedBytes(carried);
    } finally {
      await file.close();
    }
  }

  /** Resolves with `there` when the whole file was read back from there and is what it should be. */
  async finish(expected: StoredFile): Promise<Carrying> {
    const file = await open(fileIn(this.#directory, this.#name), 'r').catch(absent);
    if (!file) return 'missing';
    try {
      const { size } = await file.stat();
      if (size !== expected.storedBytes) return 'truncated';
      const { carried, hash } = await this.#soundParts(file);
      if (carried || size > this.#parts.partBytes) {
        if (!(await this.#finishParts(file, carried, hash, expected))) return 'changed';
      } else {
        const bytes = await bytesOf(file).read(0, size);
        if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256) return 'changed';
        await this.#parts.remote.put(this.#key, bytes);
      }
      await this.#readBack(expected);
      await this.#packMap(file, size);
    } finally {
      await file.close();
    }
    await forgetCarried(this.#directory, this.#name);
    return 'there';
  }

  /** What was carried of it so far is given up. */
  async abandon(): Promise<void> {
    const carried = await readCarried(this.#directory, this.#name);
    if (carried) await this.#parts.remote.abort(this.#key, carried.uploadId);
    await forgetCarried(this.#directory, this.#name);
  }

  /** The same, where the remote store cannot be told. */
  forget(): Promise<void> {
    return forgetCarried(this.#directory, this.#name);
  }

  /** The parts that were carried, when they are what the file holds now, and their sum; else nothing of them is kept. */
  async #soundParts(file: FileHandle): Promise<{ readonly carried: Carried | undefined; readonly hash: Hash }> {
    const hash = createHash('sha256');
    const carried = await readCarried(this.#directory, this.#name);
    let at = 0;
    for (const part of carried?.parts ?? []) {
      const bytes = await bytesOf(file).read(at, part.bytes);
      if ((await md5Of(bytes, hash)) !== part.md5) {
        await this.abandon();
        return { carried: undefined, hash: createHash('sha256') };
      }
      at += part.bytes;
    }
    return { carried, hash };
  }

  async #finishParts(file: FileHandle, sound: Carried | undefined, hash: Hash, expected: StoredFile): Promise<boolean> {
    let carried = sound;
    while (carriedBytes(carried) < expected.storedBytes) carried = await this.#next(file, carried, expected.storedBytes, hash);
    if (!carried) return false;
    if (hash.digest('hex') !== expected.sha256) {
      await this.abandon();
      return false;
    }
    try {
      await this.#parts.remote.finish(
        this.#key,
        carried.uploadId,
        carried.parts.map(({ tag }) => tag),
      );
    } catch (error) {
      if (!(error instanceof UploadGone)) throw error;
      // It was finished, and the answer was lost; or somebody cleaned up, and it must begin again.
      if ((await this.#parts.remote.size(this.#key)) === expected.storedBytes) return true;
      await forgetCarried(this.#directory, this.#name);
      throw new RemoteFailed('the unfinished upload is gone', { cause: error });
    }
    return true;
  }

  async #next(file: FileHandle, carried: Carried | undefined, size: number, hash?: Hash): Promise<Carried> {
    this.#parts.mayGoOn(this.#place.id);
    const { remote, partBytes } = this.#parts;
    const begun = carried ?? (await this.#begin());
    const at = carriedBytes(begun);
    const bytes = await bytesOf(file).read(at, Math.min(partBytes, size - at));
    const md5 = await md5Of(bytes, hash);
    try {
      const tag = await remote.part(this.#key, begun.uploadId, begun.parts.length + 1, bytes);
      const next = { ...begun, parts: [...begun.parts, { tag, md5, bytes: bytes.length }] };
      await keepCarried(this.#directory, this.#name, next);
      return next;
    } catch (error) {
      if (!(error instanceof UploadGone)) throw error;
      await forgetCarried(this.#directory, this.#name);
      throw new RemoteFailed('the unfinished upload is gone', { cause: error });
    }
  }

  async #begin(): Promise<Carried> {
    const begun = { uploadId: await this.#parts.remote.begin(this.#key), parts: [] };
    await keepCarried(this.#directory, this.#name, begun);
    return begun;
  }

  async #readBack({ storedBytes, sha256 }: StoredFile): Promise<void> {
    const { remote, mayGoOn } = this.#parts;
    const hash = createHash('sha256');
    let bytes = 0;
    if (storedBytes > 0)
      for await (const piece of remote.read(this.#key, 0, storedBytes)) {
        mayGoOn(this.#place.id);
        hash.update(piece);
        bytes += piece.length;
      }
    if (bytes === storedBytes && (await remote.size(this.#key)) === storedBytes && hash.digest('hex') === sha256) return;
    await remote.remove(this.#key);
    await forgetCarried(this.#directory, this.#name);
    throw new RemoteFailed('what arrived is not what was sent');
  }

  /** So that it can be read there frame by frame. */
  async #packMap(file: FileHandle, size: number): Promise<void> {
    const sealing = this.#parts.readings.sealing(this.#place, this.#name);
    if (!sealing.isSealed) return;
    const map = sealing.map();
    await map.grow(bytesOf(file), size);
    const packed = map.pack();
    await writeFile(join(this.#directory, mapName(this.#name)), packed, { mode: 0o600 });
    await this.#parts.remote.put(this.#parts.readings.key(this.#place, mapName(this.#name)), packed);
  }
}

/** In slices, because the server has other things to do too. `other` is given the same bytes. */
const md5Of = async (bytes: Buffer, other?: Hash): Promise<string> => {
  const md5 = createHash('md5');
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    const slice = bytes.subarray(at, at + sliceBytes);
    md5.update(slice);
    other?.update(slice);
    await setImmediate();
  }
  return md5.digest('hex');
};
