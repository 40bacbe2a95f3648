// Sockets of the media workers' own, between them and to the recorder: on loopback, at ports that no worker will need for people.
import type { types } from 'mediasoup';

const address = '127.0.0.1';
const bufferBytes = 4 * 1024 * 1024;
/** mediasoup's own range. */
const firstPort = 10_000;
const lastPort = 59_999;
/** Ports that are kept for workers from `portBase` on. */
const keptPorts = 256;

/** A replaced worker has to find its port free: with a base of 0 the system gives one that is. */
export function loopbackInfo(portBase: number): types.TransportListenInfo {
  const keptTo = portBase + keptPorts - 1;
  const isBelow = portBase - firstPort > lastPort - keptTo;
  const portRange = isBelow
    ? { min: firstPort, max: Math.min(portBase - 1, lastPort) }
    : { min: Math.max(keptTo + 1, firstPort), max: lastPort };
  return { protocol: 'udp', ip: address, portRange, sendBufferSize: bufferBytes, recvBufferSize: bufferBytes };
}
