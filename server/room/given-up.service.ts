// Rooms that could not be written and were given up: whoever was in them was shown out then, and the trace must come to say so.
import type { Instant, LessonId } from '../contract/ids.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';

const tryAgainMs = 5000;

export interface GivenUpOptions {
  /** Writes the ends of whatever the lesson's trace leaves open; harmless when it leaves nothing open. */
  readonly trace: { endOpen(lessonId: LessonId, at: Instant): Promise<void> };
  readonly clock: Clock;
  readonly log: Log;
}

export class GivenUpRooms {
  readonly #options: GivenUpOptions;
  readonly #rooms = new Map<LessonId, Instant>();
  readonly #settling = new Map<LessonId, Promise<void>>();
  #timer: Timer | null = null;

  constructor(options: GivenUpOptions) {
    this.#options = options;
  }

  /** From now on it is tried every five seconds to write the ends. */
  add(lessonId: LessonId, at: Instant): void {
    this.#rooms.set(lessonId, at);
    this.#timer ??= this.#options.clock.every(tryAgainMs, () => {
      this.settleAll().catch((error: unknown) =>
        this.#options.log.warn({ error }, 'The ends of a given up room were not written; they are tried again'),
      );
    });
  }

  /** Resolves when the trace has the ends of a room that was given up before; to be awaited before the room is opened anew. */
  settle(lessonId: LessonId): Promise<void> {
    const at = this.#rooms.get(lessonId);
    if (at === undefined) return Promise.resolve();
    const settling = this.#settling.get(lessonId) ?? this.#settle(lessonId, at).finally(() => this.#settling.delete(lessonId));
    this.#settling.set(lessonId, settling);
    return settling;
  }

  async settleAll(): Promise<void> {
    await Promise.all([...this.#rooms.keys()].map((lessonId) => this.settle(lessonId)));
  }

  /** Tries once more. What stays open after that is ended when the server starts again. Safe twice. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    await this.settleAll().catch((error: unknown) =>
      this.#options.log.warn({ error }, 'The ends of a given up room were not written; the next start writes them'),
    );
  }

  async #settle(lessonId: LessonId, at: Instant): Promise<void> {
    await this.#options.trace.endOpen(lessonId, at);
    this.#rooms.delete(lessonId);
    if (this.#rooms.size > 0) return;
    this.#timer?.cancel();
    this.#timer = null;
  }
}
