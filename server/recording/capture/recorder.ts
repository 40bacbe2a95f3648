// One running recording: its tracks, its tap into the room, its directory. What it is told comes from recording.service.ts.

import { join } from 'node:path';
import type { LessonId, TrackId } from '../../contract/ids.ts';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import type { RecordingGapReason } from '../../contract/recording.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RecordingTap } from '../../ports/tap.ts';
import { type Mended, mendDirectory } from '../format/repair.ts';
import type { OpenFile } from './append-file.ts';
import type { PartSink } from './part-sink.ts';
import { RecordedTrack, type RecordedTrackInfo, UnsupportedCodec } from './recorded-track.ts';
import { type PartFile, RecordingDirectory } from './recording-directory.ts';
import type { OpenRecorder, RecorderStart, RunningRecorder } from './running-recorder.ts';
import { ParticipantClock } from './track-clock.ts';

const tickEveryMs = 200;
/** A loss of power costs what is not synced. On a slow disk the next follows a second after the last has ended. */
const syncEveryMs = 1000;
const retryAfterMs = 1000;

export type RecorderOptions = RecorderStart & {
  readonly root: string;
  readonly clock: Clock;
  readonly openFile: OpenFile;
  /** Opens a tap into the room as it is now; called again after the room's media was lost. */
  readonly openTap: () => Promise<RecordingTap>;
};

/** Recorders in this process: where they are to live, and where their packets come from. */
export const recordersHere =
  (
    here: Pick<RecorderOptions, 'root' | 'clock' | 'openFile'> & { readonly openTap: (lessonId: LessonId) => Promise<RecordingTap> },
  ): OpenRecorder =>
  (lessonId, start) =>
    Recorder.open({ ...here, ...start, openTap: () => here.openTap(lessonId) });

type Entry = { readonly track: RecordedTrack; state: 'waiting' | 'attaching' | 'attached' | 'given-up'; tryAt: number };

export class Recorder implements RunningRecorder {
  readonly #options: RecorderOptions;
  readonly #directory: RecordingDirectory;
  readonly #entries = new Map<TrackId, Entry>();
  readonly #clocks = new Map<string, ParticipantClock>();
  readonly #timers: readonly Timer[];
  #tap: Promise<RecordingTap> | undefined;
  #running: boolean;
  #cameras = true;
  /** Something broke, and nothing has been captured since. */
  #gap: { readonly fromMs: number; readonly why: RecordingGapReason } | undefined;
  #closing: Promise<void> | undefined;
  #syncing = false;

  private constructor(options: RecorderOptions, directory: RecordingDirectory) {
    this.#options = options;
    this.#directory = directory;
    this.#running = !options.paused;
    this.#timers = [options.clock.every(tickEveryMs, () => this.#tick()), options.clock.every(syncEveryMs, () => void this.#sync())];
  }

  static async open(options: RecorderOptions): Promise<Recorder> {
    const { root, session, key, onFailed, goesOnAfter, progress } = options;
    const files = { ...options, onError: onFailed };
    if (goesOnAfter === null) return new Recorder(options, await RecordingDirectory.create(files)).#begin(false);
    const mended = await mendDirectory(join(root, session.id), key);
    progress.mended(mended.events);
    const recorder = new Recorder(options, RecordingDirectory.goOn(files, mended));
    recorder.#breakOver(mended, goesOnAfter);
    return recorder.#begin(mended.paused);
  }

  get bytes(): number {
    return this.#directory.bytes;
  }

