// What runs inside a page of the class: reads what its media connections count, and keeps a log of when sound came.

interface Peer {
  readonly connectionState: string;
  getStats(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
}
interface Video {
  readonly srcObject: { getVideoTracks(): readonly { readonly id: string }[] } | null;
  closest(selector: string): { getAttribute(name: string): string | null } | null;
}
declare const document: { querySelectorAll(selector: string): Iterable<Video> };
declare const window: { heldPeers: Set<Peer>; soundLog: Heard[] | undefined };

/** One reading of the browser's counters; names are those of the WebRTC statistics (W3C). */
export interface Reading {
  readonly at: number;
  readonly streams: readonly Stream[];
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly roundTripMs: number | null;
  /** Over which protocol each open connection goes. */
  readonly protocols: readonly string[];
}

export interface Stream {
  readonly trackIdentifier: string;
  /** `voice`, or the source of the picture as the page shows it. */
  readonly what: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Heard {
  readonly at: number;
  /** Of sound that came over the line since the last entry; what was made up in its place does not count. */
  readonly ms: number;
}

export async function readCounters(): Promise<Reading> {
  const sources = new Map<string, string>();
  for (const video of document.querySelectorAll('[data-participant][data-source] video')) {
    const id = video.srcObject?.getVideoTracks()[0]?.id;
    if (id) sources.set(id, video.closest('[data-source]')?.getAttribute('data-source') ?? '');
  }
  const streams: Stream[] = [];
  let bytesReceived = 0;
  let bytesSent = 0;
  let roundTripMs: number | null = null;
  const protocols: string[] = [];
  for (const peer of window.heldPeers) {
    if (peer.connectionState === 'closed') continue;
    const stats = await peer.getStats();
    for (const stat of stats.values()) {
      if (stat.type === 'transport') {
        const pair = stats.get(String(stat.selectedCandidatePairId));
        protocols.push(String(stats.get(String(pair?.localCandidateId))?.protocol ?? 'none'));
        bytesReceived += Number(stat.bytesReceived ?? 0);
        bytesSent += Number(stat.bytesSent ?? 0);
      }
      if (stat.type === 'candidate-pair' && stat.nominated === true && typeof stat.currentRoundTripTime === 'number') {
        roundTripMs = Math.max(roundTripMs ?? 0, stat.currentRoundTripTime * 1000);
      }
      if (stat.type !== 'inbound-rtp') continue;
      const trackIdentifier = String(stat.trackIdentifier);
      const counts: Record<string, number> = {};
      for (const [name, value] of Object.entries(stat)) if (typeof value === 'number') counts[name] = value;
      streams.push({ trackIdentifier, what: stat.kind === 'audio' ? 'voice' : (sources.get(trackIdentifier) ?? 'unseen'), counts });
    }
  }
  return { at: Date.now(), streams, bytesReceived, bytesSent, roundTripMs, protocols };
}

/** From now on: how much sound came, about twenty times a second. */
export function logSound(): void {
  if (window.soundLog) return;
  const log: Heard[] = [];
  window.soundLog = log;
  const before = new Map<string, number>();
  const look = async () => {
    let most = 0;
    for (const peer of window.heldPeers) {
      if (peer.connectionState === 'closed') continue;
      for (const stat of (await peer.getStats()).values()) {
        if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') continue;
        const key = String(stat.trackIdentifier);
        const came = Number(stat.totalSamplesReceived ?? 0) - Number(stat.concealedSamples ?? 0);
        most = Math.max(most, came - (before.get(key) ?? 0));
        before.set(key, came);
      }
    }
    log.push({ at: Date.now(), ms: most / 48 });
    setTimeout(look, 50);
  };
  void look();
}

export function takeSoundLog(): readonly Heard[] {
  return window.soundLog?.splice(0) ?? [];
}

/** A made-up screen always brings sound along, which few real ones do. */
export function shareWithoutSound(): void {
  const { mediaDevices } = navigator;
  const share = mediaDevices.getDisplayMedia.bind(mediaDevices);
  mediaDevices.getDisplayMedia = (wanted) => share({ ...wanted, audio: false });
}

declare const setTimeout: (action: () => void, ms: number) => unknown;
declare const navigator: { readonly mediaDevices: { getDisplayMedia(wanted: object): Promise<unknown> } };
