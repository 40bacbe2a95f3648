// What the classroom needs of a media engine (an SFU): rooms, transports, tracks and subscriptions. Words are WebRTC's and mediasoup's.
import type { ConsumerId, LessonId, TrackId } from '../contract/ids.ts';
import type {
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TrackSource,
  TransportParameters,
} from '../contract/media.ts';
import type { IceState } from '../contract/reasons.ts';
import type { RecordingTap, TapSteering } from './tap.ts';

/** What a room will likely have to carry, told when it is opened. */
export interface ExpectedLoad {
  /** People who will receive, at the fullest. */
  readonly viewers: number;
  /** Pictures that flow to each of them at a time. */
  readonly pictures: number;
}

/** In consumer units: what it costs a worker to send one person's sound to one other. */
export interface WorkerBudget {
  /** What flows now and what is expected of rooms that are not full yet. May exceed the limit. */
  readonly used: number;
  /** What is planned for one worker. */
  readonly limit: number;
}

export interface WorkerLoad {
  readonly pid: number;
  /** CPU seconds used since the worker began. */
  readonly cpuSeconds: number;
  /** Of one core, over the last seconds; null before it is known. May exceed 1. */
  readonly cpuShare: number | null;
  /** RTP packets received and sent, an estimate over the last seconds. */
  readonly packetsPerSecond: number;
  readonly budget: WorkerBudget;
  /** A room that spans several workers counts on each of them. */
  readonly rooms: number;
  readonly transports: number;
  /** Tracks that people publish on this worker. */
  readonly producers: number;
  /** Subscriptions of people on this worker. */
  readonly consumers: number;
  /** It takes no new rooms and no new viewers while another one lives that is not drained. */
  readonly drained: boolean;
  /** False of the last one that is not drained. */
  readonly mayDrain: boolean;
}

export interface MediaEngine {
  /** Opens the room on the worker with the least burden, expected and real. Throws `Refused('media-unavailable')` while no worker lives. */
  openRoom(lessonId: LessonId, expected: ExpectedLoad): Promise<MediaRoom>;
  /** What every room offers, known without one. */
  readonly rtpCapabilities: RtpCapabilities;
  load(): Promise<readonly WorkerLoad[]>;
  /**
   * Keeps new rooms and viewers off a worker, or no longer; what runs on it stays. Answers whether that changed anything.
   * Throws `Refused('not-found')` when no such worker lives, `Refused('conflict')` for the last one that is not drained.
   */
  drain(pid: number, drained: boolean): boolean;
  /** Safe twice. */
  close(): Promise<void>;
}

export interface Volume {
  readonly trackId: TrackId;
  /** −127 (silent) to 0 dBov. */
  readonly decibels: number;
}

export interface MediaRoomListener {
  /** Microphones that are audible now, loudest first; an empty list means silence. About three times a second. */
  volumes(volumes: readonly Volume[]): void;
  /** A worker died on which the room, or a part of it, was: everything of this room is gone, nothing more is called. Open the room again. */
  failed(): void;
}

/** One room, on one worker or several: nobody in it can tell. */
export interface MediaRoom {
  /** What a client may negotiate; without abs-capture-time. */
  readonly rtpCapabilities: RtpCapabilities;
  /** Process ids of the workers that carry it now. */
  workers(): readonly number[];
  listen(listener: MediaRoomListener): void;
  /**
   * On a worker with room left; for those who lead on one without, if need be: a class without them is none.
   * Throws `Refused('media-unavailable')` when there is none, or the room is closed.
   */
  openTransport(direction: 'send' | 'receive', forWhom?: 'anybody' | 'leading'): Promise<MediaTransport>;
  openTap(): Promise<RecordingTap>;
  /** A tap for a recorder that lives in another process and listens at this port on loopback. */
  steerTap(port: number): Promise<TapSteering>;
  /** Safe twice. */
  close(): void;
}

