// Takes what players say was watched, and writes what can be true into the lesson's trace.

import type { Instant, LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import type { Watched } from '../../contract/viewing.ts';
import type { RegisterFact } from '../../facts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredRecording } from '../recording.store.ts';
import { spend, type WatchingTime, watchingFrom } from './watched.ts';

/** One watches for hours, and pauses over lunch. */
const rememberedMs = 12 * 3_600_000;
const mostRemembered = 50_000;
/** A player that was opened before the server began has told of itself within this time. */
const reportEveryMs = 60_000;
const afterStartMs = 600_000;

export interface WatchedServiceOptions {
  readonly trace: { append(facts: readonly RegisterFact[]): Promise<void> };
  /** The class runs just now. */
  isLive(lessonId: LessonId): boolean;
  /** Something was written: the register may judge otherwise. */
  written(lessonId: LessonId): Promise<void>;
  readonly clock: Clock;
}

export class WatchedService {
  readonly #options: WatchedServiceOptions;
  readonly #beganAt: Instant;
  /** By person and recording, the one that was used last at the end. */
  readonly #times = new Map<string, WatchingTime>();

  constructor(options: WatchedServiceOptions) {
    this.#options = options;
    this.#beganAt = options.clock.now();
  }

  /** The person has opened the recording: the time in which it can be watched begins, unless it has begun already. */
  opened(personId: PersonId, recordingId: RecordingId): void {
    const key = keyOf(personId, recordingId);
    if (!this.#times.has(key)) this.#remember(key, watchingFrom(this.#options.clock.now()));
  }

  /** Resolves when it is in the trace. Throws `Refused`, and then keeps nothing of the report. */
  async report(personId: PersonId, recording: StoredRecording, watched: Watched): Promise<void> {
    const { trace, isLive, written, clock } = this.#options;
    const { id: recordingId, lessonId, startedAt, endedAt } = recording;
    const at = clock.now();
    const key = keyOf(personId, recordingId);
    const before = this.#times.get(key) ?? this.#unknown(at);
    const { time, kept } = spend(before, watched, (endedAt ?? at) - startedAt, at);
    this.#remember(key, time);
    if (kept.length === 0) return;
    const live = isLive(lessonId);
    try {
      await trace.append(kept.map((stretch) => ({ type: 'recording-watched', lessonId, at, personId, recordingId, ...stretch, live })));
    } catch (error) {
      // The player will say it again.
      if (this.#times.get(key) === time) this.#remember(key, before);
      throw error;
    }
    await written(lessonId);
  }

  #unknown(now: Instant): WatchingTime {
    return watchingFrom((now - this.#beganAt < afterStartMs ? this.#beganAt : now) - reportEveryMs);
  }

  #remember(key: string, time: WatchingTime): void {
    this.#times.delete(key);
    this.#times.set(key, time);
    const now = this.#options.clock.now();
    for (const [oldest, { at }] of this.#times) {
      if (now - at <= rememberedMs && this.#times.size <= mostRemembered) return;
      this.#times.delete(oldest);
    }
  }
}

function keyOf(personId: PersonId, recordingId: RecordingId): string {
  return `${personId} ${recordingId}`;
}