  add(info: RecordedTrackInfo): void {
    if (this.#closing || this.#entries.has(info.trackId)) return;
    const { trackId, participantId, name, source } = info;
    this.#directory.event({ type: 'track', at: this.#classNow(), trackId, participantId, name, source });
    const { clock, session } = this.#options;
    const participantClock = this.#clocks.get(participantId) ?? new ParticipantClock();
    this.#clocks.set(participantId, participantClock);
    const entry: Entry = {
      state: 'waiting',
      tryAt: 0,
      track: new RecordedTrack(
        {
          info,
          startedAt: session.startedAt,
          now: () => clock.now(),
          clock: participantClock,
          sink: this.#sink(trackId),
          onEnded: () => this.#tryLater(entry),
          onFault: (error) => this.#giveUp(entry, error),
        },
        this.#running && this.#isWanted(info),
      ),
    };
    this.#entries.set(trackId, entry);
    void this.#attach(entry);
  }

  remove(trackId: TrackId): void {
    const entry = this.#entries.get(trackId);
    this.#entries.delete(trackId);
    if (entry) void closeQuietly(entry.track);
  }

  async pause(): Promise<void> {
    if (!this.#running || this.#closing) return;
    this.#running = false;
    const at = this.#classNow();
    const paused = this.#each((track) => track.pause());
    this.#endGap(at);
    this.#directory.event({ type: 'paused', at });
    // Who is told of a pause finds it again, whatever dies next.
    await Promise.all([paused, this.#directory.written()]);
  }

  async resume(): Promise<void> {
    if (this.#running || this.#closing) return;
    this.#running = true;
    this.#directory.event({ type: 'resumed', at: this.#classNow() });
    await this.#each((track) => (this.#isWanted(track.info) ? track.resume() : undefined));
  }

  async captureCameras(captured: boolean): Promise<void> {
    if (this.#cameras === captured || this.#closing) return;
    this.#cameras = captured;
    this.#directory.event({ type: 'cameras', at: this.#classNow(), captured });
    if (!this.#running) return;
    await this.#each((track) => {
      if (track.info.source !== 'camera') return undefined;
      return captured ? track.resume() : track.pause();
    });
  }

  mediaReset(): void {
    if (this.#running && this.#entries.size > 0) this.#gap ??= { fromMs: this.#classNow(), why: 'media' };
    for (const trackId of [...this.#entries.keys()]) this.remove(trackId);
    this.#clocks.clear();
    this.#dropTap();
  }

  close(reason: RecordingEndReason | null): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #close(reason: RecordingEndReason | null): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    const at = this.#classNow();
    for (const trackId of [...this.#entries.keys()]) this.remove(trackId);
    this.#dropTap();
    this.#endGap(at);
    await this.#directory.close(reason && { type: 'end', at, reason });
  }

  /** Brings what is on disk in step with what is wanted. */
  #begin(wasPaused: boolean): this {
    const { paused, cameras } = this.#options;
    if (paused !== wasPaused) this.#directory.event({ type: paused ? 'paused' : 'resumed', at: this.#classNow() });
    void this.captureCameras(cameras);
    return this;
  }

  /** Written at once, so that it is known even when this process dies too, and again when there is something to see. */
  #breakOver({ paused, lastMs }: Mended, why: RecordingGapReason): void {
    const at = this.#classNow();
    if (paused || at <= lastMs) return;
    this.#directory.event({ type: 'gap', at, fromMs: lastMs, toMs: at, why });
    if (this.#running) this.#gap = { fromMs: lastMs, why };
  }

  #endGap(toMs: number): void {
    const gap = this.#gap;
    this.#gap = undefined;
    if (gap && toMs > gap.fromMs) this.#directory.event({ type: 'gap', at: this.#classNow(), toMs, ...gap });
  }

  #isWanted({ source }: RecordedTrackInfo): boolean {
    return this.#cameras || source !== 'camera';
  }

  async #each(act: (track: RecordedTrack) => Promise<void> | undefined): Promise<void> {
    const acting = [...this.#entries.values()].map((entry) => ({ entry, done: act(entry.track) }));
    await Promise.all(acting.map(({ entry, done }) => done?.catch((error: unknown) => this.#lose(entry, error))));
  }

  #classNow(): number {
    return Math.max(0, this.#options.clock.now() - this.#options.session.startedAt);
  }

  #sink(trackId: TrackId): Omit<PartSink, 'keyFrameWanted'> {
    let part: PartFile | undefined;
    return {
      partOpened: (header) => {
        this.#endGap(header.startMs);
        part = this.#directory.openPart(trackId, header, this.#classNow());
      },
      fragment: (fragment) => part?.fragment(fragment),
      partClosed: () => {
        part?.end(this.#classNow());
        part = undefined;
      },
    };
  }

  #tick(): void {
    const now = this.#options.clock.now();
    for (const entry of this.#entries.values()) {
      entry.track.tick();
      if (entry.state === 'waiting' && now >= entry.tryAt) void this.#attach(entry);
    }
  }

  async #attach(entry: Entry): Promise<void> {
    entry.state = 'attaching';
    try {
      this.#tap ??= this.#openTap();
      await entry.track.attach(await this.#tap);
      entry.state = 'attached';
    } catch (error) {
      const again = !(error instanceof UnsupportedCodec);
      if (again) this.#tryLater(entry);
      else entry.state = 'given-up';
      if (this.#isKnown(entry)) this.#options.onTrackFault(entry.track.info.trackId, error, again);
    }
  }

  async #openTap(): Promise<RecordingTap> {
    try {
      return await this.#options.openTap();
    } catch (error) {
      this.#tap = undefined;
      throw error;
    }
  }

  #tryLater(entry: Entry): void {
    entry.state = 'waiting';
    entry.tryAt = this.#options.clock.now() + retryAfterMs;
  }

  /** The media engine did not do as it was told: let go of the track, and try to get it anew. */
  #lose(entry: Entry, error: unknown): void {
    const { info } = entry.track;
    if (!this.#isKnown(entry)) return;
    this.#options.onTrackFault(info.trackId, error, true);
    this.remove(info.trackId);
    this.add(info);
  }

  /** What it sends cannot be recorded. It stays known, so that it is not tried again. */
  #giveUp(entry: Entry, error: unknown): void {
    entry.state = 'given-up';
    if (this.#isKnown(entry)) this.#options.onTrackFault(entry.track.info.trackId, error, false);
  }

  #isKnown(entry: Entry): boolean {
    return this.#entries.get(entry.track.info.trackId) === entry;
  }

  #dropTap(): void {
    const tap = this.#tap;
    this.#tap = undefined;
    // A tap whose worker died has nothing left to close.
    tap?.then((opened) => opened.close()).catch(() => {});
  }

  async #sync(): Promise<void> {
    if (this.#syncing) return;
    this.#syncing = true;
    await this.#directory.sync();
    this.#syncing = false;
  }
}

/** A consumer that cannot be closed is closed already. */
const closeQuietly = (track: RecordedTrack): Promise<void> => track.close().catch(() => {});
