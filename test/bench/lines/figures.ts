// From two readings of a page's counters to the figures of a line: how much sound was made up, how pictures moved, what it cost.
import type { Heard, Reading, Stream } from './in-page.ts';

export interface SoundFigures {
  /** Of all that was played, made up because nothing came in time. */
  readonly concealedPercent: number;
  /** Of all that was played, made up as silence: an audible hole. */
  readonly silentPercent: number;
  readonly holes: number;
  readonly lostPercent: number;
  readonly askedAgain: number;
  readonly bufferMs: number;
  readonly kbps: number;
}

export interface PictureFigures {
  readonly what: string;
  readonly fps: number;
  readonly freezes: number;
  readonly frozenPercent: number;
  readonly kbps: number;
  readonly height: number;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const share = (part: number, whole: number): number => (whole <= 0 ? 0 : tenth((100 * part) / whole));

/** Null when no voice was there at both times. */
export function soundBetween(before: Reading, after: Reading): SoundFigures | null {
  const grown = growth(before, after).filter(({ what }) => what === 'voice');
  if (grown.length === 0) return null;
  const sum = (name: string): number => grown.reduce((total, { grew }) => total + grew(name), 0);
  const played = sum('totalSamplesReceived');
  return {
    concealedPercent: share(sum('concealedSamples'), played),
    silentPercent: share(sum('silentConcealedSamples'), played),
    holes: sum('concealmentEvents'),
    lostPercent: share(Math.max(0, sum('packetsLost')), sum('packetsReceived') + Math.max(0, sum('packetsLost'))),
    askedAgain: sum('nackCount'),
    bufferMs: Math.round((1000 * sum('jitterBufferDelay')) / Math.max(1, sum('jitterBufferEmittedCount'))),
    kbps: tenth((sum('bytesReceived') * 8) / (after.at - before.at)),
  };
}

export function picturesBetween(before: Reading, after: Reading): readonly PictureFigures[] {
  const seconds = (after.at - before.at) / 1000;
  return growth(before, after)
    .filter(({ what }) => what !== 'voice')
    .map(({ what, grew, now }) => ({
      what,
      fps: tenth(grew('framesDecoded') / seconds),
      freezes: grew('freezeCount'),
      frozenPercent: share(grew('totalFreezesDuration'), seconds),
      kbps: tenth((grew('bytesReceived') * 8) / 1000 / seconds),
      height: now.counts.frameHeight ?? 0,
    }));
}

export function kbpsBetween(before: Reading, after: Reading): { readonly down: number; readonly up: number } {
  const ms = after.at - before.at;
  const of = (name: 'bytesReceived' | 'bytesSent') => tenth((Math.max(0, after[name] - before[name]) * 8) / ms);
  return { down: of('bytesReceived'), up: of('bytesSent') };
}

function growth(before: Reading, after: Reading) {
  return after.streams.map((now: Stream) => {
    const then = before.streams.find(({ trackIdentifier }) => trackIdentifier === now.trackIdentifier);
    return { what: now.what, now, grew: (name: string): number => (now.counts[name] ?? 0) - (then?.counts[name] ?? 0) };
  });
}

/** Sound is there again when so much of it came in so short a time. */
const soundMs = 60;
const withinMs = 250;

/**
 * How long after its end a cut was still heard; null when sound did not come back. Two measures, neither of which can be too small: when the page
 * first saw sound again, and how much sound is missing beyond the cut itself. On a busy machine the page's own timers stand still for a while.
 */
export function heardAgainAfter(log: readonly Heard[], cutAt: number, mendedAt: number): number | null {
  const seen = firstSound(log.filter(({ at }) => at >= mendedAt));
  if (seen === null) return null;
  return Math.max(0, Math.min(seen - mendedAt, missing(log, cutAt) - (mendedAt - cutAt)));
}

/** From an instant to the end of the log: how much less sound came than time went by, in milliseconds. */
export function missing(log: readonly Heard[], from: number): number {
  const later = log.filter(({ at }) => at >= from);
  const came = later.reduce((sum, { ms }) => sum + ms, 0);
  return Math.max(0, Math.round((later.at(-1)?.at ?? from) - from - came));
}

function firstSound(log: readonly Heard[]): number | null {
  for (const [index, { at, ms }] of log.entries()) {
    if (ms <= 0) continue;
    const soon = log.slice(index).filter((entry) => entry.at - at <= withinMs);
    if (soon.reduce((sum, entry) => sum + entry.ms, 0) >= soundMs) return at;
  }
  return null;
}
