// Seconds that were seen count once, in whatever order and however often they were seen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../contract/watching-time.ts';
import { heatOf, playedOf } from './heat.ts';
import { common, lengthOf, outside, union } from './spans.ts';

const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })).map(
  ([from, lasts]): Span => ({
    ...{ fromMs: from, toMs: from + lasts },
  }),
);
const spans = fc.array(span, { maxLength: 12 });
const moments = (of: readonly Span[]) =>
  new Set(of.flatMap(({ fromMs, toMs }) => Array.from({ length: toMs - fromMs }, (_, ms) => fromMs + ms)));

describe('V70 distinct seconds', () => {
  it('are as many as there are moments in any of the spans, whatever their order', () => {
    fc.assert(
      fc.property(spans, spans, (some, others) => {
        const seen = union(some, others);
        expect(lengthOf(seen)).toBe(moments([...some, ...others]).size);
        expect(union(others, some)).toEqual(seen);
        expect(union(seen, others)).toEqual(seen);
      }),
    );
  });

  it('have in common what lies in both, and the rest is outside', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [some, others] = [union(a), union(b)];
        const both = [...moments(some)].filter((at) => moments(others).has(at));
        expect([...moments(common(some, others))].sort()).toEqual(both.sort());
        expect(lengthOf(common(some, others)) + lengthOf(outside(some, others))).toBe(lengthOf(some));
      }),
    );
  });
});

describe('V76 the heat', () => {
  it('knows what was played again and again, and by how many', () => {
    const open = [{ fromMs: 0, toMs: 30_000 }];
    const alone = [{ fromMs: 10_000, toMs: 20_000 }];
    const played = playedOf([...open, ...alone, ...alone]);
    expect(heatOf(played, [open, alone], open)).toEqual({ everyMs: 10_000, plays: [1, 3, 1], people: [1, 2, 1] });
  });

  it('does not count a stretch twice that two reports share, nor what was cut out', () => {
    const played = playedOf([
      { fromMs: 0, toMs: 5000 },
      { fromMs: 5000, toMs: 15_000 },
      { fromMs: 15_000, toMs: 40_000 },
    ]);
    const open = [
      { fromMs: 0, toMs: 10_000 },
      { fromMs: 20_000, toMs: 24_000 },
    ];
    const half = [{ fromMs: 20_000, toMs: 22_000 }];
    expect(heatOf(new Map([...played, [2, 4000]]), [half], open)).toEqual({ everyMs: 10_000, plays: [1, 0, 1], people: [0, 0, 1] });
  });

  it('adds up to what was played', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const long = some.map(({ fromMs, toMs }) => ({ fromMs: fromMs * 1000, toMs: toMs * 1000 }));
        expect([...playedOf(long).values()].reduce((sum, ms) => sum + ms, 0)).toBe(lengthOf(long));
      }),
    );
  });
});
