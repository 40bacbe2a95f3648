// Which worker carries what: what sound and pictures cost, how much one worker is given, and where the next room and the next viewer go.
import type { MediaKind } from '../../contract/media.ts';
import type { ExpectedLoad } from '../../ports/media.ts';

/**
 * In consumer units: 1 is a sound sent to one person, 50 packets a second. Measured on one core of a Zen 4 with AES-GCM: a packet costs
 * 15 µs, a third more where bandwidth is estimated, and a picture of 1.2 Mbit/s is 136 packets a second. Eighths, so that sums stay exact.
 */
export const units = {
  sound: 1,
  /** A screen, or a camera in one size. */
  picture: 3,
  /** A camera in layers, the smallest first: bandwidth is estimated for it, and a small picture is few packets. */
  layers: [1, 2, 4],
  /** Paused, by whomever. */
  held: 0.125,
} as const;

const packetsPerUnit = 50;
/** What fills a core: 150 viewers with sound and a picture in layers each took 60 % of one. */
const unitsPerCore = 1250;

export interface Limits {
  /** Consumer units that are planned for one worker. */
  readonly planned: number;
  /** Nobody more is let on to a worker that really carries so much: everybody on it would suffer. */
  readonly most: number;
  readonly transportsPerWorker: number;
  readonly consumersPerTransport: number;
  readonly producersPerTransport: number;
}

/** One picture is large, those beside it are small. */
export function viewerUnits({ pictures }: Pick<ExpectedLoad, 'pictures'>): number {
  const [small, , large] = units.layers;
  return units.sound + (pictures > 0 ? large + (pictures - 1) * small : 0);
}

/** What one subscription costs while it flows; `layer` is null for a picture in one size. */
export function consumerUnits(kind: MediaKind, layer: number | null): number {
  if (kind === 'audio') return units.sound;
  return layer === null ? units.picture : (units.layers[layer] ?? units.layers[2]);
}

/**
 * A page shows 25 cameras and hears about a dozen people; who turns pages or lets speakers change holds some more for a while. A transport
 * costs the worker about 100 kB and a share of every look at it.
 */
export function limitsFor({ viewersPerWorker }: { readonly viewersPerWorker: number }): Limits {
  const planned = viewersPerWorker * viewerUnits({ pictures: 1 });
  return { planned, most: 2 * planned, transportsPerWorker: 3000, consumersPerTransport: 128, producersPerTransport: 16 };
}

/** What is known of one worker. */
export interface Burden {
  /** Units of what flows. */
  readonly flowing: number;
  /** Units for people who are just coming in. */
  readonly reserved: number;
  /** Units that open rooms will likely need beside. */
  readonly expected: number;
  readonly packetsPerSecond: number;
  /** Of one core; null before it is known. */
  readonly cpuShare: number | null;
  readonly transports: number;
}

/** The worst of what is counted and what is measured, and what is still to come. */
export function usedOf(burden: Burden): number {
  return Math.max(heldBy(burden), (burden.cpuShare ?? 0) * unitsPerCore) + burden.reserved + burden.expected;
}

/**
 * What a worker carries for good. Nobody is refused for what may never come, or for a core that is full of joins for some seconds: a whole
 * school comes at the same minute, and most of it only listens.
 */
function heldBy({ flowing, packetsPerSecond }: Burden): number {
  return Math.max(flowing, packetsPerSecond / packetsPerUnit);
}

/** A room that is not full by then will not be. */
const expectedForMs = 15 * 60_000;

/** Units that a room will likely still need, as long after it was opened. */
export function outstanding(expected: ExpectedLoad, carried: number, ageMs: number): number {
  return ageMs >= expectedForMs ? 0 : Math.max(0, expected.viewers * viewerUnits(expected) - carried);
}

/** The part of it that one worker will get: the room's first worker until that is full, the others the rest, evenly. */
export function shareOf(
  outstandingUnits: number,
  worker: { readonly isFirst: boolean; readonly carriedByFirst: number; readonly workers: number },
  limits: Pick<Limits, 'planned'>,
): number {
  const first = Math.min(outstandingUnits, Math.max(0, limits.planned - worker.carriedByFirst));
  if (worker.isFirst) return first;
  return (outstandingUnits - first) / Math.max(1, worker.workers - 1);
}

/** Of these workers the one for a new room; −1 when there is none. */
export function placeRoom(workers: readonly Burden[]): number {
  return leastOf(workers);
}

export interface Candidate {
  /** The room is on this worker already. */
  readonly carries: boolean;
  /** Without what is expected of the room itself. */
  readonly burden: Burden;
}

/** A room is not brought on to one more worker for less than this part of what is planned for one. */
const worthSpanning = 0.1;

/**
 * The worker for somebody who comes to receive; −1 when all are full. The room's own workers in the order in which it came to them, as long
 * as they have room; then the one with the least burden, unless that has hardly less than one of the room's own.
 */
export function placeViewer(candidates: readonly Candidate[], needed: number, limits: Limits): number {
  const open = candidates.filter(({ burden }) => burden.transports < limits.transportsPerWorker);
  const fits = ({ burden }: Candidate): boolean => usedOf(burden) + needed <= limits.planned;
  const own = open.find((candidate) => candidate.carries && fits(candidate));
  if (own !== undefined) return candidates.indexOf(own);
  const bearable = open.filter(({ burden }) => heldBy(burden) + needed <= limits.most);
  const anywhere = least(bearable);
  const here = least(bearable.filter(({ carries }) => carries));
  if (anywhere === undefined) return -1;
  const gain = here === undefined ? Number.POSITIVE_INFINITY : usedOf(here.burden) - usedOf(anywhere.burden);
  return candidates.indexOf(here === undefined || gain > worthSpanning * limits.planned ? anywhere : here);
}

/** Those who send stay together where the room began: what they send is brought to the other workers once, not from each to each. */
export function placePublisher(candidates: readonly Candidate[], limits: Limits): number {
  const open = candidates.filter(({ burden }) => burden.transports < limits.transportsPerWorker);
  const own = open.filter(({ carries }) => carries);
  const chosen = own.find(({ burden }) => heldBy(burden) < limits.most) ?? least(own) ?? least(open);
  return chosen === undefined ? -1 : candidates.indexOf(chosen);
}

function least(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates[leastOf(candidates.map(({ burden }) => burden))];
}

/** Of equal ones the one with fewer transports, then the first; −1 of none. */
function leastOf(burdens: readonly Burden[]): number {
  let found = -1;
  for (const [index, burden] of burdens.entries()) {
    const best = burdens[found];
    const gain = best === undefined ? 1 : usedOf(best) - usedOf(burden) || best.transports - burden.transports;
    if (gain > 0) found = index;
  }
  return found;
}
