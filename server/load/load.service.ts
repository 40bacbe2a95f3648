// What administrators see of the load over the last hour, and do about it: drain a media worker, end a class that runs.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { LessonId, PersonId } from '../contract/ids.ts';
import type { LoadHistory, LoadHistoryQuery, Status } from '../contract/monitoring.ts';
import { Refused } from '../contract/reply.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { MediaEngine } from '../ports/media.ts';
import { LoadHistories } from './load-history.ts';

export interface LoadOptions {
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
  readonly audit: Audit;
  readonly figures: { status(): Promise<Status> };
  readonly engine: Pick<MediaEngine, 'drain'>;
  readonly rooms: {
    figures(): readonly { readonly lessonId: LessonId; readonly title: string; readonly participants: number }[];
    endFromOutside(lessonId: LessonId, by: PersonId, note: string): Promise<void>;
  };
}

/** Several in each step of the history, so that a short peak is seen in its mean. */
const sampleMs = 5_000;

export class LoadService {
  readonly #options: LoadOptions;
  readonly #histories = new LoadHistories();
  readonly #timer: Timer;
  #sampling = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#timer = options.clock.every(sampleMs, () => {
      this.#sample().catch((error: unknown) => options.log.error({ error }, 'The load could not be read for the history of the last hour'));
    });
  }

  status(): Promise<Status> {
    return this.#options.figures.status();
  }

  /** Throws `Refused('not-found')` for a worker that does not live, or a room that is not open. */
  history({ worker, room }: z.output<typeof LoadHistoryQuery>): LoadHistory {
    const now = this.#options.clock.now();
    if (worker !== undefined) return found(this.#histories.worker(worker, now));
    if (room !== undefined) return found(this.#histories.room(room, now));
    return this.#histories.server(now);
  }

  /** B22, B23, B25. */
  async drain(actor: Actor, pid: number, drained: boolean): Promise<void> {
    const { engine, audit, log } = this.#options;
    if (!engine.drain(pid, drained)) return;
    log.info({ pid, by: actor.id }, drained ? 'A media worker takes nothing new any more' : 'A media worker takes what is new again');
    await audit.record(actor, {
      act: drained ? 'worker.drained' : 'worker.resumed',
      subject: { kind: 'worker', id: String(pid), name: String(pid) },
    });
  }

  /** M16, B25. */
  async endRoom(actor: Actor, lessonId: LessonId, note: string): Promise<void> {
    const { rooms, audit, log } = this.#options;
    const room = rooms.figures().find((one) => one.lessonId === lessonId);
    if (room === undefined) throw new Refused('not-found', 'the room is not open');
    await rooms.endFromOutside(lessonId, actor.id, note);
    log.info({ lessonId, by: actor.id }, 'A class was ended from outside');
    await audit.record(actor, {
      act: 'lesson.ended-from-outside',
      subject: { kind: 'lesson', id: lessonId, name: room.title },
      after: { note, people: room.participants },
    });
  }

  close(): void {
    this.#timer.cancel();
  }

  async #sample(): Promise<void> {
    if (this.#sampling) return;
    this.#sampling = true;
    try {
      this.#histories.add(await this.status());
    } finally {
      this.#sampling = false;
    }
  }
}

function found(history: LoadHistory | null): LoadHistory {
  if (history === null) throw new Refused('not-found', 'It is not there any more.');
  return history;
}
