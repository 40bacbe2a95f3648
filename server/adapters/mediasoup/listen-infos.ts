// Where the media workers listen, and at which addresses clients are told that they are.
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';

export interface Listening {
  /** IPv4 and IPv6, one at least. `::` alone takes IPv4 too. */
  readonly listenIps: readonly string[];
  /** What clients are told instead; empty: the addresses listened on. */
  readonly announcedAddresses: readonly string[];
  /** The port (UDP and TCP) of the first worker, the next takes the next; 0 lets the system choose. */
  readonly portBase: number;
}

const socketBufferBytes = 4 * 1024 * 1024;

export function listenInfos(listening: Listening, index: number): types.TransportListenInfo[] {
  const { listenIps, portBase } = listening;
  return listenIps.flatMap((ip) => {
    const [announcedAddress = ip] = announcedOf(listening, ip);
    const common = {
      ip,
      ...(announcedAddress === ip ? {} : { announcedAddress }),
      ...(portBase === 0 ? {} : { port: portBase + index }),
      // Else it would also take the IPv4 address that is listened on beside it.
      ...(isIP(ip) === 6 && listenIps.some((other) => isIP(other) === 4) ? { flags: { ipv6Only: true } } : {}),
      sendBufferSize: socketBufferBytes,
      recvBufferSize: socketBufferBytes,
    };
    return [
      { protocol: 'udp' as const, ...common },
      { protocol: 'tcp' as const, ...common },
    ];
  });
}

/**
 * mediasoup tells one address of each socket; further ones lead to the same port.
 * A client tries all of them, the earlier ones first.
 */
export function withAllAnnounced(listening: Listening, candidates: readonly types.IceCandidate[]): types.IceCandidate[] {
  const told = new Set<string>();
  return candidates.flatMap((candidate) => {
    const ip = listening.listenIps.find((listenIp) => (announcedOf(listening, listenIp)[0] ?? listenIp) === candidate.address);
    const addresses = ip === undefined ? [candidate.address] : announcedOf(listening, ip);
    return addresses.flatMap((address, place) => {
      const key = `${candidate.protocol} ${address} ${candidate.port}`;
      if (told.has(key)) return [];
      told.add(key);
      return [{ ...candidate, address, ip: address, priority: candidate.priority - place }];
    });
  });
}

/** All that clients are told, each once. */
export function announcedAddresses(listening: Listening): readonly string[] {
  return [...new Set(listening.listenIps.flatMap((ip) => announcedOf(listening, ip)))];
}

/** Those of the same family, and names with the first; an address of a family that is not listened on goes through some other box, to the first. */
function announcedOf({ listenIps, announcedAddresses }: Listening, ip: string): readonly string[] {
  const families = new Set(listenIps.map(familyOf));
  const takesBoth = ip === '::' && !families.has(4);
  const own = announcedAddresses.filter((address) => {
    const family = familyOf(address);
    if (takesBoth || family === familyOf(ip)) return true;
    return ip === listenIps[0] && !families.has(family);
  });
  return own.length > 0 ? own : addressesInsteadOfAny(ip, takesBoth);
}

function familyOf(address: string): number {
  return isIP(address);
}

/** "All addresses" is nothing a client could send to: the first of the machine's own that others can reach. */
function addressesInsteadOfAny(ip: string, takesBoth: boolean): readonly string[] {
  if (ip === '0.0.0.0') return [ownAddress('IPv4') ?? '127.0.0.1'];
  if (ip !== '::') return [ip];
  const v4 = takesBoth ? [ownAddress('IPv4') ?? '127.0.0.1'] : [];
  const v6 = ownAddress('IPv6');
  if (v6 !== undefined) return [...v4, v6];
  return takesBoth ? v4 : ['::1'];
}

function ownAddress(family: 'IPv4' | 'IPv6'): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  // A link-local address holds on one wire only.
  return all.find((own) => own.family === family && !own.internal && !own.address.startsWith('fe80:'))?.address;
}
