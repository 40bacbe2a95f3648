// The way that a browser says its media take, in one byte.
import { ClientPath } from '../contract/quality-report.ts';

const { candidate, protocol, network } = ClientPath.shape;

export function writePath(path: ClientPath): number {
  return (
    candidate.options.indexOf(path.candidate) |
    (protocol.options.indexOf(path.protocol) << 2) |
    (network.options.indexOf(path.network) << 4)
  );
}

export function readPath(byte: number): ClientPath {
  return {
    candidate: candidate.options[byte & 3] ?? 'host',
    protocol: protocol.options[(byte >> 2) & 3] ?? 'udp',
    network: network.options[(byte >> 4) & 7] ?? 'unknown',
  };
}
