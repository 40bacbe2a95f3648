// One recording that runs: its recorder, what of it can be watched already, and how it goes on when the store failed.

import { join } from 'node:path';
import type { TrackId } from '../contract/ids.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { RecordingGapReason } from '../contract/recording.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordingFiles } from '../ports/recording-files.ts';
import type { RecordedTrackInfo } from './capture/recorded-track.ts';
import type { OpenRecorder, RecorderStart, RunningRecorder } from './capture/running-recorder.ts';
import { formatVersion, type Session } from './format/format.ts';
import { LiveManifest } from './format/live-manifest.ts';
import { endDirectory } from './format/repair.ts';
import type { StoredRecording } from './recording.store.ts';

/** What of its row it goes by. */
export type RecordingRow = Pick<StoredRecording, 'id' | 'lessonId' | 'startedAt' | 'startedBy' | 'directory' | 'sealedKey'>;

export type RunningOptions = {
  readonly row: RecordingRow;
  readonly clock: Clock;
  readonly root: string;
  readonly files: Pick<RecordingFiles, 'open'>;
  readonly openRecorder: OpenRecorder;
  readonly onWritten: RecorderStart['onWritten'];
  readonly onTrackFault: RecorderStart['onTrackFault'];
  /** It cannot be written any more: to be told `goOn` or `end`. */
  readonly onBroken: (running: RunningRecording, error: unknown) => void;
};

type Begin = Pick<RecorderStart, 'goesOnAfter' | 'paused' | 'cameras'>;

/** So often the store may fail before the recording is given up. */
const mostFailures = 5;
/** A disk that hangs must not hold the class. */
const longestCloseMs = 15_000;

export class RunningRecording {
  readonly row: RecordingRow;
  readonly live: LiveManifest;
  readonly #options: RunningOptions;
  readonly #session: Session;
  readonly #infos = new Map<TrackId, RecordedTrackInfo>();
  #recorder: RunningRecorder | undefined;
  #state: 'recording' | 'paused';
  #cameras: boolean;
  #failures = 0;
  /** The people in the room know of it: from then on tracks are captured. */
  told = false;

  private constructor(options: RunningOptions, { paused, cameras }: Begin) {
    const { id, lessonId, startedAt, startedBy } = options.row;
    this.row = options.row;
    this.#options = options;
    this.#session = { format: formatVersion, id, lessonId, startedAt, startedBy };
    this.live = new LiveManifest(this.#session);
    this.#state = paused ? 'paused' : 'recording';
    this.#cameras = cameras;
  }

  /** Rejects when its directory cannot be made, or cannot be read to go on. */
  static async open(options: RunningOptions, begin: Begin): Promise<RunningRecording> {
    const running = new RunningRecording(options, begin);
    await running.#open(begin.goesOnAfter);
    return running;
  }

  get state(): 'recording' | 'paused' {
    return this.#state;
  }

  get withoutCameras(): boolean {
    return !this.#cameras;
  }

  get bytes(): number {
    return this.#recorder?.bytes ?? 0;
  }

  add(info: RecordedTrackInfo): void {
    if (!this.told) return;
    this.#infos.set(info.trackId, info);
    this.#recorder?.add(info);
  }

  remove(trackId: TrackId): void {
    this.#infos.delete(trackId);
    this.#recorder?.remove(trackId);
  }

  mediaReset(): void {
    this.#infos.clear();
    this.#recorder?.mediaReset();
  }

  /** Captures nothing from the call on. */
  async pause(): Promise<void> {
    this.#state = 'paused';
    await this.#recorder?.pause();
  }

  /** Still captures nothing: whoever is captured is told before. */
  willResume(): void {
    this.#state = 'recording';
  }

  async resume(): Promise<void> {
    await this.#recorder?.resume();
  }

  async captureCameras(captured: boolean): Promise<void> {
    this.#cameras = captured;
    await this.#recorder?.captureCameras(captured);
  }

  /** In new parts, after the store failed. Answers whether it does; it may be asked again after a failure. */
  async goOn(): Promise<boolean> {
    this.#failures += 1;
    if (this.#failures > mostFailures) return false;
    if (!(await this.#within(this.#recorder?.close(null)))) return false;
    try {
      await this.#open('storage');
    } catch {
      return false;
    }
    for (const info of this.#infos.values()) this.#recorder?.add(info);
    return true;
  }

  /** Resolves when it is ready to be played, or when the store takes too long for anyone to wait. Answers the bytes of media. */
  async end(reason: RecordingEndReason): Promise<number> {
    const { root, row, files } = this.#options;
    const recorder = this.#recorder;
    let bytes = recorder?.bytes ?? 0;
    await this.#within(
      (async () => {
        await recorder?.close(reason);
        // Where something failed meanwhile, this cuts off what is not whole; else there is nothing to do.
        ({ bytes } = await endDirectory(join(root, row.directory), files.open(row), reason));
      })(),
    );
    return bytes;
  }

  async #open(goesOnAfter: RecordingGapReason | null): Promise<void> {
    const { row, files, openRecorder, onWritten, onTrackFault, onBroken } = this.#options;
    this.#recorder = await openRecorder(row.lessonId, {
      ...{ session: this.#session, goesOnAfter, progress: this.live, onWritten, onTrackFault },
      key: files.open(row),
      paused: this.#state === 'paused',
      cameras: this.#cameras,
      onFailed: (error) => onBroken(this, error),
    });
  }

  /** Answers whether it was done in time. Rejects as `work` does. */
  async #within(work: Promise<unknown> | undefined): Promise<boolean> {
    const late = Promise.withResolvers<false>();
    const timer = this.#options.clock.after(longestCloseMs, () => late.resolve(false));
    try {
      return await Promise.race([Promise.resolve(work).then(() => true), late.promise]);
    } finally {
      timer.cancel();
    }
  }
}
