// From what is measured on a person's lines to one word: good, fair or bad.
import type { Quality } from '../contract/room.ts';
import type { TransportStats } from '../ports/media.ts';

/** Losses are shares from 0 to 1. */
export interface LineSample {
  readonly lossUp: number;
  readonly lossDown: number;
  readonly roundTripMs: number | null;
  readonly upBps: number;
  readonly downBps: number;
}

/** Null transports are not open. */
export function sampleOf(send: TransportStats | null, receive: TransportStats | null): LineSample {
  return {
    lossUp: send?.lossIn ?? 0,
    lossDown: receive?.lossOut ?? 0,
    roundTripMs: receive?.roundTripMs ?? send?.roundTripMs ?? null,
    upBps: send?.bpsIn ?? 0,
    downBps: receive?.bpsOut ?? 0,
  };
}

export function qualityOf(sample: LineSample): Quality {
  if (sample.upBps === 0 && sample.downBps === 0) return 'unknown';
  const loss = Math.max(sample.lossUp, sample.lossDown);
  const roundTripMs = sample.roundTripMs ?? 0;
  if (loss > 0.1 || roundTripMs > 800) return 'bad';
  if (loss > 0.03 || roundTripMs > 350) return 'fair';
  return 'good';
}

const rank: Record<Quality, number> = { unknown: 0, good: 1, fair: 2, bad: 3 };

export function worst(qualities: Iterable<Quality>): Quality {
  let found: Quality = 'unknown';
  for (const quality of qualities) if (rank[quality] > rank[found]) found = quality;
  return found;
}

export interface Judgement {
  readonly quality: Quality;
  /** What the last sample alone would have said. */
  readonly latest: Quality;
}

/** Worse counts at once, better only when two samples in a row say so: a mark that flickers says nothing. */
export function judge(before: Judgement | null, sample: LineSample): Judgement {
  const latest = qualityOf(sample);
  if (before === null || before.quality === 'unknown' || latest === 'unknown' || rank[latest] >= rank[before.quality])
    return { quality: latest, latest };
  const confirmed = rank[before.latest] < rank[before.quality];
  return { quality: confirmed ? worst([latest, before.latest]) : before.quality, latest };
}
