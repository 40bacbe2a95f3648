// What was measured of a line lately, for when it is lost: a mean over the last measurements that heard anything.
import type { Instant } from '../contract/ids.ts';
import type { LineSample } from './quality.ts';

const samplesKept = 4;
/** Older ones tell nothing of how the line was before it was lost. In a full server everybody is measured about every 40 seconds. */
const rememberedMs = 90_000;

export interface Measured {
  /** The worse of the two directions. */
  readonly lossPercent: number | null;
  readonly roundTripMs: number | null;
}

export interface LineMemory {
  /** Oldest first. */
  readonly heard: readonly { readonly at: Instant; readonly loss: number; readonly roundTripMs: number | null }[];
  /** All bytes that came from the device, to see whether more came. */
  readonly bytesIn: number;
}

export const nothingHeard: LineMemory = { heard: [], bytesIn: 0 };

/** A measurement in which nothing came from the device says that the line is silent; its figures are those of before. */
export function remember(memory: LineMemory, sample: LineSample, bytesIn: number, at: Instant): LineMemory {
  if (bytesIn === 0 || bytesIn === memory.bytesIn) return { ...memory, bytesIn };
  const latest = { at, loss: Math.max(sample.lossUp, sample.lossDown), roundTripMs: sample.roundTripMs };
  return { heard: [...memory.heard, latest].slice(-samplesKept), bytesIn };
}

/** Percent to a tenth, milliseconds whole; null where nothing was measured. */
export function recall({ heard }: LineMemory, now: Instant): Measured {
  const recent = heard.filter(({ at }) => now - at <= rememberedMs);
  const loss = mean(recent.map((one) => one.loss));
  const roundTripMs = mean(recent.flatMap((one) => one.roundTripMs ?? []));
  return {
    lossPercent: loss === null ? null : Math.round(Math.min(1, Math.max(0, loss)) * 1000) / 10,
    roundTripMs: roundTripMs === null ? null : Math.round(roundTripMs),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
