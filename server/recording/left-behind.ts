// The recordings that a dead server left without an end: each waits for its class to come back, and ends as a crash when that does not.

import type { Instant, LessonId } from '../contract/ids.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { StoredRecording } from './recording.store.ts';

export type LeftBehindOptions = {
  readonly clock: Clock;
  /** When the door of its lesson closes as planned now; null: it has no class any more. */
  readonly doorClosesAt: (lessonId: LessonId) => Promise<Instant | null>;
  /** It will not go on. Never rejects. */
  readonly end: (recording: StoredRecording) => Promise<void>;
};

/** Timers hold no more than 24 days; looking once an hour costs nothing. */
const longestWaitMs = 3_600_000;

export class LeftBehind {
  readonly #options: LeftBehindOptions;
  readonly #waiting = new Map<LessonId, { readonly recording: StoredRecording; timer: Timer | undefined }>();
  #closed = false;

  constructor(options: LeftBehindOptions) {
    this.#options = options;
  }

  /** Answers whether it waits; else it has ended. */
  async add(recording: StoredRecording): Promise<boolean> {
    const before = this.take(recording.lessonId);
    if (before) await this.#options.end(before);
    this.#waiting.set(recording.lessonId, { recording, timer: undefined });
    return this.look(recording.lessonId);
  }

  has(lessonId: LessonId): boolean {
    return this.#waiting.has(lessonId);
  }

  /** It goes on: whoever takes it is responsible for its end. */
  take(lessonId: LessonId): StoredRecording | undefined {
    const entry = this.#waiting.get(lessonId);
    entry?.timer?.cancel();
    this.#waiting.delete(lessonId);
    return entry?.recording;
  }

  /** Looks whether its class can still come back; the door may have been moved. Answers whether it still waits. */
  async look(lessonId: LessonId): Promise<boolean> {
    const entry = this.#waiting.get(lessonId);
    if (!entry) return false;
    entry.timer?.cancel();
    const { clock, doorClosesAt, end } = this.#options;
    const closesAt = await doorClosesAt(lessonId);
    if (this.#closed || this.#waiting.get(lessonId) !== entry) return this.has(lessonId);
    const waitMs = closesAt === null ? 0 : closesAt - clock.now();
    if (waitMs > 0) {
      entry.timer = clock.after(Math.min(waitMs, longestWaitMs), () => void this.look(lessonId));
      return true;
    }
    this.#waiting.delete(lessonId);
    await end(entry.recording);
    return false;
  }

  /** Those that still wait are left as they are, for the next start. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#waiting.values()) timer?.cancel();
    this.#waiting.clear();
  }
}
