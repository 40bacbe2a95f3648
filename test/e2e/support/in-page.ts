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
  readonly totalAudioEnergy?: number;
}
declare const globalThis: {
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
  const Original = globalThis.RTCPeerConnection;
  globalThis.heldPeers = held;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(...args: readonly unknown[]) {
      super(...args);
      held.add(this);
    }
  };
}

export async function voicesNow(): Promise<readonly Voice[]> {
  const voices: Voice[] = [];
  for (const peer of globalThis.heldPeers) {
    if (peer.connectionState === 'closed') continue;
    for (const stat of (await peer.getStats()).values()) {
      if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') continue;
      voices.push({ ssrc: stat.ssrc ?? 0, packets: stat.packetsReceived ?? 0, energy: stat.totalAudioEnergy ?? 0 });
    }
  }
  return voices;
}
