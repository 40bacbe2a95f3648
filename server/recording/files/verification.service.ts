// Checks all files of recordings, when asked and once a night, and writes down what it finds.
import { DateTime } from 'luxon';
import type { Instant, RecordingId } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import { hints } from '../../hints.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { CarrierLog } from './carrier.ts';
import type { FileFault, VerifyReport } from './opened-files.ts';
import { atOnce, type Pace, Pacer, Stopped } from './pace.ts';
import { faultsOf, type VerificationParts } from './verification.ts';

const hourMs = 3_600_000;
/** Half of what a slow disk reads, so that classes and viewers do not notice. */
const nightlyBytesPerSecond = 40_000_000;

export interface CheckParts extends Pick<VerificationParts, 'readings' | 'store' | 'remote' | 'folder'> {
  readonly clock: Clock;
  readonly log: CarrierLog;
  readonly timeZone: string;
}

export class VerificationService {
  readonly #parts: CheckParts;
  #timer: Timer | undefined;
  #night: Promise<void> | undefined;
  #pacer: Pacer | undefined;
  #checkedAt: Instant | null = null;
  #closed = false;

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer ??= this.#parts.clock.every(hourMs, () => this.#hour());
  }

  async verify(only?: RecordingId, onFile: (files: number) => void = () => {}): Promise<VerifyReport> {
    const all = await this.#parts.store.kept();
    if (only === undefined) return this.#check(all, 'all', atOnce, onFile);
    const place = all.find(({ id }) => id === only);
    if (!place) throw new Refused('not-found', `There is no recording ${only} that is over and was not removed`);
    return this.#check([place], 'all', atOnce, onFile);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    this.#pacer?.stop();
    await this.#night;
  }

  #hour(): void {
    const { clock, log, timeZone } = this.#parts;
    if (this.#night || !isTimeToCheck(clock.now(), this.#checkedAt, timeZone)) return;
    this.#checkedAt = clock.now();
    this.#night = this.#nightly()
      .catch((error: unknown) => {
        if (!(error instanceof Stopped)) log.error({ error }, 'The files of recordings could not be checked');
      })
      .finally(() => {
        this.#night = undefined;
      });
  }

  async #nightly(): Promise<void> {
    const { store, clock, log } = this.#parts;
    this.#pacer = new Pacer(clock, nightlyBytesPerSecond);
    const { recordings, faults } = await this.#check(await store.kept(), 'near', this.#pacer.pace, () => {});
    if (faults.length > 0)
      log.error({ recordings, faults: faults.slice(0, 20), hint: hints.recordingFiles }, 'Files of recordings are broken');
    else log.info({ recordings }, 'All files of recordings were checked, and are whole');
  }

  async #check(
    places: Awaited<ReturnType<CheckParts['store']['kept']>>,
    depth: 'near' | 'all',
    pace: Pace,
    onFile: (files: number) => void,
  ): Promise<VerifyReport> {
    const { readings, store, remote, folder, clock } = this.#parts;
    const faults: FileFault[] = [];
    let [recordings, files, bytes] = [0, 0, 0];
    for (const place of places) {
      if (this.#closed) throw new Stopped('stopped');
      const found = await faultsOf(
        {
          ...{ readings, store, remote, folder, depth, pace },
          onFile: (fileBytes) => {
            files += 1;
            bytes += fileBytes;
            onFile(files);
          },
        },
        place,
      );
      // Purged while it was read: then nothing of it is broken.
      if (found.length > 0 && !(await store.isKept(place.id))) continue;
      await store.checked(place.id, clock.now(), new Map(found.map(({ file, what }) => [file, what])));
      faults.push(...found);
      recordings += 1;
    }
    return { recordings, files, bytes, faults };
  }
}

/** Once a night, between two and five. */
const isTimeToCheck = (now: Instant, lastAt: Instant | null, timeZone: string): boolean => {
  const { hour } = DateTime.fromMillis(now, { zone: timeZone });
  return hour >= 2 && hour < 5 && (lastAt === null || now - lastAt >= 20 * hourMs);
};
