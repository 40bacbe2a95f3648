// Media signalling as it crosses the wire. Shapes are those of ORTC and mediasoup: https://mediasoup.org/documentation/v3/
import { z } from 'zod';
import { ConsumerId, ParticipantId, TrackId, TransportId } from './ids.ts';
import { LadderStep, StillBytes, stillShape } from './ladder.ts';

export const TrackSource = z.enum(['microphone', 'camera', 'screen', 'screen-audio']);
export type TrackSource = z.infer<typeof TrackSource>;

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

const short = z.string().max(256);
// As wide as in mediasoup's messages to its worker. A number that does not fit breaks a message in the middle of being written.
const uint8 = z.number().int().min(0).max(0xff);
const uint32 = z.number().int().min(0).max(0xffffffff);
const payloadType = z.number().int().min(0).max(127);
const clockRate = uint32.min(1);
const parameterValues = z.record(short, z.union([z.string().max(2048), z.number(), z.boolean(), z.null()]));
const rtcpFeedback = z.object({ type: short, parameter: short.optional() });

const RtpCodecCapability = z.object({
  kind: MediaKind,
  mimeType: short,
  preferredPayloadType: payloadType,
  clockRate,
  channels: z.number().int().min(1).max(16).optional(),
  parameters: parameterValues.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(16).optional(),
});

const RtpHeaderExtensionCapability = z.object({
  kind: MediaKind,
  uri: short,
  preferredId: z.number().int().min(1).max(255),
  preferredEncrypt: z.boolean().optional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
});

