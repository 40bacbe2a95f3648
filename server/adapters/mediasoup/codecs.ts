// Which codecs and header extensions a room offers, what a subscriber may negotiate of them, and the two spellings of RTP parameters.
import { getSupportedRtpCapabilities, type types } from 'mediasoup';
import { RtpCapabilities, type RtpParameters } from '../../contract/media.ts';

/** In order of preference. H264 first: the only one with simulcast here *and* a recording container that every browser plays. */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    // Constrained baseline, level 3.1: the one profile that Chromium, Firefox and Safari all encode.
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

const absCaptureTime = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
const transportCc = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const absSendTime = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const packetId = 'urn:mediasoup:params:rtp-hdrext:packet-id';

/** Feedback and header extensions of bandwidth estimation. */
const estimation: readonly string[] = ['transport-cc', 'goog-remb', transportCc, absSendTime];
const videoOrientation = 'urn:3gpp:video-orientation';
/**
 * abs-capture-time makes the worker refuse every simulcast layer but the first; the packet id is mediasoup's own; and without
 * video-orientation a phone turns its picture before sending, so that recordings stand upright too.
 */
const neverOffered: readonly string[] = [absCaptureTime, packetId, videoOrientation];

/** What clients are told of the room. */
export function offeredCapabilities(router: types.RtpCapabilities): RtpCapabilities {
  const capabilities = RtpCapabilities.parse(router);
  return { ...capabilities, headerExtensions: capabilities.headerExtensions.filter(({ uri }) => !neverOffered.includes(uri)) };
}

/** What one client may be sent, prepared for each kind of track. */
export class SubscriberCapabilities {
  readonly #client: Compact<RtpCapabilities>;
  readonly #prepared = new Map<string, types.RtpCapabilities>();

  constructor(client: RtpCapabilities) {
    this.#client = compact(client);
  }

  /**
   * Only what has to do with the track: mediasoup copies and checks all of it at each subscription. Bandwidth is estimated only where
   * there are layers to choose from: it costs the worker a quarter of its time and could change nothing elsewhere.
   */
  for(track: { readonly kind: types.MediaKind; readonly mimeType: string; readonly layered: boolean }): types.RtpCapabilities {
    const { kind, mimeType, layered } = track;
    const key = `${mimeType} ${layered}`;
    let prepared = this.#prepared.get(key);
    if (prepared === undefined) {
      const codecs = this.#client.codecs.filter((codec) => same(codec.mimeType, mimeType) || same(codec.mimeType, `${kind}/rtx`));
      const headerExtensions = this.#client.headerExtensions.filter(
        (extension) => extension.kind === kind && !neverOffered.includes(extension.uri),
      );
      prepared = {
        codecs: codecs.map((codec) => ({
          ...codec,
          rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => layered || !estimation.includes(type)),
        })),
        headerExtensions: headerExtensions.flatMap(({ uri, ...rest }) =>
          isKnown(uri) && (layered || !estimation.includes(uri)) ? [{ ...rest, uri }] : [],
        ),
      };
      this.#prepared.set(key, prepared);
    }
    return prepared;
  }
}

const derived = new WeakMap<RtpCapabilities, SubscriberCapabilities>();
const shared = new Map<string, SubscriberCapabilities>();
const mostShared = 100;

/** Clients with the same browser share one: a class is let in faster. */
export function subscriberCapabilities(client: RtpCapabilities): SubscriberCapabilities {
  let found = derived.get(client);
  if (found !== undefined) return found;
  const text = JSON.stringify(client);
  found = shared.get(text) ?? new SubscriberCapabilities(client);
  if (shared.size >= mostShared) shared.clear();
  shared.set(text, found);
  derived.set(client, found);
  return found;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** For a listener on loopback: nothing is lost there, so nothing is sent twice; only key frames are asked for. */
export function tapCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  const codecs = (router.codecs ?? []).filter(({ mimeType }) => !mimeType.toLowerCase().endsWith('/rtx'));
  const wanted = (feedback: types.RtcpFeedback) => (feedback.type === 'nack' && feedback.parameter === 'pli') || feedback.type === 'ccm';
  return { codecs: codecs.map((codec) => ({ ...codec, rtcpFeedback: (codec.rtcpFeedback ?? []).filter(wanted) })), headerExtensions: [] };
}

/** Header extensions that the worker does not know are left out. */
export function toMediasoup(parameters: RtpParameters): types.RtpParameters {
  const { rtcp, headerExtensions, ...rest } = compact(parameters);
  const { mux: _, ...rtcpRest } = rtcp;
  return {
    ...rest,
    rtcp: rtcpRest,
    headerExtensions: headerExtensions.flatMap(({ uri, ...extension }) =>
      isKnown(uri) && !neverOffered.includes(uri) ? [{ ...extension, uri }] : [],
    ),
  };
}

export function toContract(parameters: types.RtpParameters): RtpParameters {
  return {
    ...parameters,
    codecs: parameters.codecs.map((codec) => ({ ...codec, parameters: plainValues(codec.parameters) })),
    headerExtensions: (parameters.headerExtensions ?? []).map(({ uri, id, encrypt }) => ({ uri, id, encrypt })),
    encodings: parameters.encodings ?? [],
    rtcp: parameters.rtcp ?? {},
  };
}

type PlainValue = string | number | boolean | null;

function plainValues(parameters: Record<string, unknown> = {}): Record<string, PlainValue> {
  const plain: Record<string, PlainValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') plain[name] = value;
  }
  return plain;
}

const knownUris = new Set<string>((getSupportedRtpCapabilities().headerExtensions ?? []).map(({ uri }) => uri));

function isKnown(uri: string): uri is types.RtpHeaderExtensionUri {
  return knownUris.has(uri);
}

type Compact<T> = T extends readonly (infer U)[]
  ? Compact<U>[]
  : T extends object
    ? { [K in keyof T]: Compact<Exclude<T[K], undefined>> }
    : T;

/** A copy without keys whose value is undefined; mediasoup tells "absent" from "undefined". */
function compact<T>(value: T): Compact<T> {
  return JSON.parse(JSON.stringify(value));
}
