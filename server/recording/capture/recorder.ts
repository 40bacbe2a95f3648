// One running recording: its tracks, its tap into the room, its directory. What it is told comes from recording.service.ts.

import type { TrackId } from '../../contract/ids.ts';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RecordingTap } from '../../ports/tap.ts';
import type { Session } from '../format/format.ts';
import type { OpenFile } from './append-file.ts';
import type { PartSink } from './part-sink.ts';
import { RecordedTrack, type RecordedTrackInfo, UnsupportedCodec } from './recorded-track.ts';
import { type PartFile, RecordingDirectory } from './recording-directory.ts';
import { ParticipantClock } from './track-clock.ts';

const tickEveryMs = 200;
const syncEveryMs = 3000;
const retryAfterMs = 1000;

export type RecorderOptions = {
  readonly root: string;
  readonly session: Session;
  readonly clock: Clock;
  readonly openFile: OpenFile;
  /** Opens a tap into the room as it is now; called again after the room's media was lost. */
  readonly openTap: () => Promise<RecordingTap>;
  readonly onWritten: (bytes: number, delayMs: number) => void;
  /** Nothing more can be written. Told once. */
  readonly onFailed: (error: unknown) => void;
  /** A track cannot be recorded just now (`again`: it is tried once more) or at all. */
  readonly onTrackFault: (trackId: TrackId, error: unknown, again: boolean) => void;
};

type Entry = { readonly track: RecordedTrack; state: 'waiting' | 'attaching' | 'attached' | 'given-up'; tryAt: number };

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #directory: RecordingDirectory;
  readonly #entries = new Map<TrackId, Entry>();
  readonly #clocks = new Map<string, ParticipantClock>();
  readonly #timers: readonly Timer[];
  #tap: Promise<RecordingTap> | undefined;
  #running = true;
  #closing: Promise<void> | undefined;
  #syncing = false;

  private constructor(options: RecorderOptions, directory: RecordingDirectory) {
    this.#options = options;
    this.#directory = directory;
    this.#timers = [options.clock.every(tickEveryMs, () => this.#tick()), options.clock.every(syncEveryMs, () => void this.#sync())];
  }

  /** Makes the directory; rejects when that fails. */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const { root, session, openFile, onFailed, onWritten } = options;
    const directory = await RecordingDirectory.create({ root, session, openFile, onWritten, onError: onFailed });
    return new Recorder(options, directory);
  }

  get bytes(): number {
    return this.#directory.bytes;
  }

  /** Records the track from now on. A track that is known already is left as it is. */
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
        this.#running,
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

  /** Captures nothing from the call on; resolves when the media engine sends nothing either. */
  async pause(): Promise<void> {
    if (!this.#running || this.#closing) return;
    this.#running = false;
    const paused = [...this.#entries.values()].map((entry) => ({ entry, done: entry.track.pause() }));
    this.#directory.event({ type: 'paused', at: this.#classNow() });
    await Promise.all(paused.map(({ entry, done }) => done.catch((error: unknown) => this.#lose(entry, error))));
  }

  async resume(): Promise<void> {
    if (this.#running || this.#closing) return;
    this.#running = true;
    this.#directory.event({ type: 'resumed', at: this.#classNow() });
    const resumed = [...this.#entries.values()].map((entry) => ({ entry, done: entry.track.resume() }));
    await Promise.all(resumed.map(({ entry, done }) => done.catch((error: unknown) => this.#lose(entry, error))));
  }

  /** The room's media is gone, and with it tap and tracks; tracks that are published anew come through `add`. */
  mediaReset(): void {
    for (const trackId of [...this.#entries.keys()]) this.remove(trackId);
    this.#clocks.clear();
    this.#dropTap();
  }

  /** Ends all parts and resolves when everything is on disk. Safe twice. */
  close(reason: RecordingEndReason): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #close(reason: RecordingEndReason): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    const at = this.#classNow();
    for (const trackId of [...this.#entries.keys()]) this.remove(trackId);
    this.#dropTap();
    await this.#directory.close({ type: 'end', at, reason });
  }

  #classNow(): number {
    return Math.max(0, this.#options.clock.now() - this.#options.session.startedAt);
  }

  #sink(trackId: TrackId): Omit<PartSink, 'keyFrameWanted'> {
    let part: PartFile | undefined;
    return {
      partOpened: (header) => {
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
