// What there is to watch of a recording, and of all recordings of its lesson. Rule V71.
import type { Instant, LessonId } from '../../contract/ids.ts';
import { type Span, watchingTimeOf, without } from '../../contract/watching-time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Playback } from '../playback/playback.service.ts';
import type { StoredRecording } from '../recording.store.ts';
import { common, lengthOf, union } from './spans.ts';

/** Every player asks twice a minute, and the manifest of a long class is long. */
const keptMs = 15_000;
const mostKept = 500;

export interface LessonTimes {
  readonly from: Instant;
  /** Of what the register counts. */
  readonly to: Instant;
  /** When the class was over, or will be. */
  readonly overAt: Instant;
}

export interface WatchableOptions {
  readonly playback: Pick<Playback, 'view'>;
  readonly recordingsOf: (lessonId: LessonId) => Promise<readonly StoredRecording[]>;
  readonly timesOf: (lessonId: LessonId) => Promise<LessonTimes>;
  readonly clock: Pick<Clock, 'now'>;
}

export class Watchable {
  readonly #options: WatchableOptions;
  readonly #known = new Map<string, { readonly at: Instant; readonly spans: Promise<Span[]> }>();

  constructor(options: WatchableOptions) {
    this.#options = options;
  }

  /** In class time: in order, without overlaps. Throws `Refused('not-found')` when its files are gone. */
  async spans(recording: StoredRecording): Promise<Span[]> {
    const lengthMs = (recording.endedAt ?? this.#options.clock.now()) - recording.startedAt;
    return common(await this.#endless(recording), [{ fromMs: 0, toMs: lengthMs }]);
  }

  #endless(recording: StoredRecording): Promise<Span[]> {
    const now = this.#options.clock.now();
    const key = `${recording.id} ${recording.edition} ${recording.state}`;
    const known = this.#known.get(key);
    if (known !== undefined && now - known.at < keptMs) return known.spans;
    this.#known.delete(key);
    const spans = this.#read(recording);
    this.#known.set(key, { at: now, spans });
    spans.catch(() => this.#known.delete(key));
    for (const [oldest] of this.#known) {
      if (this.#known.size <= mostKept) break;
      this.#known.delete(oldest);
    }
    return spans;
  }

  /** How much of the lesson its recordings show; null while one of them runs. */
  async ofLesson(lessonId: LessonId): Promise<{ readonly watchableMs: number | null; readonly overAt: Instant }> {
    const { recordingsOf, timesOf } = this.#options;
    const [recordings, { from, to, overAt }] = await Promise.all([recordingsOf(lessonId), timesOf(lessonId)]);
    if (recordings.some(({ state }) => state !== 'ended')) return { watchableMs: null, overAt };
    const open = recordings.filter(({ hidden, trashedAt, purgedAt }) => !hidden && trashedAt === null && purgedAt === null);
    const shown = await Promise.all(
      open.map(async (recording) =>
        (await this.spans(recording)).map(({ fromMs, toMs }) => ({
          fromMs: recording.startedAt + fromMs,
          toMs: recording.startedAt + toMs,
        })),
      ),
    );
    return { watchableMs: Math.round(lengthOf(common(union(...shown), [{ fromMs: from, toMs: to }]))), overAt };
  }

  async #read(recording: StoredRecording): Promise<Span[]> {
    const manifest = await this.#options.playback.view(recording, 'viewer');
    const { durationMs } = manifest;
    // What is captured while the manifest is kept is no less watchable.
    const lengthMs = recording.state === 'ended' ? durationMs : Number.MAX_SAFE_INTEGER;
    return without({ fromMs: 0, toMs: lengthMs }, watchingTimeOf(manifest).skipped);
  }
}