export const RtpCapabilities = z.object({
  codecs: z.array(RtpCodecCapability).max(64),
  headerExtensions: z.array(RtpHeaderExtensionCapability).max(64),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

const RtpCodecParameters = z.object({
  mimeType: short,
  payloadType,
  clockRate,
  channels: z.number().int().min(1).max(16).optional(),
  parameters: parameterValues.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(16).optional(),
});

/** What a browser says besides (`maxBitrate`, `scaleResolutionDownBy`) is its own affair and is left out. */
const RtpEncodingParameters = z.object({
  ssrc: uint32.optional(),
  rid: short.optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.object({ ssrc: uint32 }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: short.optional(),
});

export const RtpParameters = z.object({
  mid: short.optional(),
  codecs: z.array(RtpCodecParameters).min(1).max(16),
  headerExtensions: z
    .array(z.object({ uri: short, id: uint8.min(1), encrypt: z.boolean().optional(), parameters: parameterValues.optional() }))
    .max(32),
  encodings: z.array(RtpEncodingParameters).max(8),
  rtcp: z.object({ cname: short.optional(), reducedSize: z.boolean().optional(), mux: z.boolean().optional() }),
  msid: short.optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(z.object({ algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']), value: z.string().max(256).toUpperCase() }))
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.object({ usernameFragment: short, password: short, iceLite: z.boolean().optional() });
export type IceParameters = z.infer<typeof IceParameters>;

export const IceCandidate = z.object({
  foundation: short,
  priority: z.number(),
  ip: short,
  address: short,
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int(),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
});

export const IceServer = z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() });
export type IceServer = z.infer<typeof IceServer>;

export const TransportParameters = z.object({
  id: TransportId,
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportParameters = z.infer<typeof TransportParameters>;

/** A picture on the client's page, with its size in device pixels: the layer follows it. */
export const ViewedTile = z.object({
  participantId: ParticipantId,
  source: z.enum(['camera', 'screen']),
  width: z.number().int().min(0).max(10_000),
  height: z.number().int().min(0).max(10_000),
});
export type ViewedTile = z.infer<typeof ViewedTile>;

export const View = z.object({
  tiles: z.array(ViewedTile).max(32),
  /** The page is in a background tab: sound only. */
  hidden: z.boolean(),
  /** The most that the person wants to be sent, to save data. */
  most: LadderStep.default('all'),
  /** What was said before is being listened to: no voices of now. */
  deaf: z.boolean().default(false),
});
export type View = z.infer<typeof View>;

/** A track offered to this client. It stays paused until the client has answered `media:ready`. */
export const Subscription = z.object({
  consumerId: ConsumerId,
  trackId: TrackId,
  participantId: ParticipantId,
  source: TrackSource,
  kind: MediaKind,
  rtpParameters: RtpParameters,
});
export type Subscription = z.infer<typeof Subscription>;

/** One that a device that comes back still has, and whether it flows. */
export const KeptSubscription = Subscription.extend({ flowing: z.boolean() });
export type KeptSubscription = z.infer<typeof KeptSubscription>;

/** A transport that is still open, with the parameters by which a new path is looked for. */
export const KeptTransport = z.object({ id: TransportId, iceParameters: IceParameters });
export type KeptTransport = z.infer<typeof KeptTransport>;

/** A person's line as the server measures it. Losses are shares from 0 to 1. */
export const LineQuality = z.object({
  participantId: ParticipantId,
  quality: z.enum(['good', 'fair', 'bad', 'unknown']),
  lossUp: z.number(),
  lossDown: z.number(),
  roundTripMs: z.number().nullable(),
  upBps: z.number(),
  downBps: z.number(),
  /** What this person is sent. */
  step: LadderStep,
});
export type LineQuality = z.infer<typeof LineQuality>;

/** What a device knows before it joins: with it the answer to the join opens its way to receive, and offers follow without being asked for. */
export const JoinMedia = z.object({
  rtpCapabilities: RtpCapabilities,
  /** Of the certificate that the device will use to receive. Missing: it says so by `media:connect`. */
  dtlsParameters: DtlsParameters.optional(),
});
export type JoinMedia = z.infer<typeof JoinMedia>;

const Nothing = z.object({});

export const mediaRequests = {
  /** One transport a direction; asking again closes the one before. */
  'media:open': { input: z.object({ direction: z.enum(['send', 'receive']) }), output: TransportParameters },
  'media:connect': { input: z.object({ transportId: TransportId, dtlsParameters: DtlsParameters }), output: Nothing },
  /** With fresh passwords for relays. */
  'media:restart-ice': {
    input: z.object({ transportId: TransportId }),
    output: z.object({ iceParameters: IceParameters, iceServers: z.array(IceServer).optional() }),
  },
  /** For a device that could not hear what it was told, or whose network may be another one: what it still has. Both paths are looked for anew; what flows goes on. */
  'media:catch-up': {
    input: Nothing,
    output: z.object({ send: KeptTransport.nullable(), receive: KeptTransport.nullable(), subscriptions: z.array(KeptSubscription) }),
  },
  /** What the client can decode; from now on it is offered tracks. */
  'media:receive': { input: z.object({ rtpCapabilities: RtpCapabilities }), output: Nothing },
  'media:publish': {
    input: z.object({ transportId: TransportId, source: TrackSource, kind: MediaKind, rtpParameters: RtpParameters, paused: z.boolean() }),
    output: z.object({ trackId: TrackId }),
  },
  'media:pause': { input: z.object({ trackId: TrackId }), output: Nothing },
  'media:resume': { input: z.object({ trackId: TrackId }), output: Nothing },
  'media:unpublish': { input: z.object({ trackId: TrackId }), output: Nothing },
  /** Several at once; `unknown` were withdrawn meanwhile, or never offered. */
  'media:ready': {
    input: z.object({ consumerIds: z.array(ConsumerId).min(1).max(64) }),
    output: z.object({ unknown: z.array(ConsumerId) }),
  },
  'media:view': { input: View, output: Nothing },
  /** A still picture of the own screen; only while `stills-wanted` holds for it. */
  'media:still': { input: z.object({ trackId: TrackId, ...stillShape, bytes: StillBytes }), output: Nothing },
} as const;
