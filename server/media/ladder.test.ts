// Down at once, up slowly: on lines of every width and loss.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterReading, firstProbeMs, type Ladder, type LineReading, ladderAt, longestProbeMs, onNewPath, type Rungs } from './ladder.ts';

const everyMs = 2_500;
/** A class with a screen and five cameras: what each rung needs at the least, and what it sends when nothing holds it back. */
const needs = [1_000_000, 650_000, 480_000, 190_000, 130_000, 60_000];
const sends = [1_800_000, 900_000, 600_000, 260_000, 150_000, 60_000];
const rungs: Rungs = { count: needs.length, needOf: (rung) => needs[rung] ?? 0 };
const [all, fewer, speaker, screenLow, stills, floor] = [0, 1, 2, 3, 4, 5];

interface Line {
  readonly bps?: number;
  /** By the line itself, whatever is sent. */
  readonly loss?: number;
  /** What waits before the line, in milliseconds, while it is full. */
  readonly queueMs?: number;
}

const quietly = (at: number, more: Partial<LineReading> = {}): LineReading => ({
  ...{ at, loss: 0, roundTripMs: 40, availableBps: null, sentBps: 1_000_000 },
  ...more,
});

function measure(ladder: Ladder, { bps = 10_000_000, loss = 0, queueMs = 0 }: Line, at: number): LineReading {
  const sentBps = sends[ladder.rung] ?? 0;
  const isFull = sentBps > bps;
  const got = (1 - loss) * (isFull && queueMs === 0 ? bps / sentBps : 1);
  return quietly(at, { sentBps, loss: 1 - got, roundTripMs: isFull ? 40 + queueMs : 40 });
}

/** The rung after each measurement. */
function walk(
  line: Line,
  seconds: number,
  from: Ladder = ladderAt(0),
  begin = 0,
): { readonly ladder: Ladder; readonly visited: readonly number[] } {
  const visited: number[] = [];
  let ladder = from;
  for (let at = begin + everyMs; at <= begin + seconds * 1000; at += everyMs) {
    ladder = afterReading(ladder, measure(ladder, line, at), rungs);
    visited.push(ladder.rung);
  }
  return { ladder, visited };
}

const mostOf = (visited: readonly number[]): number => {
  const counts = Map.groupBy(visited, (rung) => rung);
  return [...counts].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? -1;
};

describe('L2 a line that is too thin is eased at the first measurement, by as many steps as it takes', () => {
  test.each([
    [64_000, floor, floor],
    [128_000, floor, floor],
    [256_000, screenLow, screenLow],
    [512_000, screenLow, screenLow],
    [800_000, fewer, speaker],
    [1_000_000, fewer, fewer],
    [3_000_000, all, all],
  ])('%i bit/s', (bps, first, mostly) => {
    const { visited } = walk({ bps }, 300);
    expect(visited[0]).toBe(first);
    expect(mostOf(visited)).toBe(mostly);
  });
  test('a queue before the line tells of it as well as loss does', () => {
    expect(walk({ bps: 300_000, queueMs: 2_000 }, 12.5).visited.at(-1)).not.toBe(all);
    expect(mostOf(walk({ bps: 300_000, queueMs: 2_000 }, 300).visited)).toBe(screenLow);
  });
});

describe('L5 loss that is the line’s own takes no more than helps', () => {
  test.each([
    [0.02, all],
    [0.05, all],
    [0.12, fewer],
    [0.2, speaker],
    [0.4, stills],
  ])('loss of %d', (loss, rung) => {
    expect(mostOf(walk({ loss }, 300).visited.slice(20))).toBe(rung);
  });
  test('is known for what it is when less is sent in vain, and what was taken until then is given back', () => {
    for (const { loss, borne } of [
      { loss: 0.12, borne: fewer },
      { loss: 0.07, borne: all },
    ]) {
      // The estimate sinks with what is lost, and says too little.
      const visited: number[] = [];
      let ladder = ladderAt(0);
      for (let at = everyMs; at <= 120_000; at += everyMs) {
        ladder = afterReading(ladder, { ...measure(ladder, { loss }, at), availableBps: 150_000 }, rungs);
        visited.push(ladder.rung);
      }
      expect(visited.slice(0, 8)).toContain(stills);
      expect(mostOf(visited.slice(8))).toBe(borne);
    }
  });
  test('what turns out to have been the width of the line after all is given back slowly from then on', () => {
    const own = walk({ loss: 0.2 }, 15);
    const thin = walk({ loss: 0.2, bps: 150_000 }, 600, own.ladder, 15_000);
    expect(thin.visited.filter((rung) => rung <= speaker).length * everyMs).toBeLessThan(60_000);
  });
  test('one measurement of ten to twenty percent is no news yet', () => {
    const once = afterReading(ladderAt(0), quietly(2_500, { loss: 0.15 }), rungs);
    expect(once.rung).toBe(all);
    expect(afterReading(once, quietly(5_000, { loss: 0.15 }), rungs).rung).toBeGreaterThan(all);
  });
  test('once it ends, everything comes back', () => {
    const bad = walk({ loss: 0.2 }, 120);
    expect(walk({}, 300, bad.ladder, 120_000).ladder.rung).toBe(all);
  });
});

