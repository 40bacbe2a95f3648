// Tells administrators where recordings lie, how full it is, and when it will be: the answer to `GET /api/storage`.
import type { RecordingConfig } from '../../../config/recordings.ts';
import type { KeepingRules, StorageState } from '../../contract/recording-keeping.ts';
import { LessonKind } from '../../contract/timetable.ts';
import type { Clock } from '../../ports/clock.ts';
import { type KeepingRule, purgeAt, ruleOf } from './due.ts';
import { fullAt, type Inflow, perDayBytes, WINDOW_DAYS } from './forecast.ts';
import { freeBytes } from './levels.ts';
import type { Space } from './space.ts';
import type { OfKind, UsageStore } from './usage.store.ts';

const DAY_MS = 24 * 3_600_000;

export interface StorageParts {
  readonly usage: UsageStore;
  readonly space: Pick<Space, 'level' | 'measured' | 'measure'>;
  readonly settings: RecordingConfig;
  readonly clock: Pick<Clock, 'now'>;
  readonly live: () => { readonly bytes: number };
  /** What the files of recordings say of themselves. */
  readonly condition: () => Promise<Pick<StorageState, 'upload' | 'broken' | 'checkedAt'>>;
}

export class StorageService {
  readonly #parts: StorageParts;

  constructor(parts: StorageParts) {
    this.#parts = parts;
  }

  async state(): Promise<StorageState> {
    const { usage, space, settings, clock, live, condition } = this.#parts;
    await space.measure();
    const now = clock.now();
    const kinds = await usage.byKind(now - WINDOW_DAYS * DAY_MS);
    const outlook = { now, firstAt: await usage.firstAt(), inflows: kinds.map((one) => this.#inflow(one)) };
    const measured = space.measured();
    const usedBytes = (await usage.endedBytes()) + live().bytes;
    return {
      store: settings.store,
      encrypted: settings.encrypt,
      level: space.level(),
      disk: measured.disk,
      quotaBytes: measured.quotaBytes,
      usedBytes,
      trashBytes: await usage.trashBytes(),
      trashDays: settings.trashDays,
      recordings: kinds.reduce((sum, { recordings }) => sum + recordings, 0),
      perDayBytes: Math.round(perDayBytes(outlook)),
      fullAt: this.#isBounded() ? fullAt({ ...outlook, releases: await this.#releases(), freeBytes: this.#freeBytes(usedBytes) }) : null,
      byKind: kinds.map(({ kind, recordings, bytes }) => this.#ofKind(kind, recordings, bytes)),
      ...(await condition()),
    };
  }

  /** Every kind once, as the rules have it today. */
  rules(): KeepingRules {
    return { rules: LessonKind.options.map((kind) => ({ kind, ...this.#ruleOf(kind) })) };
  }

  /** What lies in a remote store fills no disk of ours: only a quota bounds it. */
  #isBounded(): boolean {
    const { settings } = this.#parts;
    return settings.store === 'disk' || settings.quotaGb !== null;
  }

  #freeBytes(usedBytes: number): number {
    const measured = { ...this.#parts.space.measured(), usedBytes };
    if (this.#parts.settings.store === 'disk' || measured.quotaBytes === null) return freeBytes(measured);
    return Math.max(0, measured.quotaBytes - usedBytes);
  }

  #ofKind(kind: LessonKind, recordings: number, bytes: number): StorageState['byKind'][number] {
    return { kind, recordings, bytes, ...this.#ruleOf(kind) };
  }

  #ruleOf(kind: LessonKind): Pick<KeepingRule, 'days' | 'afterwards'> {
    const { days, afterwards } = ruleOf(kind, this.#parts.settings.rules);
    return { days, afterwards };
  }

  #inflow({ kind, newBytes }: OfKind): Inflow {
    const { days, afterwards } = ruleOf(kind, this.#parts.settings.rules);
    return { bytes: newBytes, freedAfterDays: afterwards === 'archive' || days === null ? null : days + this.#parts.settings.trashDays };
  }

  async #releases(): Promise<{ readonly at: number; readonly bytes: number }[]> {
    const { usage, settings } = this.#parts;
    const { rules, trashDays } = settings;
    const byRules = (await usage.aging()).flatMap(({ kind, from, bytes }) => {
      const { days, afterwards } = ruleOf(kind, rules);
      return afterwards === 'archive' || days === null ? [] : [{ at: purgeAt(from + days * DAY_MS, trashDays), bytes }];
    });
    const fromTrash = (await usage.inTrash()).map(({ since, bytes }) => ({ at: purgeAt(since, trashDays), bytes }));
    return [...byRules, ...fromTrash];
  }
}
