// The ways that there may be from this browser to the media ports, each as what a transport may use to try it alone.
import type { WayKind } from '../../../server/contract/connection-test.ts';
import type { IceServer, TransportParameters } from '../../../server/contract/media.ts';

type Candidate = TransportParameters['iceCandidates'][number];

export interface Way {
  readonly kind: WayKind;
  /** The relay's address, as the settings name it. */
  readonly relay: string | null;
}

export interface Narrowed {
  readonly iceCandidates: TransportParameters['iceCandidates'];
  readonly iceServers: IceServer[];
  readonly iceTransportPolicy: 'all' | 'relay';
}

/** U6: by what the server offers; IPv6 only where it listens on it. */
export function waysOf(candidates: readonly Candidate[], servers: readonly IceServer[]): readonly Way[] {
  const direct = [...new Set(candidates.map(directKind))].map((kind): Way => ({ kind, relay: null }));
  const relays = servers
    .flatMap(({ urls }) => urls)
    .flatMap((url): Way[] => (/^turns?:/.test(url) ? [{ kind: relayKind(url), relay: url }] : []));
  return [...direct, ...relays];
}

export function narrowed(way: Way, candidates: readonly Candidate[], servers: readonly IceServer[]): Narrowed {
  if (way.relay === null) {
    const iceCandidates = candidates.filter((candidate) => directKind(candidate) === way.kind);
    return { iceCandidates, iceServers: [], iceTransportPolicy: 'all' };
  }
  const { relay } = way;
  const iceServers = servers.filter(({ urls }) => urls.includes(relay)).map((server) => ({ ...server, urls: [relay] }));
  return { iceCandidates: [...candidates], iceServers, iceTransportPolicy: 'relay' };
}

function directKind({ protocol, address }: Pick<Candidate, 'protocol' | 'address'>): WayKind {
  if (address.includes(':')) return protocol === 'udp' ? 'udp-ipv6' : 'tcp-ipv6';
  return protocol;
}

/** RFC 7065: without a word `turn:` goes over UDP, and `turns:` over TLS. */
function relayKind(url: string): WayKind {
  if (url.startsWith('turns:')) return 'relay-tls';
  return /[?&]transport=tcp\b/.test(url) ? 'relay-tcp' : 'relay-udp';
}
