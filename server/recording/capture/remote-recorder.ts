// A recording whose recorder lives in another process: remembers what was wanted of it, so that a new process can go on where one died.

import type { LessonId, RecordingId, TrackId } from '../../contract/ids.ts';
import type { RecordingEndReason } from '../../contract/reasons.ts';
import type { RecordingGapReason } from '../../contract/recording.ts';
import type { TappedTrack, TapSteering } from '../../ports/tap.ts';
import type { Line } from './line.ts';
import { errorOf, type FromRecorder, type ToRecorder } from './protocol.ts';
import type { RecordedTrackInfo } from './recorded-track.ts';
import type { RecorderStart, RunningRecorder } from './running-recorder.ts';

export type SteerTap = (lessonId: LessonId, port: number) => Promise<TapSteering>;

type Steered = { readonly steering: TapSteering; readonly tracks: Map<number, TappedTrack> };

export class RemoteRecorder implements RunningRecorder {
  readonly id: RecordingId;
  readonly #lessonId: LessonId;
  readonly #start: RecorderStart;
  readonly #steer: SteerTap;
  readonly #gone: () => void;
  readonly #infos = new Map<TrackId, RecordedTrackInfo>();
  readonly #taps = new Map<number, Steered>();
  /** To the process that records it now. */
  #line: Line<ToRecorder> | undefined;
  #paused: boolean;
  #cameras: boolean;
  #bytes = 0;
  #beginning: Promise<void> | undefined;
  #isBegun = false;
  #closing: Promise<void> | undefined;

