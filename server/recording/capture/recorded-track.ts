// One track of a recording: joins the tap, the pure recorder of its codec, and the part that is being written.

import type { Instant, ParticipantId, TrackId } from '../../contract/ids.ts';
import type { TrackSource } from '../../contract/media.ts';
import type { RecordingTap, SenderReport, TapListener, TappedTrack } from '../../ports/tap.ts';
import { AudioRecorder } from './audio-recorder.ts';
import type { VideoDepacketiser } from './codec.ts';
import { H264Depacketiser } from './depacketise-h264.ts';
import { vp8Depacketiser } from './depacketise-vp8.ts';
import { vp9Depacketiser } from './depacketise-vp9.ts';
import { Incoming, type TimedPacket } from './incoming.ts';
import type { PartSink } from './part-sink.ts';
import { type ParticipantClock, TrackClock } from './track-clock.ts';
import type { TrackRecorder } from './track-recorder.ts';
import { VideoRecorder } from './video-recorder.ts';

/** What the room says about a track. */
export type RecordedTrackInfo = {
  readonly trackId: TrackId;
  readonly participantId: ParticipantId;
  /** The person's name as shown in the room. */
  readonly name: string;
  readonly source: TrackSource;
};

export class UnsupportedCodec extends Error {}

const depacketisers: Readonly<Record<string, () => VideoDepacketiser>> = {
  'video/h264': () => new H264Depacketiser(),
  'video/vp8': vp8Depacketiser,
  'video/vp9': vp9Depacketiser,
};

const recorderFor = (mimeType: string, sink: PartSink): TrackRecorder => {
  const codec = mimeType.toLowerCase();
  if (codec === 'audio/opus') return new AudioRecorder(sink);
  const depacketiser = depacketisers[codec]?.();
  if (!depacketiser) throw new UnsupportedCodec(mimeType);
  return new VideoRecorder(depacketiser, sink);
};

/** Asking costs the sender bandwidth, and an answer takes a round trip. */
const leastBetweenAsksMs = 300;

const keyFrameEveryMs = (source: TrackSource): number => {
  switch (source) {
    case 'camera':
      return 4000;
    case 'screen':
      return 10_000;
    case 'microphone':
    case 'screen-audio':
      return Number.POSITIVE_INFINITY;
  }
};

type Pipeline = { readonly tapped: TappedTrack; readonly incoming: Incoming; readonly recorder: TrackRecorder };

export type RecordedTrackOptions = {
  readonly info: RecordedTrackInfo;
  readonly startedAt: Instant;
  readonly now: () => number;
  readonly clock: ParticipantClock;
  readonly sink: Omit<PartSink, 'keyFrameWanted'>;
  /** The tap delivers no more of this track. */
  readonly onEnded: () => void;
  /** What came from the network could not be recorded: the track is let go of for good. */
  readonly onFault: (error: unknown) => void;
};

export class RecordedTrack implements TapListener {
  readonly info: RecordedTrackInfo;
  readonly #options: RecordedTrackOptions;
  #pipeline: Pipeline | undefined;
  #running: boolean;
  #producerOn = true;
  /** Packets are taken: the recording runs and the producer is on. */
  #on = false;
  #askedAtMs = 0;
  #closed = false;
  #faulty = false;

  constructor(options: RecordedTrackOptions, running: boolean) {
    this.info = options.info;
    this.#options = options;
    this.#running = running;
  }

