// For tests: a tap whose tracks are clips, played in the time of a given clock.

import type { TrackId } from '../../../contract/ids.ts';
import type { Clock, Timer } from '../../../ports/clock.ts';
import type { RecordingTap, TapListener, TappedTrack } from '../../../ports/tap.ts';
import { timestampDistance } from '../rtp.ts';
import { type ClipCodec, clockRates, payloadTypes } from './rtp-source.ts';

export type Clip = { readonly codec: ClipCodec; readonly packets: readonly Buffer[] };

export const mimeTypes: Readonly<Record<ClipCodec, string>> = {
  h264: 'video/H264',
  vp8: 'video/VP8',
  vp9: 'video/VP9',
  opus: 'audio/opus',
};

/** Clips begin when the tap is made; what comes while a track is paused is not sent. */
export class ClipTap implements RecordingTap {
  readonly #clock: Clock;
  readonly #clips: ReadonlyMap<TrackId, Clip>;
  readonly #startedAt: number;
  readonly #timers = new Set<Timer>();
  readonly resumed = new Set<TrackId>();

  constructor(clock: Clock, clips: ReadonlyMap<TrackId, Clip>) {
    this.#clock = clock;
    this.#clips = clips;
    this.#startedAt = clock.now();
  }

  async attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack> {
    const clip = this.#clips.get(trackId);
    if (!clip) throw new Error(`no track ${trackId}`);
    const timer = this.#play(trackId, clip, listener);
    const close = async (): Promise<void> => {
      timer.cancel();
      this.resumed.delete(trackId);
    };
    return {
      trackId,
      kind: clip.codec === 'opus' ? 'audio' : 'video',
      mimeType: mimeTypes[clip.codec],
      clockRate: clockRates[clip.codec],
      payloadType: payloadTypes[clip.codec],
      ssrc: 1111,
      parameters: {},
      producerPaused: false,
      resume: async () => void this.resumed.add(trackId),
      pause: async () => void this.resumed.delete(trackId),
      requestKeyFrame: async () => undefined,
      close,
    };
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    this.resumed.clear();
  }

  #play(trackId: TrackId, { codec, packets }: Clip, listener: TapListener): Timer {
    const first = packets[0]?.readUInt32BE(4) ?? 0;
    let next = 0;
    let reportedAt = 0;
    const timer = this.#clock.every(20, () => {
      const now = this.#clock.now();
      for (; ; next++) {
        const packet = packets[next];
        if (!packet) return;
        const dueAt = this.#startedAt + (timestampDistance(first, packet.readUInt32BE(4)) / clockRates[codec]) * 1000;
        if (dueAt > now) break;
        if (this.resumed.has(trackId)) listener.packet(packet, now);
      }
      if (!this.resumed.has(trackId) || now - reportedAt < 500) return;
      reportedAt = now;
      const rtpTimestamp = (first + Math.round(((now - this.#startedAt) * clockRates[codec]) / 1000)) >>> 0;
      listener.senderReport({ ssrc: 1111, ntpMs: now, rtpTimestamp });
    });
    this.#timers.add(timer);
    return timer;
  }
}
