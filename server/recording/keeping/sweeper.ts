// Does once a night what the rules of keeping say, a little at a time, and goes on with what a dead process left half done.
import { setImmediate } from 'node:timers/promises';
import type { RecordingId } from '../../contract/ids.ts';
import { LessonKind } from '../../contract/timetable.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import { isTimeToSweep } from '../../privacy/retention.ts';
import { type Afterwards, dueBefore, type KeepingRule, ruleOf } from './due.ts';
import type { KeepingService } from './keeping.service.ts';
import type { KeepingStore, Named } from './keeping.store.ts';

const HOUR_MS = 3_600_000;
const PER_PORTION = 50;
/** So long after a purge its folder is looked at again. */
const LOOK_AGAIN_MS = 48 * HOUR_MS;

export interface SweeperParts {
  readonly service: Pick<KeepingService, 'trashByRule' | 'archiveByRule' | 'purgeByRule'>;
  readonly store: Pick<KeepingStore, 'due' | 'toPurge' | 'purgedSince'>;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly rules: readonly KeepingRule[];
  readonly trashDays: number;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: { info(details: object, message: string): void; error(details: object, message: string): void };
}

export class Sweeper {
  readonly #parts: SweeperParts;
  #timer: Timer | null = null;
  #sweeping: Promise<void> | null = null;
  #sweptAt: number | null = null;
  #closed = false;

  constructor(parts: SweeperParts) {
    this.#parts = parts;
  }

  /** Sweeps now, and from then on each night. Resolves at once. */
  start(): void {
    const { clock, log } = this.#parts;
    const sweep = () => void this.sweep().catch((error: unknown) => log.error({ error }, 'Recordings could not be kept by the rules'));
    this.#timer = clock.every(HOUR_MS, () => {
      if (isTimeToSweep(clock.now(), this.#sweptAt, this.#parts.timeZone)) sweep();
    });
    sweep();
  }

  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  /** Stops after the recording that it is at. Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#sweeping?.catch(() => undefined);
  }

  async #sweep(): Promise<void> {
    const { store, service, clock, trashDays, log } = this.#parts;
    const now = clock.now();
    this.#sweptAt = now;
    const purged = await this.#each(
      (limit) => store.toPurge(dueBefore(now, trashDays), limit),
      async (one) => {
        await service.purgeByRule(one);
        return true;
      },
    );
    await this.#lookAgain(now);
    const done = { purged, trashed: 0, archived: 0 };
    for (const kind of LessonKind.options) {
      done.trashed += await this.#byRule(kind, 'delete', (one) => service.trashByRule(one));
      done.archived += await this.#byRule(kind, 'archive', (one) => service.archiveByRule(one));
    }
    if (Object.values(done).some((count) => count > 0)) log.info(done, 'Recordings were kept by the rules');
  }

  async #byRule(kind: LessonKind, afterwards: Afterwards, act: (one: Named) => Promise<boolean>): Promise<number> {
    const { store, rules, clock } = this.#parts;
    const rule = ruleOf(kind, rules);
    const { days } = rule;
    if (days === null || rule.afterwards !== afterwards) return 0;
    return this.#each((limit) => store.due(kind, afterwards, dueBefore(clock.now(), days), limit), act);
  }

  /** What fails is left for the next night, and keeps no other from its turn. */
  async #each<T extends { readonly id: RecordingId }>(
    find: (limit: number) => Promise<T[]>,
    act: (one: T) => Promise<boolean>,
  ): Promise<number> {
    const tried = new Set<RecordingId>();
    let done = 0;
    while (!this.#closed) {
      const some = (await find(PER_PORTION + tried.size)).filter(({ id }) => !tried.has(id));
      if (some.length === 0) break;
      for (const one of some) {
        if (this.#closed) break;
        tried.add(one.id);
        if (await this.#tried(one, act)) {
          done += 1;
          tried.delete(one.id);
        }
        await setImmediate();
      }
    }
    return done;
  }

  async #tried<T extends { readonly id: RecordingId }>(one: T, act: (one: T) => Promise<boolean>): Promise<boolean> {
    try {
      return await act(one);
    } catch (error) {
      this.#parts.log.error({ error, recordingId: one.id }, 'A recording could not be treated as the rules say; tried again next night');
      return false;
    }
  }

  /** A writer that was late may have put something into the folder again: gone means gone. */
  async #lookAgain(now: number): Promise<void> {
    const { store, files, log } = this.#parts;
    for (const place of await store.purgedSince(now - LOOK_AGAIN_MS)) {
      if (this.#closed) return;
      await files
        .of(place)
        .removeAll()
        .catch((error: unknown) => log.error({ error, recordingId: place.id }, 'The folder of a purged recording could not be looked at'));
      await setImmediate();
    }
  }
}
