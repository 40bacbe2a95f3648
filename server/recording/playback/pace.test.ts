// Looking back at a class that runs: fast enough for any player, and never at the cost of the class.
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { RecordingManifest } from '../../contract/recording.ts';
import { bytesPerSecondOf, Pace } from './pace.ts';

const pieces = (count: number, bytes: number) => Readable.from(Array.from({ length: count }, () => Buffer.alloc(bytes)));

/** A machine on which waiting takes no time of ours. */
function paceWith() {
  const state = { nowMs: 0 };
  const wait = async (ms: number) => {
    state.nowMs += ms;
  };
  const pace = new Pace({ monotonicMs: () => state.nowMs, wait });
  const take = async (viewer: string, count: number, bytes: number, rate: number) => {
    let taken = 0;
    for await (const piece of pace.paced(pieces(count, bytes), viewer, rate)) taken += piece.length;
    return taken;
  };
  return { state, take, pace };
}

describe('V52 the pace of looking back', () => {
  it('lets the first seconds through at once, and the rest at the rate', async () => {
    const { state, take } = paceWith();
    expect(await take('a', 150, 10_000, 100_000)).toBe(1_500_000);
    expect(state.nowMs).toBe(0);
    await take('a', 100, 10_000, 100_000);
    expect(state.nowMs).toBeCloseTo(10_000, -2);
  });

  it('is shared by all that one viewer fetches, and by no other', async () => {
    const { state, take } = paceWith();
    await Promise.all([take('a', 150, 10_000, 100_000), take('a', 150, 10_000, 100_000)]);
    expect(state.nowMs).toBeGreaterThanOrEqual(15_000);
    const before = state.nowMs;
    await take('b', 150, 10_000, 100_000);
    expect(state.nowMs).toBe(before);
  });

  it('opens nothing more for whoever owes more than a minute of it, until that has passed', async () => {
    const state = { nowMs: 0 };
    const pace = new Pace({ monotonicMs: () => state.nowMs, wait: () => new Promise<void>(() => undefined) });
    const ask = () => void pace.paced(pieces(1, 1_000_000), 'a', 100_000).next();
    for (let asked = 0; asked < 7; asked += 1) ask();
    await new Promise(setImmediate);
    pace.admit('a', 100_000);
    ask();
    await new Promise(setImmediate);
    expect(() => pace.admit('a', 100_000)).toThrow(expect.objectContaining({ code: 'too-many-requests' }));
    pace.admit('b', 100_000);
    state.nowMs += 5001;
    pace.admit('a', 100_000);
  });

  it('is six times what is written, each file once, however it was cut', () => {
    const part = {
      file: 'p0001.mp4',
      index: 'p0001.jsonl',
      mime: 'video/mp4',
      startMs: 0,
      endMs: 1,
      initBytes: 1,
      bytes: 60_000_000,
      open: true,
    };
    const track = { trackId: 't', participantId: 'p', name: 'N', source: 'camera', parts: [part, part] };
    const about = { id: 'r', lessonId: 'l', state: 'recording', startedAt: 0, pauses: [], gaps: [], cuts: [] };
    expect(bytesPerSecondOf(RecordingManifest.parse({ ...about, durationMs: 60_000, tracks: [track] }))).toBe(6_000_000);
    expect(bytesPerSecondOf(RecordingManifest.parse({ ...about, durationMs: 0, tracks: [] }))).toBe(1_000_000);
  });
});
