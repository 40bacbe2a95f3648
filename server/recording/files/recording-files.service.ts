// The files of all recordings: hands out folders and keys, and sums what is closed.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingFiles, RecordingFolder, RecordingPlace } from '../../ports/recording-files.ts';
import type { CarrierLog } from './carrier.ts';
import { Folder, type FolderParts } from './folder.ts';
import type { RecordingKeys } from './keys.ts';
import { fileIn, isFileName, isTemporary } from './layout.ts';
import { sumOf } from './local-file.ts';
import { absent } from './readings.ts';

/** Nobody writes that long without a byte. */
const forgottenMs = 3_600_000;

export interface FilesParts extends FolderParts {
  readonly root: string;
  readonly keys: RecordingKeys;
  /** Whether new recordings are. */
  readonly encrypt: boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: CarrierLog;
}

export class RecordingFilesService implements RecordingFiles {
  readonly #parts: FilesParts;
  readonly #working = new Set<Promise<void>>();
  #closed = false;

  constructor(parts: FilesParts) {
    this.#parts = parts;
  }

  of(place: RecordingPlace): RecordingFolder {
    return new Folder(this.#parts, place);
  }

  newKey(recordingId: string): string | null {
    return this.#parts.encrypt ? this.#parts.keys.make(recordingId) : null;
  }

  open({ id, sealedKey }: Pick<RecordingPlace, 'id' | 'sealedKey'>): Buffer | null {
    return sealedKey === null ? null : this.#parts.keys.open(id, sealedKey);
  }

  closed(place: RecordingPlace): void {
    this.#inBackground(this.#sum(place), place.id);
  }

  /** Removes what a dead process did not finish, and sums what it did. */
  start(): void {
    this.#inBackground(this.#tidy());
  }

  /** Resolves when nothing is summed any more. */
  async idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
    await this.#parts.carrier?.close();
    await this.#parts.turns.drained();
  }

  async #tidy(): Promise<void> {
    const { root, store, clock } = this.#parts;
    for (const directory of (await readdir(root, { withFileTypes: true }).catch(absent)) ?? []) {
      if (this.#closed) return;
      if (!directory.isDirectory()) continue;
      const path = join(root, directory.name);
      for (const name of ((await readdir(path).catch(absent)) ?? []).filter(isTemporary)) {
        const found = await stat(join(path, name)).catch(absent);
        if (found && found.mtimeMs < clock.now() - forgottenMs) await rm(join(path, name), { force: true });
      }
    }
    for (const place of await store.unsummed()) await this.#sum(place);
  }

  /** What was summed before is not summed again: it would call a change of it right. */
  async #sum(place: RecordingPlace): Promise<void> {
    const { readings, store, turns, carrier } = this.#parts;
    const directory = readings.directory(place);
    const names = ((await readdir(directory).catch(absent)) ?? []).filter(isFileName);
    for (const name of lastOfAll('session.json', names)) {
      if (this.#closed) return;
      await turns.run(place.id, async () => {
        if (await store.find(place.id, name)) return;
        const sum = await sumOf(fileIn(directory, name), readings.sealing(place, name)).catch(absent);
        if (sum) await store.put(place.id, { name, ...sum, place: 'local' });
      });
    }
    carrier?.wake();
  }

  #inBackground(work: Promise<void>, recordingId?: string): void {
    const { log } = this.#parts;
    const done = work.catch((error: unknown) => log.error({ error, recordingId }, 'Files of recordings could not be summed'));
    this.#working.add(done);
    void done.finally(() => this.#working.delete(done));
  }
}

/** Whoever finds its sum knows that all others were taken. */
const lastOfAll = (last: string, names: readonly string[]): string[] => [
  ...names.filter((name) => name !== last),
  ...names.filter((name) => name === last),
];
