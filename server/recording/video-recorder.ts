// Records one picture track: which frames are kept, where a part begins and ends, when a key frame is needed. Pure: it knows no file and no clock.

import { type EncodedFrame, sameConfig, type VideoConfig, type VideoDepacketiser } from './codec.ts';
import { containerFor } from './containers.ts';
import type { TimedPacket } from './incoming.ts';
import type { PartSink } from './part-sink.ts';
import { PartWriter } from './part-writer.ts';
import type { TrackRecorder } from './track-recorder.ts';

/** What has waited so long is written, even if the fragment is short. */
const flushAfterMs = 700;
/** A sender that lives answers a request for a key frame, even when its picture stands still. */
const askAfterMs = 1000;
/** Then it is gone: the last picture is stretched to here and the part ends. */
const endAfterMs = 1800;

export class VideoRecorder implements TrackRecorder {
  readonly #depacketiser: VideoDepacketiser;
  readonly #sink: PartSink;
  #part: { readonly writer: PartWriter; readonly config: VideoConfig } | undefined;
  #needsKey = true;
  #arrivedAtMs = 0;
  /** No picture is dated before this: what is written stays as it is. */
  #earliestMs = 0;

  constructor(depacketiser: VideoDepacketiser, sink: PartSink) {
    this.#depacketiser = depacketiser;
    this.#sink = sink;
  }

  begin(classMs: number): void {
    this.#earliestMs = Math.max(this.#earliestMs, classMs);
  }

  packet(packet: TimedPacket, classMs: number): void {
    this.#arrivedAtMs = packet.arrivedAtMs;
    if (packet.missing > 0) this.#breakOff();
    const frame = this.#depacketiser.push(packet);
    if (frame) this.#take(frame, classMs);
  }

  tick(nowMs: number, classNowMs: number): void {
    if (!this.#part) return;
    const silentMs = nowMs - this.#arrivedAtMs;
    if (silentMs > flushAfterMs) this.#part.writer.flush();
    if (silentMs > askAfterMs) this.#sink.keyFrameWanted();
    if (silentMs > endAfterMs) this.end(classNowMs);
  }

  end(classNowMs: number): void {
    this.#depacketiser.reset();
    this.#needsKey = true;
    this.#endPart(classNowMs);
  }

  /** Pictures that build on a lost one would show rubbish: the last good one stands until the next key frame. */
  #breakOff(): void {
    this.#depacketiser.reset();
    this.#needsKey = true;
    this.#sink.keyFrameWanted();
  }

  #take({ data, config }: EncodedFrame, classMs: number): void {
    if (this.#needsKey && !config) {
      this.#sink.keyFrameWanted();
      return;
    }
    const timeMs = Math.max(classMs, this.#earliestMs);
    if (config && this.#part && !sameConfig(config, this.#part.config)) this.#endPart(timeMs);
    if (config && !this.#part) this.#part = { config, writer: new PartWriter(containerFor(config), this.#sink, Math.max(timeMs, this.#earliestMs)) };
    this.#needsKey = false;
    this.#part?.writer.add(Math.max(timeMs, this.#earliestMs), data, config !== undefined);
  }

  #endPart(endMs: number): void {
    const part = this.#part;
    if (!part) return;
    this.#part = undefined;
    this.#earliestMs = Math.max(this.#earliestMs, part.writer.close(endMs));
  }
}
