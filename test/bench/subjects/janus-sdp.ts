// The session descriptions that Janus is spoken to with (RFC 8866): an offer of what is sent, an answer to what is offered.
import type { LoadPeer, Remote } from '../loadgen/generator.ts';
import type { TrackPlan } from '../loadgen/tracks.ts';

const head = (mids: readonly string[]): string[] => [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  `a=group:BUNDLE ${mids.join(' ')}`,
  'a=msid-semantic: WMS *',
];

const wayOf = ({ ice, dtlsParameters }: LoadPeer): string[] => [
  'c=IN IP4 127.0.0.1',
  `a=ice-ufrag:${ice.user}`,
  `a=ice-pwd:${ice.password}`,
  `a=fingerprint:sha-256 ${dtlsParameters.fingerprints[0]?.value ?? ''}`,
  'a=setup:active',
  'a=rtcp-mux',
];

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

export function offerOf(sends: readonly TrackPlan[], peer: LoadPeer): string {
  return joined([...head(sends.map(midOf)), ...sends.flatMap((plan) => sectionOf(plan, peer))]);
}

const midOf = ({ rtpParameters }: TrackPlan): string => rtpParameters.mid ?? '';

function sectionOf(plan: TrackPlan, peer: LoadPeer): string[] {
  const { codecs, headerExtensions, encodings, rtcp } = plan.rtpParameters;
  const ssrc = encodings[0]?.ssrc ?? 0;
  const valuesOf = (parameters: object): string =>
    Object.entries(parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(';');
  return [
    `m=${plan.kind} 9 UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    ...wayOf(peer),
    `a=mid:${midOf(plan)}`,
    'a=sendonly',
    `a=msid:s${ssrc} t${ssrc}`,
    ...codecs.flatMap(({ mimeType, payloadType, clockRate, channels, parameters = {}, rtcpFeedback = [] }) => [
      `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
      ...(Object.keys(parameters).length > 0 ? [`a=fmtp:${payloadType} ${valuesOf(parameters)}`] : []),
      ...rtcpFeedback.map(({ type, parameter }) => `a=rtcp-fb:${payloadType} ${type}${parameter === undefined ? '' : ` ${parameter}`}`),
    ]),
    ...headerExtensions.map(({ uri, id }) => `a=extmap:${id} ${uri}`),
    ...[ssrc, encodings[0]?.rtx?.ssrc].flatMap((each) => (each === undefined ? [] : [`a=ssrc:${each} cname:${rtcp.cname}`])),
  ];
}

/** Takes everything that is offered, header extensions only where `withExtensions`. */
export function answerTo(offer: string, peer: LoadPeer, withExtensions: boolean): string {
  const sections = offer
    .split(/(?=^m=)/m)
    .slice(1)
    .map((section) => section.split('\r\n'));
  const kept = withExtensions
    ? /^a=(mid|rtpmap|fmtp|rtcp-fb|extmap):/
    : /^a=(mid|rtpmap|fmtp|rtcp-fb|extmap:\d+ urn:ietf:params:rtp-hdrext:sdes:mid)/;
  const mids = sections.map((lines) => lines.find((line) => line.startsWith('a=mid:'))?.slice('a=mid:'.length) ?? '');
  const answers = sections.flatMap((lines) => [
    (lines[0] ?? '').replace(/^m=(\w+) \d+/, 'm=$1 9'),
    ...wayOf(peer),
    'a=recvonly',
    ...lines.filter((line) => kept.test(line)),
  ]);
  return joined([...head(mids), ...answers]);
}

export function remoteOfSdp(sdp: string): Remote {
  const found = (pattern: RegExp): string => {
    const text = pattern.exec(sdp)?.[1];
    if (text === undefined) throw new Error(`Janus says nothing of ${pattern}.`);
    return text;
  };
  return {
    ip: '127.0.0.1',
    port: Number(found(/^a=candidate:\S+ 1 udp \d+ 127\.\S+ (\d+) typ host/im)),
    user: found(/^a=ice-ufrag:(\S+)/m),
    password: found(/^a=ice-pwd:(\S+)/m),
  };
}

export const extensionIn = (sdp: string, uri: string): number => {
  const line = sdp.split('\r\n').find((each) => each.startsWith('a=extmap:') && each.endsWith(` ${uri}`));
  return line === undefined ? 0 : Number.parseInt(line.slice('a=extmap:'.length), 10);
};