describe('L3 upwards one step at a time', () => {
  test('a line that is wide again brings everything back, one rung after the other', () => {
    const bad = walk({ bps: 64_000 }, 10);
    const { visited, ladder } = walk({}, 120, bad.ladder, 10_000);
    expect(ladder.rung).toBe(all);
    expect([...new Set(visited)]).toEqual([floor, stills, screenLow, speaker, fewer, all]);
  });
  test('rungs that bring nothing more are taken together', () => {
    const even: Rungs = { count: 6, needOf: (rung) => (rung < 3 ? 400_000 : (needs[rung] ?? 0)) };
    let ladder: Ladder = { ...ladderAt(0), rung: screenLow };
    for (let at = everyMs; at <= 15_000; at += everyMs) ladder = afterReading(ladder, quietly(at), even);
    expect(ladder.rung).toBe(all);
  });
  test('a step up that fails is tried again after twice the time, up to a limit', () => {
    const { visited, ladder } = walk({ bps: 256_000 }, 1_800);
    const climbs = visited.flatMap((rung, index) => (rung < (visited[index - 1] ?? 0) ? [index * everyMs] : []));
    const gaps = climbs.slice(1).map((at, index) => at - (climbs[index] ?? 0));
    expect(ladder.probeMs).toBe(longestProbeMs);
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
    expect(climbs.length).toBeLessThan(16);
  });
});

describe('L4 what is no sign of a thin line', () => {
  test('a longer way on another path, by a satellite instead of a cable', () => {
    const { ladder } = walk({}, 60);
    const far = (from: Ladder) => {
      let after = from;
      for (let at = 62_500; at <= 120_000; at += everyMs) after = afterReading(after, quietly(at, { roundTripMs: 720 }), rungs);
      return after.rung;
    };
    expect([far(onNewPath(ladder, 61_000)), far(ladder)]).toEqual([all, expect.any(Number)]);
    expect(far(ladder)).toBeGreaterThan(all);
  });
  const told = (readings: readonly Partial<LineReading>[], from: Ladder = ladderAt(0)): Ladder =>
    readings.reduce<Ladder>((ladder, more, index) => afterReading(ladder, quietly(20_000 + index * everyMs, more), rungs), from);
  const minute = <T>(one: T): T[] => Array.from({ length: 24 }, () => one);

  test('a low estimate beside which nothing is lost and nothing waits: it follows what flows', () => {
    expect(told(minute({ availableBps: 90_000 })).rung).toBe(all);
  });
  test('beside loss that alone would be no matter, it says where to go', () => {
    expect(told([{ availableBps: 220_000, loss: 0.05 }]).rung).toBe(screenLow);
  });
  test('a rough beginning, while the estimate still climbs', () => {
    const rough = minute({ availableBps: 200_000 }).map((reading, index) =>
      index < 3 ? { ...reading, loss: 0.06, roundTripMs: 2_000 } : reading,
    );
    expect(told(rough.slice(0, 6), ladderAt(20_000 - everyMs)).rung).toBe(all);
  });
  test('nothing flows: what does not flow is not lost, and needs no time', () => {
    expect(told(minute({ sentBps: 512, roundTripMs: 3_000, availableBps: 10_000, loss: 0.5 })).rung).toBe(all);
  });
  test('a round trip that was long once, or in the first seconds', () => {
    expect(told([{ roundTripMs: 3_000 }, {}, { roundTripMs: 3_000 }]).rung).toBe(all);
    const first = [2_500, 5_000, 7_500].reduce(
      (ladder, at) => afterReading(ladder, quietly(at, { roundTripMs: 3_000 }), rungs),
      ladderAt(0),
    );
    expect(first.rung).toBe(all);
  });
  test('an estimate holds no step up back: what is not sent cannot be estimated', () => {
    expect(told(minute({ availableBps: 200_000 }).slice(0, 6), { ...ladderAt(0), rung: speaker }).rung).toBe(fewer);
  });
});

test('L3 on no line whatever does it go up sooner than the probe period after it last went down, nor leaves the ladder', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const reading = fc.record({
    loss: fc.oneof(fc.constant(0), share),
    roundTripMs: fc.option(fc.integer({ min: 1, max: 5_000 })),
    availableBps: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
    sentBps: fc.integer({ min: 0, max: 5_000_000 }),
    passedMs: fc.integer({ min: 500, max: 40_000 }),
  });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 200 }), (readings) => {
      let ladder = ladderAt(0);
      let at = 0;
      let wentDownAt = Number.NEGATIVE_INFINITY;
      let wentUpAt = Number.NEGATIVE_INFINITY;
      for (const { passedMs, ...measured } of readings) {
        at += passedMs;
        const next = afterReading(ladder, { at, ...measured }, rungs);
        expect(next.rung).toBeGreaterThanOrEqual(0);
        expect(next.rung).toBeLessThan(rungs.count);
        const wasTakenInVain = next.noise > ladder.noise && ladder.probeMs === firstProbeMs;
        if (next.rung < ladder.rung && !wasTakenInVain) {
          expect(ladder.rung - next.rung).toBe(1);
          expect(at - Math.max(wentDownAt, wentUpAt)).toBeGreaterThanOrEqual(ladder.probeMs);
          expect(ladder.probeMs).toBeGreaterThanOrEqual(firstProbeMs);
        }
        if (next.rung < ladder.rung) wentUpAt = at;
        if (next.rung > ladder.rung) wentDownAt = at;
        ladder = next;
      }
    }),
  );
});