  constructor(lessonId: LessonId, start: RecorderStart, steer: SteerTap, gone: () => void) {
    this.id = start.session.id;
    this.#lessonId = lessonId;
    this.#start = start;
    this.#steer = steer;
    this.#gone = gone;
    this.#paused = start.paused;
    this.#cameras = start.cameras;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** To be gone on with when its process dies. */
  get goesOn(): boolean {
    return this.#isBegun && this.#closing === undefined;
  }

  /** Has a process record it. Rejects when that cannot; then it may be tried with another. */
  begin(line: Line<ToRecorder>, goesOnAfter: RecordingGapReason | null): Promise<void> {
    this.#beginning = this.#begin(line, goesOnAfter);
    return this.#beginning;
  }

  async #begin(line: Line<ToRecorder>, goesOnAfter: RecordingGapReason | null): Promise<void> {
    const { session, key } = this.#start;
    const { id } = this;
    const [paused, cameras] = [this.#paused, this.#cameras];
    await line.ask({ ask: 'open', id, session, key: key?.toString('base64') ?? null, goesOnAfter, paused, cameras });
    this.#line = line;
    this.#isBegun = true;
    // What was asked meanwhile comes before any track.
    if (this.#paused !== paused) line.tell({ ask: this.#paused ? 'pause' : 'resume', id });
    if (this.#cameras !== cameras) line.tell({ ask: 'cameras', id, captured: this.#cameras });
    for (const info of this.#infos.values()) line.tell({ ask: 'add', id, info });
  }

  /** Its process is gone; nothing of what it steered is wanted any more. */
  lost(): void {
    this.#line = undefined;
    for (const { steering } of this.#taps.values()) steering.close().catch(() => undefined);
    this.#taps.clear();
  }

  /** Nobody can record it any more. */
  failed(error: unknown): void {
    if (!this.#closing) this.#start.onFailed(error);
  }

  add(info: RecordedTrackInfo): void {
    if (this.#infos.has(info.trackId)) return;
    this.#infos.set(info.trackId, info);
    this.#line?.tell({ ask: 'add', id: this.id, info });
  }

  remove(trackId: TrackId): void {
    this.#infos.delete(trackId);
    this.#line?.tell({ ask: 'remove', id: this.id, trackId });
  }

  mediaReset(): void {
    this.#infos.clear();
    this.#line?.tell({ ask: 'media-reset', id: this.id });
  }

  async pause(): Promise<void> {
    this.#paused = true;
    await this.#turn();
  }

  async resume(): Promise<void> {
    this.#paused = false;
    await this.#turn();
  }

  async captureCameras(captured: boolean): Promise<void> {
    this.#cameras = captured;
    await this.#ask({ ask: 'cameras', id: this.id, captured });
  }

  close(reason: RecordingEndReason | null): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #close(reason: RecordingEndReason | null): Promise<void> {
    await this.#beginning?.catch(() => undefined);
    try {
      const bytes = await this.#ask({ ask: 'close', id: this.id, reason });
      if (typeof bytes === 'number') this.#bytes = bytes;
    } finally {
      // Also of one that its process could not close: nobody would ask for it again.
      this.lost();
      this.#gone();
    }
  }

  /** What its process asks and tells. */
  async asked(asked: FromRecorder): Promise<unknown> {
    switch (asked.ask) {
      case 'tap-open':
        this.#taps.set(asked.tap, { steering: await this.#steer(this.#lessonId, asked.port), tracks: new Map() });
        return null;
      case 'tap-close':
        await this.#taps.get(asked.tap)?.steering.close();
        this.#taps.delete(asked.tap);
        return null;
      case 'attach':
        return this.#attach(asked);
      case 'track':
        return this.#steerTrack(asked);
      case 'progress':
        return this.#hear(asked);
      case 'failed':
        return this.failed(errorOf(asked.fault));
      case 'track-fault':
        return this.#start.onTrackFault(asked.trackId, errorOf(asked.fault), asked.again);
      default:
        return asked satisfies never;
    }
  }

  #hear({ bytes, mended, events, indexed, written }: Extract<FromRecorder, { ask: 'progress' }>): void {
    const { progress, onWritten } = this.#start;
    this.#bytes = Math.max(this.#bytes, bytes);
    if (mended) progress.mended(mended);
    for (const event of events) progress.event(event);
    for (const [file, extent] of Object.entries(indexed)) progress.indexed(file, extent);
    for (const [size, delayMs] of written) onWritten(size, delayMs);
  }

  async #attach({ tap, track, trackId }: Extract<FromRecorder, { ask: 'attach' }>): Promise<unknown> {
    const steered = this.#taps.get(tap);
    if (!steered) throw new Error('The tap is closed');
    const line = this.#line;
    const tell = (what: 'producer-paused' | 'producer-resumed' | 'ended') =>
      line?.tell({ ask: 'track-changed', id: this.id, tap, track, what });
    const tapped = await steered.steering.attach(trackId, {
      producerPaused: () => tell('producer-paused'),
      producerResumed: () => tell('producer-resumed'),
      ended: () => tell('ended'),
    });
    steered.tracks.set(track, tapped);
    const { kind, mimeType, clockRate, payloadType, ssrc, parameters, producerPaused } = tapped;
    return { kind, mimeType, clockRate, payloadType, ssrc, parameters, producerPaused };
  }

  async #steerTrack({ tap, track, what }: Extract<FromRecorder, { ask: 'track' }>): Promise<null> {
    const tracks = this.#taps.get(tap)?.tracks;
    const tapped = tracks?.get(track);
    if (what === 'resume') await tapped?.resume();
    if (what === 'pause') await tapped?.pause();
    if (what === 'key-frame') await tapped?.requestKeyFrame();
    if (what === 'close') {
      tracks?.delete(track);
      await tapped?.close();
    }
    return null;
  }

  async #turn(): Promise<void> {
    await this.#ask({ ask: this.#paused ? 'pause' : 'resume', id: this.id });
  }

  /** While no process records it there is nothing to ask; one that dies meanwhile captures nothing either, and the next is told what is wanted. */
  async #ask(body: ToRecorder): Promise<unknown> {
    const line = this.#line;
    try {
      return await line?.ask(body);
    } catch (error) {
      if (this.#line === line && line?.isWhole) throw error;
      return undefined;
    }
  }
}