  /** Rejects when the tap has no such track, or its codec cannot be recorded. */
  async attach(tap: RecordingTap): Promise<void> {
    const tapped = await tap.attach(this.info.trackId, this);
    try {
      if (this.#closed) return await tapped.close();
      const { startedAt, clock, sink } = this.#options;
      const recorder = recorderFor(tapped.mimeType, { ...sink, keyFrameWanted: () => this.#askKeyFrame() });
      this.#pipeline = { tapped, recorder, incoming: new Incoming(new TrackClock(clock, tapped.clockRate), tapped.payloadType) };
      this.#producerOn = !tapped.producerPaused;
      this.#turn(this.#options.now() - startedAt);
      if (this.#running) await tapped.resume();
    } catch (error) {
      this.#pipeline = undefined;
      this.#on = false;
      await tapped.close();
      throw error;
    }
  }

  packet(bytes: Buffer, arrivedAtMs: number): void {
    this.#contain(() => {
      if (this.#on) this.#deliver(this.#pipeline?.incoming.push(bytes, arrivedAtMs));
    });
  }

  senderReport(report: SenderReport): void {
    this.#contain(() => {
      if (this.#on) this.#deliver(this.#pipeline?.incoming.report(report, this.#options.now()));
    });
  }

  producerPaused(): void {
    this.#producerOn = false;
    this.#contain(() => this.#turn(this.#classNow()));
  }

  producerResumed(): void {
    this.#producerOn = true;
    this.#contain(() => this.#turn(this.#classNow()));
  }

  ended(): void {
    this.#contain(() => this.#stop());
    this.#pipeline = undefined;
    if (!this.#closed && !this.#faulty) this.#options.onEnded();
  }

  /** To be called a few times a second. */
  tick(): void {
    this.#contain(() => {
      const pipeline = this.#pipeline;
      if (!this.#on || !pipeline) return;
      const now = this.#options.now();
      this.#deliver(pipeline.incoming.tick(now));
      pipeline.recorder.tick(now, this.#classNow());
      if (now - this.#askedAtMs >= keyFrameEveryMs(this.info.source)) this.#askKeyFrame();
    });
  }

  /** From the call on nothing is captured; resolves when the media engine sends nothing either. */
  async pause(): Promise<void> {
    this.#running = false;
    this.#contain(() => this.#turn(this.#classNow()));
    await this.#pipeline?.tapped.pause();
  }

  async resume(): Promise<void> {
    this.#running = true;
    this.#contain(() => this.#turn(this.#classNow()));
    await this.#pipeline?.tapped.resume();
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#contain(() => this.#stop());
    const pipeline = this.#pipeline;
    this.#pipeline = undefined;
    await pipeline?.tapped.close();
  }

  /** All that a sender's packets lead to happens in here: one track's fault is not the others', nor the server's. */
  #contain(act: () => void): void {
    if (this.#faulty) return;
    try {
      act();
    } catch (error) {
      this.#giveUp(error);
    }
  }

  #giveUp(error: unknown): void {
    this.#faulty = true;
    this.#on = false;
    const pipeline = this.#pipeline;
    this.#pipeline = undefined;
    // What was written before stays.
    this.#options.sink.partClosed();
    pipeline?.tapped.close().catch(() => {});
    if (!this.#closed) this.#options.onFault(error);
  }

  #classNow(): number {
    return this.#options.now() - this.#options.startedAt;
  }

  #turn(classMs: number): void {
    const pipeline = this.#pipeline;
    const on = this.#running && this.#producerOn && pipeline !== undefined;
    if (on === this.#on) return;
    if (!on) return this.#stop();
    this.#on = true;
    this.#askedAtMs = this.#options.now();
    pipeline.recorder.begin(classMs);
  }

  #stop(): void {
    const pipeline = this.#pipeline;
    if (!this.#on || !pipeline) return;
    const now = this.#options.now();
    this.#deliver(pipeline.incoming.drain(now));
    this.#on = false;
    pipeline.recorder.end(this.#classNow());
  }

  #deliver(packets: readonly TimedPacket[] = []): void {
    for (const packet of packets) this.#pipeline?.recorder.packet(packet, packet.capturedAtMs - this.#options.startedAt);
  }

  #askKeyFrame(): void {
    const now = this.#options.now();
    if (now - this.#askedAtMs < leastBetweenAsksMs) return;
    this.#askedAtMs = now;
    // A track that closes meanwhile has nothing to answer with; the next tick asks again.
    this.#pipeline?.tapped.requestKeyFrame().catch(() => {});
  }
}
