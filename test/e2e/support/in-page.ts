// What runs inside the browser's page: keeps hold of its media connections and measures what arrives.

// The page's globals, as far as they are used here: the tests as a whole are checked without the browser's types.
interface Peer {
  readonly connectionState: string;
  getStats(): Promise<ReadonlyMap<string, Stat>>;
}
interface Stat {
  readonly type: string;
  readonly kind?: string;
  readonly ssrc?: number;
  readonly packetsReceived?: number;
  readonly framesDecoded?: number;
  readonly totalAudioEnergy?: number;
}
declare const window: {
  RTCPeerConnection: new (...args: readonly unknown[]) => Peer;
  heldPeers: Set<Peer>;
};

/** One voice that arrives. */
export interface Voice {
  readonly ssrc: number;
  readonly packets: number;
  /** Grows only while what arrives is not silence. */
  readonly energy: number;
}

/** Before any script of the page: every media connection that it makes is remembered. */
export function holdPeers(): void {
  const held = new Set<Peer>();
  const Original = window.RTCPeerConnection;
  window.heldPeers = held;
  window.RTCPeerConnection = class extends Original {
    constructor(...args: readonly unknown[]) {
      super(...args);
      held.add(this);
    }
  };
}

export async function voicesNow(): Promise<readonly Voice[]> {
  const voices: Voice[] = [];
  for (const peer of window.heldPeers) {
    if (peer.connectionState === 'closed') continue;
    for (const stat of (await peer.getStats()).values()) {
      if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') continue;
      voices.push({ ssrc: stat.ssrc ?? 0, packets: stat.packetsReceived ?? 0, energy: stat.totalAudioEnergy ?? 0 });
    }
  }
  return voices;
}

export function countPeers(): number {
  return window.heldPeers.size;
}

/** Pictures drawn so far over the connections that were made after the first `known` ones. */
export async function framesOfPeersAfter(known: number): Promise<number> {
  let frames = 0;
  for (const peer of [...window.heldPeers].slice(known)) {
    for (const stat of (await peer.getStats()).values()) {
      if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += stat.framesDecoded ?? 0;
    }
  }
  return frames;
}
