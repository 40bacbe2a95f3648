// Starts, pauses, resumes and stops the recordings of lessons, hands them the tracks of the room, and has them go on after whatever broke.

import { join } from 'node:path';
import type { Instant, LessonId, PersonId, RecordingId, TrackId } from '../contract/ids.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { RecordingSummary } from '../contract/recording.ts';
import type { Audience } from '../contract/recording-edits.ts';
import type { SpaceLevel } from '../contract/recording-keeping.ts';
import { Refused } from '../contract/reply.ts';
import type { FactOf } from '../facts.ts';
import { hints } from '../hints.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordingFiles } from '../ports/recording-files.ts';
import type { RecordedTrackInfo } from './capture/recorded-track.ts';
import type { OpenRecorder } from './capture/running-recorder.ts';
import type { LiveManifest } from './format/live-manifest.ts';
import { endDirectory, mendDirectory } from './format/repair.ts';
import type { SpaceWatch } from './keeping/space.ts';
import { LeftBehind } from './left-behind.ts';
import { type RecordingStore, type StoredRecording, summaryOf } from './recording.store.ts';
import { type RecordingRow, RunningRecording } from './running-recording.ts';

export type RecordingFact = FactOf<
  'recording-started' | 'recording-paused' | 'recording-resumed' | 'recording-stopped' | 'recording-cameras-changed'
>;

export type RecordingServiceOptions = {
  readonly store: RecordingStore;
  readonly clock: Clock;
  /** The directory that holds one directory for each recording. */
  readonly root: string;
  readonly newId: () => RecordingId;
  readonly openRecorder: OpenRecorder;
  readonly files: Pick<RecordingFiles, 'newKey' | 'open' | 'closed'>;
  readonly space: SpaceWatch;
  /** Of new recordings, by the settings. */
  readonly publication: { readonly audience: Audience; readonly download: boolean };
  /** When the door of the lesson closes as planned now; null: it has no class any more. */
  readonly doorClosesAt: (lessonId: LessonId) => Promise<Instant | null>;
  /** The tracks that are in the room at this moment. */
  readonly tracksNow: (lessonId: LessonId) => readonly RecordedTrackInfo[];
  /** Resolves when the facts are written and told. */
  readonly publish: (facts: readonly RecordingFact[]) => Promise<void>;
  /** Media that was written, and how long it waited for the disk. */
  readonly metrics: { written(bytes: number, delayMs: number): void };
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
};

export class RecordingService {
  readonly #options: RecordingServiceOptions;
  readonly #active = new Map<LessonId, RunningRecording>();
  readonly #left: LeftBehind;
  readonly #stopWatching: () => void;
  /** The last operation of each lesson: the next waits for it. */
  readonly #queues = new Map<LessonId, Promise<unknown>>();

  constructor(options: RecordingServiceOptions) {
    this.#options = options;
    const { clock, doorClosesAt } = options;
    this.#left = new LeftBehind({ clock, doorClosesAt, end: (recording) => this.#endLeft(recording) });
    this.#stopWatching = options.space.onChange((level) => this.#spaceChanged(level));
  }

  /** What runs in a lesson now. */
  current(lessonId: LessonId):
    | (Pick<RunningRecording, 'state' | 'withoutCameras'> & {
        readonly id: RecordingId;
        readonly startedAt: Instant;
        readonly classNowMs: number;
      })
    | undefined {
    const active = this.#active.get(lessonId);
    if (!active) return undefined;
    const { id, startedAt } = active.row;
    const classNowMs = Math.max(0, this.#options.clock.now() - startedAt);
    return { id, startedAt, classNowMs, state: active.state, withoutCameras: active.withoutCameras };
  }

  /** A dead server left one that goes on when this lesson is recorded again. */
  isLeft(lessonId: LessonId): boolean {
    return this.#left.has(lessonId);
  }

  get count(): number {
    return this.#active.size;
  }

  /** Of media, over all that run. */
  get bytesNow(): number {
    return [...this.#active.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Goes on with the one that a dead server left, where there is one; by nobody, a paused one stays paused.
   * Refused with `conflict` while one runs, with `storage-full` when the disk is.
   */
  start(lessonId: LessonId, by: PersonId | null): Promise<RecordingId> {
    return this.#inTurn(lessonId, async () => {
      if (this.#active.has(lessonId)) throw new Refused('conflict', 'This lesson is being recorded already');
      if (this.#options.space.level() === 'full') throw storageFull();
      const left = this.#left.take(lessonId);
      const active = (left && (await this.#goOn(left, by))) ?? (await this.#begin(lessonId, by));
      for (const info of this.#options.tracksNow(lessonId)) active.add(info);
      return active.row.id;
    });
  }

  /** Does nothing when it is paused already. Refused with `conflict` when nothing runs. */
  pause(lessonId: LessonId, by: PersonId | null): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#running(lessonId);
      if (active.state === 'paused') return;
      await active.pause();
      await this.#options.store.setState(active.row.id, 'paused');
      await this.#publish({ type: 'recording-paused', ...this.#now(active), by });
    });
  }

  /** Does nothing when it runs already. Refused with `conflict` when there is nothing to resume. */
  resume(lessonId: LessonId, by: PersonId | null): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#running(lessonId);
      if (active.state === 'recording') return;
      await this.#options.store.setState(active.row.id, 'recording');
      active.willResume();
      await this.#tell(active, { type: 'recording-resumed', ...this.#now(active), by });
      await active.resume();
    });
  }

