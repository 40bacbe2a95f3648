// What the recorder needs of the media engine: the raw RTP of one room's tracks, with the sender reports that tell its time.

import type { TrackId } from '../contract/ids.ts';

/** One RTCP sender report (RFC 3550, section 6.4.1), reduced to what maps a track's RTP time to a common clock. */
export type SenderReport = {
  readonly ssrc: number;
  /** The report's NTP time in milliseconds, fraction kept. Its zero is the sender's own; only differences within one tap mean anything. */
  readonly ntpMs: number;
  readonly rtpTimestamp: number;
};

/** What happens to a tapped track. Called synchronously from `attach` until the track is closed. None of them may throw. */
export interface TapEvents {
  /** The publisher or a moderator paused the producer: no packets follow until `producerResumed`. */
  producerPaused(): void;
  producerResumed(): void;
  /** The track cannot deliver any more: the producer closed, or the worker died. Not called after the recorder's own `close`. */
  ended(): void;
}

/** Also what comes of it, in order of arrival. */
export interface TapListener extends TapEvents {
  /** A whole RTP packet. The buffer belongs to the listener: the tap does not write to it again. `arrivedAtMs` is on the clock port's scale. */
  packet(packet: Buffer, arrivedAtMs: number): void;
  senderReport(report: SenderReport): void;
}

/** One consumed track. Created paused: no packet arrives before the first `resume`. */
export interface TappedTrack {
  readonly trackId: TrackId;
  readonly kind: 'audio' | 'video';
  /** As in the RTP parameters, for example `video/H264` or `audio/opus`; compared without regard to case. */
  readonly mimeType: string;
  readonly clockRate: number;
  readonly payloadType: number;
  readonly ssrc: number;
  /** The codec's format parameters as negotiated (`packetization-mode`, `profile-level-id`, `sprop-stereo` and the like). */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether the producer was paused at the moment of attaching. */
  readonly producerPaused: boolean;
  /** Lets packets flow; for video it also asks the publisher for a key frame. */
  resume(): Promise<void>;
  /** Stops packets inside the media engine, not only at the listener. */
  pause(): Promise<void>;
  /** Asks the publisher for a key frame; does nothing for audio. The engine bounds how often it is passed on. */
  requestKeyFrame(): Promise<void>;
  /** Safe twice. */
  close(): Promise<void>;
}

/** One socket for one room. Closing it closes all of its tracks without calling their `ended`. */
export interface RecordingTap {
  /** Rejects when the track is not there (any more) or the engine cannot consume it. */
  attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack>;
  /** Safe twice. */
  close(): Promise<void>;
}

/** The half of a tap that stays with the media engine while the packets go to a UDP port on this machine. */
export interface TapSteering {
  /** Rejects as `RecordingTap.attach` does. */
  attach(trackId: TrackId, events: TapEvents): Promise<TappedTrack>;
  /** Safe twice. */
  close(): Promise<void>;
}
