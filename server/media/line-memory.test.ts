// What is remembered of a line for when it is lost.
import { describe, expect, it } from 'vitest';
import { type LineMemory, nothingHeard, recall, remember } from './line-memory.ts';

const sample = (lossUp: number, roundTripMs: number | null = null) => ({ lossUp, lossDown: 0.01, roundTripMs, upBps: 1, downBps: 1 });
const heardOf = (...heard: readonly [loss: number, roundTripMs: number | null, bytesIn: number][]): LineMemory =>
  heard.reduce((memory, [loss, rtt, bytes], index) => remember(memory, sample(loss, rtt), bytes, index * 2500), nothingHeard);

describe('G6 the last of a line', () => {
  it('is the mean of the last four measurements, of the worse direction', () => {
    expect(recall(heardOf([0.9, 900, 1], [0.1, 100, 2], [0.2, null, 3], [0.3, 300, 4], [0, 200, 5]), 12_000)).toEqual({
      lossPercent: 15.3,
      roundTripMs: 200,
    });
  });

  it('is of before the line fell silent: what is measured then says nothing', () => {
    expect(recall(heardOf([0.2, 80, 1000], [0, null, 1000], [0, null, 1000]), 8000)).toEqual({ lossPercent: 20, roundTripMs: 80 });
  });

  it('is nothing when nothing was ever heard, or not for long', () => {
    expect(recall(nothingHeard, 0)).toEqual({ lossPercent: null, roundTripMs: null });
    expect(recall(heardOf([0, null, 0]), 0)).toEqual({ lossPercent: null, roundTripMs: null });
    expect(recall(heardOf([0.2, 80, 1000]), 91_000)).toEqual({ lossPercent: null, roundTripMs: null });
  });
});
