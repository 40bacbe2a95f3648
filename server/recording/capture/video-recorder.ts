// Records one picture track: which frames are kept, where a part begins and ends, when a key frame is needed. Pure: it knows no file and no clock.

import { type EncodedFrame, sameConfig, type VideoConfig, type VideoDepacketiser } from './codec.ts';
import { containerFor } from './containers.ts';
import type { TimedPacket } from './incoming.ts';
import type { PartSink } from './part-sink.ts';
import { PartWriter } from './part-writer.ts';
import { timestampDistance } from './rtp.ts';
import type { TrackRecorder } from './track-recorder.ts';

/** What has waited so long is written, even if the fragment is short. */
const flushAfterMs = 700;
/** A sender that lives answers a request for a key frame, even when its picture stands still. */
const askAfterMs = 1000;
/** Then it is gone: the last picture is stretched to here and the part ends. */
const endAfterMs = 1800;
/** All picture codecs count RTP time at 90 kHz. */
const videoTicksPerMs = 90;
const leastStepMs = 1;
const mostCatchUpStepMs = 50;
/** More than any picture needs: a sender that never ends one must not fill the memory. */
const mostPictureBytes = 4 * 1024 * 1024;

export class VideoRecorder implements TrackRecorder {
  readonly #depacketiser: VideoDepacketiser;
  readonly #sink: PartSink;
  #part: { readonly writer: PartWriter; readonly config: VideoConfig } | undefined;
  #needsKey = true;
  #arrivedAtMs = 0;
  /** What was captured before this was captured while it should not have been. */
  #beganMs = 0;
  /** No picture is dated before this: what is written stays as it is. */
  #earliestMs = 0;
  #previousTimestamp: number | undefined;
  #gathering = { timestamp: -1, bytes: 0 };

  constructor(depacketiser: VideoDepacketiser, sink: PartSink) {
    this.#depacketiser = depacketiser;
    this.#sink = sink;
  }

  begin(classMs: number): void {
    this.#beganMs = classMs;
  }

  packet(packet: TimedPacket, classMs: number): void {
    this.#arrivedAtMs = packet.arrivedAtMs;
    if (packet.missing > 0) this.#breakOff();
    if (packet.timestamp !== this.#gathering.timestamp) this.#gathering = { timestamp: packet.timestamp, bytes: 0 };
    this.#gathering.bytes += packet.payload.length;
    if (this.#gathering.bytes > mostPictureBytes) return this.#breakOff();
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

  #take({ timestamp, data, config }: EncodedFrame, classMs: number): void {
    const canBegin = config !== undefined && (this.#part !== undefined || classMs >= this.#beganMs);
    if (this.#needsKey && !canBegin) {
      this.#sink.keyFrameWanted();
      return;
    }
    const timeMs = this.#timeFor(timestamp, classMs);
    if (config && this.#part && !sameConfig(config, this.#part.config)) this.#endPart(timeMs);
    if (config && !this.#part) this.#part = { config, writer: new PartWriter(containerFor(config), this.#sink, timeMs) };
    this.#needsKey = false;
    this.#part?.writer.add(timeMs, data, config !== undefined);
    this.#earliestMs = timeMs;
    this.#previousTimestamp = timestamp;
  }

  /** Where the sender's clock turns out to be earlier than believed, pictures follow one another at double speed until they have caught up. */
  #timeFor(timestamp: number, classMs: number): number {
    const stepMs = timestampDistance(this.#previousTimestamp ?? timestamp, timestamp) / videoTicksPerMs;
    return Math.max(classMs, this.#earliestMs + Math.max(leastStepMs, Math.min(stepMs / 2, mostCatchUpStepMs)));
  }

  #endPart(endMs: number): void {
    const part = this.#part;
    if (!part) return;
    this.#part = undefined;
    this.#previousTimestamp = undefined;
    this.#earliestMs = Math.max(this.#earliestMs, part.writer.close(endMs));
  }
}
