// Carries recordings to the remote store while their classes run, and takes them from this machine when they have been there long enough.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../contract/ids.ts';
import type { StorageState } from '../../contract/recording-keeping.ts';
import { hints } from '../../hints.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RecordingPlace } from '../../ports/recording-files.ts';
import type { FilesStore } from './files.store.ts';
import { fileIn, isFileName, mapName } from './layout.ts';
import { absent, type Readings } from './readings.ts';
import { RemoteFailed, type RemoteStore } from './remote.ts';
import type { Turns } from './turns.ts';
import { Upload } from './upload.ts';

const roundMs = 20_000;
const longestWaitMs = 60_000;
const dayMs = 86_400_000;

export interface CarrierParts {
  readonly readings: Readings;
  readonly store: FilesStore;
  readonly remote: RemoteStore;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: CarrierLog;
  readonly partBytes: number;
  readonly keepLocalDays: number;
}

export interface CarrierLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What is under way is given up: the recording leaves, or the server stops. */
class GivenUp extends Error {}

export class Carrier {
  readonly #parts: CarrierParts;
  readonly #leaving = new Set<string>();
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #started = false;
  #again = false;
  #closed = false;
  /** In a row. */
  #failures = 0;
  #fault: { readonly since: Instant; readonly why: string } | null = null;
  /** Of classes that run. */
  #growingBytes = 0;

  constructor(parts: CarrierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#started = true;
    this.#after(0);
  }

