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
interface PageElement {
  readonly tagName: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly right: number };
}
interface Timing {
  readonly name: string;
  readonly encodedBodySize: number;
}
declare const performance: { getEntriesByType(type: 'navigation' | 'resource'): readonly Timing[] };
declare const getComputedStyle: (element: object) => { readonly outlineStyle: string; readonly boxShadow: string };
declare const document: {
  readonly activeElement: object | null;
  readonly title: string;
  readonly documentElement: { readonly scrollWidth: number };
  readonly body: { readonly innerText: string };
  querySelectorAll(selector: string): Iterable<PageElement>;
};
declare const window: {
  readonly innerWidth: number;
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

/** What makes the page wider than its window: nothing, or the elements that reach furthest to the right. */
export function overflowOf(): readonly string[] {
  const { documentElement } = document;
  if (documentElement.scrollWidth <= window.innerWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`)
    .slice(0, 5);
}

/** All that a reader, or a screen reader, is given as text. */
export function textsOf(): readonly string[] {
  const named = ['aria-label', 'title', 'placeholder', 'alt'];
  const labels = [...document.querySelectorAll(named.map((name) => `[${name}]`).join(','))];
  return [document.body.innerText, document.title, ...labels.flatMap((element) => named.map((name) => element.getAttribute(name) ?? ''))];
}

export interface SentBody {
  readonly path: string;
  readonly bytes: number;
}

export function bodiesSoFar(): readonly SentBody[] {
  return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(({ name, encodedBodySize }) => ({
    path: new URL(name).pathname,
    bytes: encodedBodySize,
  }));
}

export function isFocused(element: object): boolean {
  return document.activeElement === element;
}

/** How the focus is drawn around an element; `none` when it is not. */
export function outlineOf(element: object): string {
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  return outlineStyle === 'none' ? boxShadow : outlineStyle;
}
