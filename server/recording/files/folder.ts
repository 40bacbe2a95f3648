// The files of one recording, for those who read them and those who make something of them.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Refused } from '../../contract/reply.ts';
import type { RecordingFolder, RecordingPlace } from '../../ports/recording-files.ts';
import type { Carrier } from './carrier.ts';
import type { FilesStore } from './files.store.ts';
import { fileIn, isFileName, temporaryIn } from './layout.ts';
import { moveInto, type Sum, sumOf, writeSealed } from './local-file.ts';
import { absent, joined, type Reading, type Readings } from './readings.ts';
import type { Turns } from './turns.ts';

export interface FolderParts {
  readonly readings: Readings;
  readonly store: FilesStore;
  readonly turns: Turns;
  /** Null: recordings stay here. */
  readonly carrier: Carrier | null;
}

export class Folder implements RecordingFolder {
  readonly #parts: FolderParts;
  readonly #place: RecordingPlace;

  constructor(parts: FolderParts, place: RecordingPlace) {
    this.#parts = parts;
    this.#place = place;
  }

  async size(name: string): Promise<number | undefined> {
    return this.#reading(name, async ({ map }) => map.end.plainBytes);
  }

  async stream(name: string, start: number, end: number): Promise<Readable> {
    const reading = await this.#open(name);
    if (!reading) throw new Refused('not-found', 'There is no such file of this recording');
    const stream = Readable.from(reading.map.read(reading.stored, start, end + 1), { objectMode: false });
    // Not in the generator: one that was never begun never comes to its end either.
    stream.once('close', () => void reading.close());
    return stream;
  }

  async text(name: string, tailBytes = Number.POSITIVE_INFINITY): Promise<string | undefined> {
    return this.#reading(name, async ({ map, stored }) => {
      const end = map.end.plainBytes;
      return String(await joined(map.read(stored, Math.max(0, end - tailBytes), end)));
    });
  }

  async names(): Promise<string[]> {
    const here = await readdir(this.#directory).catch(absent);
    const known = await this.#parts.store.of(this.#place.id);
    const away = known.filter(({ place }) => place !== 'local').map(({ name }) => name);
    if (!here && away.length === 0) throw gone();
    return [...new Set([...(here ?? []).filter(isFileName), ...away])].sort();
  }

  async write(name: string, source: Readable | Buffer): Promise<{ readonly bytes: number }> {
    const path = fileIn(this.#directory, name);
    await mkdir(this.#directory, { recursive: true });
    const temporary = temporaryIn(this.#directory);
    const sum = await writeSealed(temporary, this.#parts.readings.sealing(this.#place, name), source);
    return this.#appear(name, temporary, path, sum);
  }

  async adopt(name: string, path: string): Promise<{ readonly bytes: number }> {
    const sealing = this.#parts.readings.sealing(this.#place, name);
    const to = fileIn(this.#directory, name);
    await mkdir(this.#directory, { recursive: true });
    const temporary = temporaryIn(this.#directory);
    const isHere = !sealing.isSealed && (await renamed(path, temporary));
    if (isHere) return this.#appear(name, temporary, to, await synced(temporary, () => sumOf(temporary, sealing)));
    const file = await open(path, 'r');
    const sum = await writeSealed(temporary, sealing, file.createReadStream());
    const made = await this.#appear(name, temporary, to, sum);
    await rm(path, { force: true });
    return made;
  }

  async remove(name: string): Promise<void> {
    const path = fileIn(this.#directory, name);
    const { carrier, store, turns } = this.#parts;
    await turns.run(this.#place.id, async () => {
      const row = await store.find(this.#place.id, name);
      if (carrier) await carrier.remove(this.#place, name);
      else if (row && row.place !== 'local') throw new Error('The file lies in a remote store, and none is set');
      await rm(path, { force: true });
      await store.remove(this.#place.id, name);
    });
  }

  async removeAll(): Promise<void> {
    const { carrier, store, turns } = this.#parts;
    const { id } = this.#place;
    const remove = () =>
      turns.run(id, async () => {
        const isAway = (await store.of(id)).some(({ place }) => place !== 'local');
        if (carrier) await carrier.removeAll(this.#place);
        else if (isAway) throw new Error('The recording lies in a remote store, and none is set');
        await rm(this.#directory, { recursive: true, force: true });
        await store.removeAll(id);
      });
    await (carrier ? carrier.leaving(id, remove) : remove());
  }

  get #directory(): string {
    return this.#parts.readings.directory(this.#place);
  }

  async #open(name: string): Promise<Reading | undefined> {
    const reading = await this.#parts.readings.open(this.#place, name);
    // Throws when there is nothing of the recording at all.
    if (!reading) await this.names();
    return reading;
  }

  async #reading<T>(name: string, work: (reading: Reading) => Promise<T>): Promise<T | undefined> {
    const reading = await this.#open(name);
    if (!reading) return undefined;
    try {
      return await work(reading);
    } finally {
      await reading.close();
    }
  }

  async #appear(name: string, temporary: string, path: string, sum: Sum): Promise<{ readonly bytes: number }> {
    const { carrier, store, turns } = this.#parts;
    await turns.run(this.#place.id, async () => {
      await carrier?.abandon(this.#place, name);
      await moveInto(temporary, path);
      await store.put(this.#place.id, { name, ...sum, place: 'local' });
    });
    carrier?.wake();
    return { bytes: sum.bytes };
  }
}

const gone = (): Refused => new Refused('not-found', 'The files of this recording are gone');

/** False when it lies on another file system. */
const renamed = async (from: string, to: string): Promise<boolean> => {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EXDEV') return false;
    throw error;
  }
};

const synced = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return work();
};
