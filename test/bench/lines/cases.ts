// The lines that are measured, and the ways in which they are cut.
import type { Weather } from '../../support/net/line.ts';

export interface BadLine {
  readonly name: string;
  readonly weather: Weather;
}

/** A round trip of 30 ms unless said otherwise: a town, not a table. */
const near = { delayMs: 15 };

export const badLines: readonly BadLine[] = [
  { name: 'good', weather: near },
  { name: 'loss-5', weather: { ...near, lossPercent: 5 } },
  { name: 'loss-10', weather: { ...near, lossPercent: 10 } },
  { name: 'loss-20', weather: { ...near, lossPercent: 20 } },
  { name: 'far-300', weather: { delayMs: 150 } },
  { name: 'far-300-loss-5', weather: { delayMs: 150, lossPercent: 5 } },
  { name: 'far-300-loss-20', weather: { delayMs: 150, lossPercent: 20 } },
  { name: 'jitter-50', weather: { delayMs: 15, jitterMs: 50 } },
  { name: 'kbps-128', weather: { ...near, bps: 128_000 } },
  { name: 'kbps-64', weather: { ...near, bps: 64_000 } },
];

/**
 * `silent`: nothing gets through and nobody is told. `unplugged`: the student's own machine sees it.
 * `moved`: from one network to another at once. `socket`: only the web server's line breaks, sound and picture go on.
 */
export type CutKind = 'silent' | 'unplugged' | 'moved' | 'socket';

export interface Cut {
  readonly name: string;
  readonly kind: CutKind;
  readonly forMs: number;
  /** Of the number of repetitions that was asked for. */
  readonly share: number;
}

export const cuts: readonly Cut[] = [
  { name: 'socket-15s', kind: 'socket', forMs: 15_000, share: 0.2 },
  { name: 'cut-5s', kind: 'silent', forMs: 5_000, share: 1 },
  { name: 'unplugged-5s', kind: 'unplugged', forMs: 5_000, share: 0.5 },
  { name: 'cut-30s', kind: 'silent', forMs: 30_000, share: 0.3 },
  { name: 'moved', kind: 'moved', forMs: 0, share: 0.5 },
];