  /** Resolves when the recording is ready to be played. Does nothing when none runs. */
  stop(lessonId: LessonId, by: PersonId | null, reason: RecordingEndReason): Promise<void> {
    return this.#inTurn(lessonId, async () => {
      const active = this.#active.get(lessonId);
      if (active) await this.#end(active, by, reason);
    });
  }

  trackPublished(lessonId: LessonId, info: RecordedTrackInfo): void {
    this.#active.get(lessonId)?.add(info);
  }

  trackClosed(lessonId: LessonId, trackId: TrackId): void {
    this.#active.get(lessonId)?.remove(trackId);
  }

  /** The room's media worker died: the recording goes on with the tracks that are published anew. */
  mediaReset(lessonId: LessonId): void {
    this.#active.get(lessonId)?.mediaReset();
  }

  async lessonEnded(lessonId: LessonId, reason: 'class-ended' | 'door-closed' | 'server-stopped'): Promise<void> {
    await this.stop(lessonId, null, reason);
    if (reason !== 'server-stopped') await this.#inTurn(lessonId, () => this.#left.look(lessonId));
  }

  /** Ends all recordings; resolves when they are on disk, also those that were ending already. */
  async close(): Promise<void> {
    this.#stopWatching();
    this.#left.close();
    for (const lessonId of [...this.#active.keys()])
      this.#unattended({ lessonId }, 'A recording could not be ended', this.stop(lessonId, null, 'server-stopped'));
    while (this.#queues.size > 0) await Promise.allSettled(this.#queues.values());
  }

  /**
   * To be called once, before anything is recorded: what a dead process left is made whole.
   * What can still go on waits for its class, the rest is ended.
   */
  async repair(): Promise<{ readonly waiting: readonly RecordingId[]; readonly ended: readonly RecordingId[] }> {
    const { store, log } = this.#options;
    const waiting: RecordingId[] = [];
    const ended: RecordingId[] = [];
    for (const recording of await store.unended()) {
      const { id, lessonId } = recording;
      const waits = await this.#left.add(recording);
      (waits ? waiting : ended).push(id);
      if (!waits) continue;
      // Until its class is back it can be watched as far as it goes.
      await mendDirectory(this.#path(recording), this.#options.files.open(recording)).catch((error: unknown) =>
        log.error({ lessonId, recordingId: id, hint: hints.recordingFiles, error }, 'A recording left behind by a crash cannot be read'),
      );
    }
    return { waiting, ended };
  }

  async list(lessonId: LessonId): Promise<RecordingSummary[]> {
    const found = await this.#options.store.ofLesson(lessonId);
    return found.map((recording) => ({ ...summaryOf(recording), bytes: this.#bytesNow(recording) }));
  }

  find(id: RecordingId): Promise<StoredRecording | undefined> {
    return this.#options.store.find(id);
  }

  /** What of a recording that runs can be watched already, without reading a file; `undefined` for all others. */
  live({ id, lessonId }: Pick<StoredRecording, 'id' | 'lessonId'>): LiveManifest | undefined {
    const active = this.#active.get(lessonId);
    return active?.row.id === id ? active.live : undefined;
  }

  async #begin(lessonId: LessonId, by: PersonId | null): Promise<RunningRecording> {
    const { store, clock, newId, files, publication } = this.#options;
    const id = newId();
    const row = { id, lessonId, startedAt: clock.now(), startedBy: by, directory: id, sealedKey: files.newKey(id) };
    await store.add({ ...row, ...publication });
    let active: RunningRecording;
    try {
      active = await this.#open(row, null, false);
    } catch (error) {
      await store.end(id, clock.now(), endingOf(error), 0);
      throw hasCode(error, 'ENOSPC') ? storageFull() : error;
    }
    await this.#tell(active, { type: 'recording-started', lessonId, recordingId: id, by, at: row.startedAt });
    return active;
  }

  /** `undefined` when it cannot: then it has ended. */
  async #goOn(left: StoredRecording, by: PersonId | null): Promise<RunningRecording | undefined> {
    const { log, store } = this.#options;
    const { id, lessonId } = left;
    const paused = left.state === 'paused' && by === null;
    let active: RunningRecording;
    try {
      if (!paused) await store.setState(id, 'recording');
      active = await this.#open(left, 'server', paused);
    } catch (error) {
      log.error({ lessonId, recordingId: id, error }, 'A recording left behind by a crash cannot go on');
      await this.#endLeft(left);
      return undefined;
    }
    log.info({ lessonId, recordingId: id }, 'A recording goes on after the server stopped');
    await this.#tell(active, { type: paused ? 'recording-paused' : 'recording-resumed', ...this.#now(active), by });
    return active;
  }

  async #open(row: RecordingRow, goesOnAfter: 'server' | null, paused: boolean): Promise<RunningRecording> {
    const { clock, root, files, openRecorder, metrics, log, space } = this.#options;
    const { lessonId, id: recordingId } = row;
    const active = await RunningRecording.open(
      {
        ...{ row, clock, root, files, openRecorder },
        onWritten: (bytes, delayMs) => metrics.written(bytes, delayMs),
        onTrackFault: (trackId, error, again) => log.warn({ lessonId, recordingId, trackId, again, error }, 'A track cannot be recorded'),
        onBroken: (broken, error) => this.#broken(broken, error),
      },
      { goesOnAfter, paused, cameras: !isScarce(space.level()) },
    );
    this.#active.set(lessonId, active);
    return active;
  }

  #bytesNow(summary: RecordingSummary): number {
    const active = this.#active.get(summary.lessonId);
    return active?.row.id === summary.id ? active.bytes : summary.bytes;
  }

  #running(lessonId: LessonId): RunningRecording {
    const active = this.#active.get(lessonId);
    if (!active) throw new Refused('conflict', 'This lesson is not being recorded');
    return active;
  }

  /** Storage failed: what was written stays. Where nothing is full it goes on in new parts; else the room is told at once that it is not recorded any more. */
  #broken(active: RunningRecording, error: unknown): void {
    const { lessonId, id: recordingId } = active.row;
    this.#options.log.error({ lessonId, recordingId, hint: hints.recordingDisk, error }, 'A recording cannot be written');
    const settled = this.#inTurn(lessonId, async () => {
      if (this.#active.get(lessonId) !== active) return;
      if (hasCode(error, 'ENOSPC') || !(await active.goOn())) await this.#end(active, null, endingOf(error));
    });
    this.#unattended({ lessonId, recordingId }, 'A failed recording could not be ended', settled);
  }

  #spaceChanged(level: SpaceLevel): void {
    for (const active of [...this.#active.values()]) {
      const { lessonId, id: recordingId } = active.row;
      const done = this.#inTurn(lessonId, async () => {
        if (this.#active.get(lessonId) !== active) return;
        if (level === 'full') return this.#end(active, null, 'storage-full');
        const captured = !isScarce(level);
        if (active.withoutCameras !== captured) return;
        await active.captureCameras(captured);
        await this.#publish({ type: 'recording-cameras-changed', ...this.#now(active), captured });
      });
      this.#unattended({ lessonId, recordingId }, 'A recording did not follow the space that is left', done);
    }
  }

  async #end(active: RunningRecording, by: PersonId | null, reason: RecordingEndReason): Promise<void> {
    const { store, clock, files } = this.#options;
    const { id, lessonId } = active.row;
    this.#active.delete(lessonId);
    const endedAt = clock.now();
    let bytes = active.bytes;
    try {
      bytes = await active.end(reason);
    } finally {
      await store.end(id, endedAt, reason, bytes);
      files.closed(active.row);
      await this.#publish({ type: 'recording-stopped', lessonId, recordingId: id, by, reason, at: endedAt });
    }
  }

  async #endLeft(left: StoredRecording): Promise<void> {
    const { store, files, log } = this.#options;
    const { id, lessonId, startedAt } = left;
    try {
      const { bytes, lastMs } = await endDirectory(this.#path(left), files.open(left), 'crash');
      await store.end(id, startedAt + Math.round(lastMs), 'crash', bytes);
      files.closed(left);
    } catch (error) {
      log.error({ lessonId, recordingId: id, hint: hints.recordingFiles, error }, 'A recording left behind by a crash cannot be read');
      await store.end(id, startedAt, 'failed', 0);
    }
  }

  #path({ directory }: Pick<StoredRecording, 'directory'>): string {
    return join(this.#options.root, directory);
  }

  #now({ row }: RunningRecording): { readonly lessonId: LessonId; readonly recordingId: RecordingId; readonly at: Instant } {
    return { lessonId: row.lessonId, recordingId: row.id, at: this.#options.clock.now() };
  }

  #publish(fact: RecordingFact): Promise<void> {
    return this.#options.publish([fact]);
  }

  /** Whoever is captured is told before anything is. Where that fails nothing is captured any more. */
  async #tell(active: RunningRecording, fact: FactOf<'recording-started' | 'recording-resumed' | 'recording-paused'>): Promise<void> {
    const { lessonId, id: recordingId } = active.row;
    try {
      await this.#publish(fact);
      active.told = true;
    } catch (error) {
      await this.#end(active, null, 'failed').catch((problem: unknown) =>
        this.#options.log.error({ lessonId, recordingId, error: problem }, 'A recording that nobody could be told of could not be ended'),
      );
      throw error;
    }
  }

  /** Nobody waits for it. */
  #unattended(details: object, what: string, done: Promise<unknown>): void {
    done.catch((error: unknown) => this.#options.log.error({ ...details, error }, what));
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

const storageFull = (): Refused => new Refused('storage-full', 'No space is left for recordings');

const isScarce = (level: SpaceLevel): boolean => level === 'scarce' || level === 'full';

const endingOf = (error: unknown): RecordingEndReason => (hasCode(error, 'ENOSPC') ? 'storage-full' : 'failed');
