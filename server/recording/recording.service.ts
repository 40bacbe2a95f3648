// Starts, pauses, resumes and stops the recordings of lessons, and hands them the tracks of the room.

import type { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant, LessonId, PersonId, RecordingId, TrackId } from '../contract/ids.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { RecordingManifest, RecordingSummary } from '../contract/recording.ts';
import { Refused } from '../contract/reply.ts';
import type { FactOf } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordingTap } from '../ports/tap.ts';
import type { RecordedTrackInfo } from './capture/recorded-track.ts';
import { Recorder } from './capture/recorder.ts';
import { formatVersion } from './format/format.ts';
import { repairDirectory } from './format/repair.ts';
import { type ReadableFile, RecordingReader } from './playback/recording-reader.ts';
import { type RecordingStore, type StoredRecording, summaryOf } from './recording.store.ts';

export type RecordingFact = FactOf<'recording-started' | 'recording-paused' | 'recording-resumed' | 'recording-stopped'>;

export type RecordingServiceOptions = {
  readonly store: RecordingStore;
  readonly clock: Clock;
  /** The directory that holds one directory for each recording. */
  readonly root: string;
  readonly newId: () => RecordingId;
  readonly openFile: typeof open;
  readonly openTap: (lessonId: LessonId) => Promise<RecordingTap>;
  /** The tracks that are in the room at this moment. */
  readonly tracksNow: (lessonId: LessonId) => readonly RecordedTrackInfo[];
  /** Resolves when the facts are written and told. */
  readonly publish: (facts: readonly RecordingFact[]) => Promise<void>;
  readonly metrics: {
    /** Media that was written, and how long it waited for the disk. */
    written(bytes: number, delayMs: number): void;
  };
  readonly log: {
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
};

type Active = {
  readonly id: RecordingId;
  readonly startedAt: Instant;
  readonly recorder: Recorder;
  state: 'recording' | 'paused';
  /** The people in the room know of it: from then on tracks are captured. */
  told: boolean;
};

export class RecordingService {
  readonly #options: RecordingServiceOptions;
  readonly #reader: RecordingReader;
  readonly #active = new Map<LessonId, Active>();
  /** The last operation of each lesson: the next waits for it. */
  readonly #queues = new Map<LessonId, Promise<unknown>>();

  constructor(options: RecordingServiceOptions) {
    this.#options = options;
    this.#reader = new RecordingReader(options.root);
  }

  /** What runs in a lesson now. */
  current(
    lessonId: LessonId,
  ): { readonly id: RecordingId; readonly state: 'recording' | 'paused'; readonly startedAt: Instant } | undefined {
    const active = this.#active.get(lessonId);
    return active && { id: active.id, state: active.state, startedAt: active.startedAt };
  }

  get count(): number {
    return this.#active.size;
  }

  /** Refused with `conflict` while one runs, with `storage-full` when the disk is. */
  start(lessonId: LessonId, by: PersonId | null): Promise<RecordingId> {
    return this.#inTurn(lessonId, async () => {
      if (this.#active.has(lessonId)) throw new Refused('conflict', 'This lesson is being recorded already');
      const { store, clock, root, newId, openFile, openTap, metrics, tracksNow } = this.#options;
      const id = newId();
      const startedAt = clock.now();
      let active: Active;
      await store.add({ id, lessonId, startedAt, startedBy: by, directory: id });
      try {
        const recorder = await Recorder.open({
          root,
          session: { format: formatVersion, id, lessonId, startedAt, startedBy: by },
          clock,
          openFile,
          openTap: () => openTap(lessonId),
          onWritten: (bytes, delayMs) => metrics.written(bytes, delayMs),
          onFailed: (error) => this.#fail(lessonId, id, error),
          onTrackFault: (trackId, error, again) =>
            this.#options.log.warn({ lessonId, recordingId: id, trackId, err: error, again }, 'a track cannot be recorded'),
        });
        active = { id, startedAt, recorder, state: 'recording', told: false };
        this.#active.set(lessonId, active);
      } catch (error) {
        await store.end(id, clock.now(), endingOf(error), 0);
        throw hasCode(error, 'ENOSPC') ? new Refused('storage-full', 'No space is left for recordings') : error;
      }
      await this.#tell(active, { type: 'recording-started', lessonId, recordingId: id, by, at: startedAt });
      active.told = true;
      for (const info of tracksNow(lessonId)) active.recorder.add(info);
      return id;
    });
  }

  /** Does nothing when it is paused already. Refused with `conflict` when nothing runs. */
  pause(lessonId: LessonId, by: PersonId | null): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#running(lessonId);
      if (active.state === 'paused') return;
      active.state = 'paused';
      await active.recorder.pause();
      await this.#options.store.setState(active.id, 'paused');
      await this.#publish({ type: 'recording-paused', lessonId, recordingId: active.id, by, at: this.#options.clock.now() });
    });
  }

  /** Does nothing when it runs already. Refused with `conflict` when there is nothing to resume. */
  resume(lessonId: LessonId, by: PersonId | null): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#running(lessonId);
      if (active.state === 'recording') return;
      await this.#options.store.setState(active.id, 'recording');
      active.state = 'recording';
      await this.#tell(active, { type: 'recording-resumed', lessonId, recordingId: active.id, by, at: this.#options.clock.now() });
      await active.recorder.resume();
    });
  }

  /** Resolves when the recording is ready to be played. Does nothing when none runs. */
  stop(lessonId: LessonId, by: PersonId | null, reason: RecordingEndReason): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#active.get(lessonId);
      if (!active) return;
      this.#active.delete(lessonId);
      await this.#finish(active, lessonId, by, reason);
    });
  }

  trackPublished(lessonId: LessonId, info: RecordedTrackInfo): void {
    const active = this.#active.get(lessonId);
    if (active?.told) active.recorder.add(info);
  }

  trackClosed(lessonId: LessonId, trackId: TrackId): void {
    this.#active.get(lessonId)?.recorder.remove(trackId);
  }

  /** The room's media worker died: the recording goes on with the tracks that are published anew. */
  mediaReset(lessonId: LessonId): void {
    this.#active.get(lessonId)?.recorder.mediaReset();
  }

  lessonEnded(lessonId: LessonId, reason: 'class-ended' | 'door-closed' | 'server-stopped'): Promise<void> {
    return this.stop(lessonId, null, reason);
  }

  /** Ends all recordings; resolves when they are on disk, also those that were ending already. */
  async close(): Promise<void> {
    for (const lessonId of [...this.#active.keys()])
      this.stop(lessonId, null, 'server-stopped').catch((err: unknown) =>
        this.#options.log.error({ lessonId, err }, 'a recording could not be ended'),
      );
    while (this.#queues.size > 0) await Promise.allSettled(this.#queues.values());
  }

  /** To be called once, before anything is recorded: what a dead process left is made whole. Answers the lessons concerned. */
  async repair(): Promise<{ readonly lessonId: LessonId; readonly recordingId: RecordingId }[]> {
    const left = await this.#options.store.unended();
    for (const recording of left) await this.#repairOne(recording, 'crash');
    return left.map(({ id, lessonId }) => ({ lessonId, recordingId: id }));
  }

  async list(lessonId: LessonId): Promise<RecordingSummary[]> {
    const found = await this.#options.store.ofLesson(lessonId);
    return found.map((recording) => ({ ...summaryOf(recording), bytes: this.#bytesNow(recording) }));
  }

  find(id: RecordingId): Promise<StoredRecording | undefined> {
    return this.#options.store.find(id);
  }

  /** Refused with `not-found` when its files are gone. */
  manifest(recording: StoredRecording): Promise<RecordingManifest> {
    return this.#reader.manifest(recording.directory).catch(filesGone);
  }

  file(recording: StoredRecording, name: string): Promise<ReadableFile | undefined> {
    return this.#reader.file(recording.directory, name).catch(filesGone);
  }

  #bytesNow(summary: RecordingSummary): number {
    const active = this.#active.get(summary.lessonId);
    return active?.id === summary.id ? active.recorder.bytes : summary.bytes;
  }

  #running(lessonId: LessonId): Active {
    const active = this.#active.get(lessonId);
    if (!active) throw new Refused('conflict', 'This lesson is not being recorded');
    return active;
  }

  /** Storage failed: what was written stays, and the room is told at once that it is not recorded any more. */
  #fail(lessonId: LessonId, id: RecordingId, error: unknown): void {
    const reason = endingOf(error);
    this.#options.log.error({ lessonId, recordingId: id, err: error }, 'the recording cannot be written');
    void this.#inTurn(lessonId, async () => {
      const active = this.#active.get(lessonId);
      if (active?.id !== id) return;
      this.#active.delete(lessonId);
      await this.#finish(active, lessonId, null, reason);
    }).catch((failure: unknown) =>
      this.#options.log.error({ lessonId, recordingId: id, err: failure }, 'a failed recording could not be ended'),
    );
  }

  async #finish({ id, recorder }: Active, lessonId: LessonId, by: PersonId | null, reason: RecordingEndReason): Promise<void> {
    const { store, clock, root } = this.#options;
    const endedAt = clock.now();
    try {
      await recorder.close(reason);
      // Where storage failed meanwhile, this cuts off what is not whole; else there is nothing to do.
      await repairDirectory(join(root, id), reason);
    } finally {
      await store.end(id, endedAt, reason, recorder.bytes);
      await this.#publish({ type: 'recording-stopped', lessonId, recordingId: id, by, reason, at: endedAt });
    }
  }

  async #repairOne({ id, lessonId, directory, startedAt }: StoredRecording, reason: RecordingEndReason): Promise<void> {
    const { store, root, log } = this.#options;
    try {
      const { bytes, lastMs } = await repairDirectory(join(root, directory), reason);
      await store.end(id, startedAt + Math.round(lastMs), reason, bytes);
    } catch (error) {
      log.error({ lessonId, recordingId: id, err: error }, 'a recording left behind by a crash cannot be read');
      await store.end(id, startedAt, 'failed', 0);
    }
  }

  #publish(fact: RecordingFact): Promise<void> {
    return this.#options.publish([fact]);
  }

  /** Whoever is captured is told before anything is. Where that fails nothing is captured any more. */
  async #tell(active: Active, fact: FactOf<'recording-started' | 'recording-resumed'>): Promise<void> {
    const { lessonId } = fact;
    try {
      await this.#publish(fact);
    } catch (error) {
      this.#active.delete(lessonId);
      await this.#finish(active, lessonId, null, 'failed').catch((err: unknown) =>
        this.#options.log.error({ lessonId, recordingId: active.id, err }, 'a recording that nobody could be told of could not be ended'),
      );
      throw error;
    }
  }

  #inTurn<T>(lessonId: LessonId, operation: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(lessonId) ?? Promise.resolve();
    const mine = before.then(operation, operation);
    this.#queues.set(lessonId, mine);
    const forget = (): void => {
      if (this.#queues.get(lessonId) === mine) this.#queues.delete(lessonId);
    };
    mine.then(forget, forget);
    return mine;
  }
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const filesGone = (error: unknown): never => {
  throw hasCode(error, 'ENOENT') ? new Refused('not-found', 'The files of this recording are gone') : error;
};

const endingOf = (error: unknown): RecordingEndReason => (hasCode(error, 'ENOSPC') ? 'storage-full' : 'failed');