  /** There is something new to carry. While the store fails, it is not asked sooner for that. */
  wake(): void {
    if (!this.#started || this.#failures > 0) return;
    if (this.#round) this.#again = true;
    else this.#after(0);
  }

  async state(): Promise<NonNullable<StorageState['upload']>> {
    const waitingBytes = this.#growingBytes + (await this.#parts.store.waitingBytes());
    return { waitingBytes, since: this.#fault?.since ?? null, fault: this.#fault?.why ?? null };
  }

  /** Only in a turn of the recording, like the next two. */
  async abandon(place: RecordingPlace, name: string): Promise<void> {
    const upload = this.#upload(place, name);
    // An unfinished upload that cannot be reached now is cleaned up when the recording is complete there.
    await upload.abandon().catch((error: unknown) => {
      if (!(error instanceof RemoteFailed)) throw error;
      return upload.forget();
    });
    await rm(join(this.#parts.readings.directory(place), mapName(name)), { force: true });
  }

  async remove(place: RecordingPlace, name: string): Promise<void> {
    const { remote, readings } = this.#parts;
    await this.#upload(place, name).abandon();
    await remote.remove(readings.key(place, name));
    await remote.remove(readings.key(place, mapName(name)));
    await this.abandon(place, name);
  }

  async removeAll(place: RecordingPlace): Promise<void> {
    await this.#parts.remote.removeAll(this.#parts.readings.key(place, ''));
  }

  /** What is being carried of the recording is given up at the next part, so that `work` need not wait for the rest. */
  async leaving<T>(recordingId: string, work: () => Promise<T>): Promise<T> {
    this.#leaving.add(recordingId);
    try {
      return await work();
    } finally {
      this.#leaving.delete(recordingId);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#round;
    this.#parts.remote.close();
  }

  #after(delayMs: number): void {
    this.#timer?.cancel();
    if (this.#closed) return;
    this.#timer = this.#parts.clock.after(delayMs, () => {
      this.#round ??= this.#all().finally(() => {
        this.#round = undefined;
        const isSoon = this.#again && this.#failures === 0;
        this.#again = false;
        this.#after(isSoon ? 0 : this.#failures === 0 ? roundMs : Math.min(longestWaitMs, 500 * 2 ** this.#failures));
      });
    });
  }

  async #all(): Promise<void> {
    try {
      await this.#grow();
      await this.#finish();
      await this.#release();
      if (this.#fault) this.#parts.log.info({}, 'Recordings are carried to the remote store again');
      this.#fault = null;
      this.#failures = 0;
    } catch (error) {
      if (error instanceof GivenUp) return;
      this.#failures += 1;
      const why = error instanceof RemoteFailed ? error.message : 'internal';
      if (!this.#fault) this.#parts.log.warn({ error }, 'Recordings cannot be carried to the remote store, and wait in their folder');
      this.#fault = { since: this.#fault?.since ?? this.#parts.clock.now(), why };
    }
  }

  async #grow(): Promise<void> {
    const { store, readings, turns } = this.#parts;
    let waiting = 0;
    await this.#each(await store.running(), async (place) => {
      const names = (await readdir(readings.directory(place)).catch(absent)) ?? [];
      for (const name of names.filter(isFileName)) {
        this.#mayGoOn(place.id);
        waiting += await turns.run(place.id, () => this.#upload(place, name).grow());
      }
    });
    this.#growingBytes = waiting;
  }

  async #finish(): Promise<void> {
    const { store, turns, remote, readings, log } = this.#parts;
    await this.#each(await store.withLocal(), async (place) => {
      for (const { name } of await store.of(place.id)) await turns.run(place.id, () => this.#finishFile(place, name));
      await turns.run(place.id, async () => {
        const files = await store.of(place.id);
        if (files.length === 0 || files.some((file) => file.place === 'local')) return;
        await remote.abortAll(readings.key(place, ''));
        log.info({ recordingId: place.id }, 'The recording is in the remote store');
      });
    });
  }

  async #finishFile(place: RecordingPlace, name: string): Promise<void> {
    const { store, log } = this.#parts;
    this.#mayGoOn(place.id);
    const file = await store.find(place.id, name);
    if (file?.place !== 'local') return;
    const done = await this.#upload(place, name).finish(file);
    if (done === 'there') return store.move(place.id, file, 'both');
    log.error(
      { recordingId: place.id, file: name, what: done, hint: hints.recordingFiles },
      'A file of a recording is broken, and is not carried to the remote store',
    );
    return store.fault(place.id, name, done);
  }

  async #release(): Promise<void> {
    const { store, turns, clock, keepLocalDays } = this.#parts;
    const before = clock.now() - keepLocalDays * dayMs;
    await this.#each(await store.withBoth(before), (place) => turns.run(place.id, () => this.#releaseOne(place)));
  }

  /** Only when each of its files is there, as long as it should be, also today. */
  async #releaseOne(place: RecordingPlace): Promise<void> {
    const { store, remote, readings, log } = this.#parts;
    this.#mayGoOn(place.id);
    const files = await store.of(place.id);
    // Its sum is taken last: before, there may be files that nobody knows of.
    const isComplete = files.some(({ name }) => name === 'session.json') && files.every((file) => file.place !== 'local');
    if (!isComplete) return;
    for (const file of files) {
      if ((await remote.size(readings.key(place, file.name))) === file.storedBytes) continue;
      log.error({ recordingId: place.id, file: file.name, hint: hints.remoteStore }, 'A file is gone from the remote store');
      const isHere = (await stat(fileIn(readings.directory(place), file.name)).catch(absent)) !== undefined;
      if (isHere) await store.move(place.id, file, 'local');
      else await store.fault(place.id, file.name, 'missing');
      return;
    }
    for (const file of files) {
      await rm(fileIn(readings.directory(place), file.name), { force: true });
      await store.move(place.id, file, 'remote');
    }
    log.info({ recordingId: place.id }, 'The recording lies in the remote store only');
  }

  /** What is wrong with one recording here holds no other up; a store that fails would fail for all. */
  async #each<P extends RecordingPlace>(places: readonly P[], work: (place: P) => Promise<void>): Promise<void> {
    for (const place of places) {
      try {
        await work(place);
      } catch (error) {
        if (error instanceof RemoteFailed || (error instanceof GivenUp && this.#closed)) throw error;
        if (error instanceof GivenUp) continue;
        this.#parts.log.error(
          { hint: hints.remoteStore, error, recordingId: place.id },
          'A recording cannot be carried to the remote store',
        );
      }
    }
  }

  #upload(place: RecordingPlace, name: string): Upload {
    const { readings, remote, partBytes } = this.#parts;
    return new Upload({ readings, remote, partBytes, mayGoOn: (id) => this.#mayGoOn(id) }, place, name);
  }

  #mayGoOn(recordingId: string): void {
    if (this.#closed || this.#leaving.has(recordingId)) throw new GivenUp('given up');
  }
}