/** Sums since the transport was opened; shares from 0 to 1 over the last seconds. */
export interface TransportStats {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** RTP packets of the tracks that are published now. */
  readonly packetsIn: number;
  readonly packetsLostIn: number;
  readonly bpsIn: number;
  readonly bpsOut: number;
  readonly lossIn: number;
  readonly lossOut: number;
  readonly roundTripMs: number | null;
  /** What the line towards the client can carry, as estimated; null where nothing is estimated (no picture in layers is subscribed). */
  readonly availableBps: number | null;
  /** Process id of the worker that carries it. */
  readonly worker: number;
  /** The way that media take just now, without what lies between; null before there is one. */
  readonly path: { readonly protocol: 'udp' | 'tcp'; readonly remoteAddress: string | null } | null;
  /** What is published on it now. */
  readonly tracks: readonly TrackStats[];
}

/** Sums since the track was published, over all its layers; what was sent again is counted once. */
export interface TrackStats {
  readonly trackId: TrackId;
  readonly source: TrackSource;
  /** RTP headers with them. */
  readonly bytes: number;
  /** Of these, what its smallest layer is; all of them where there are no layers. */
  readonly smallestBytes: number;
  readonly packets: number;
  /** 0 (nothing comes) to 10, of the best layer; null before the first packet. */
  readonly score: number | null;
  /** Of that layer (RFC 3550); null before the first packet. */
  readonly jitterMs: number | null;
}

export interface MediaTransport {
  readonly parameters: TransportParameters;
  /** Never `none`; once the transport is closed, how it was before. `failed`: asked to connect, and could not. */
  readonly ice: IceState;
  /** Calls back when what flows to the client arrives worse than before, as its own reports say: as it happens, perhaps often. */
  onStrained(strained: () => void): void;
  connect(dtls: DtlsParameters): Promise<void>;
  restartIce(): Promise<IceParameters>;
  /** Throws `Refused('bad-request')` when the parameters do not fit the room's capabilities. */
  publish(options: {
    readonly trackId: TrackId;
    readonly kind: MediaKind;
    readonly source: TrackSource;
    readonly rtpParameters: RtpParameters;
    readonly paused: boolean;
  }): Promise<Published>;
  /** Created paused. Null when the client cannot decode the track, or the track is gone. */
  subscribe(options: SubscribeOptions): Promise<Subscribed | null>;
  stats(): Promise<TransportStats>;
  /** Closes what was published and subscribed on it. Safe twice. */
  close(): void;
}

export interface SubscribeOptions {
  readonly trackId: TrackId;
  readonly rtpCapabilities: RtpCapabilities;
  /** Sound that is lost is sent again when the client asks for it (pictures always are). It costs a seventh more for each packet, so not by default. */
  readonly resendsSound?: boolean;
}

/** What the frames of one layer of a picture weigh, in bytes. */
export interface LayerWeight {
  readonly width: number;
  readonly height: number;
  readonly keyFrame: number;
  /** Those of the seconds after it, in their order. */
  readonly frames: readonly number[];
}

/** Each null when the publisher gave no key frame of it within seconds; of a picture without layers both are the same. */
export interface PictureWeight {
  readonly smallest: LayerWeight | null;
  readonly largest: LayerWeight | null;
}

export interface Published {
  readonly trackId: TrackId;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Of a microphone: from now on its mean level is told each five seconds while it is live, −127 (nothing but noughts) to 0 dBov. */
  tellLevels(hear: (decibels: number) => void): Promise<void>;
  /** Of a picture: takes some seconds of its smallest layer and of its largest, beginning with a key frame, at the cost of a few requests to the worker. Null when it is paused or gone. */
  weigh(): Promise<PictureWeight | null>;
  /** Safe twice. */
  close(): void;
}

export interface Subscribed {
  readonly consumerId: ConsumerId;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  /** Number of simulcast layers; 1 when there is nothing to choose. */
  readonly layers: number;
  pause(): Promise<void>;
  /** For a picture this also asks for a key frame. */
  resume(): Promise<void>;
  /** The highest layers wanted, 0 is the smallest picture and the lowest frame rate; without a temporal layer all frames. */
  setLayer(spatialLayer: number, temporalLayer?: number): Promise<void>;
  /** Safe twice. */
  close(): void;
}
