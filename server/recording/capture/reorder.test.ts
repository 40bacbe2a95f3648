// What the reorder buffer guarantees, for any loss, order and repetition.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Released, ReorderBuffer } from './reorder.ts';

type Packet = { readonly sequenceNumber: number; readonly index: number };
const numbered = (first: number, count: number): Packet[] =>
  Array.from({ length: count }, (_, index) => ({ index, sequenceNumber: (first + index) & 0xffff }));

describe('the reorder buffer', () => {
  it('hands on packets in order at once', () => {
    const buffer = new ReorderBuffer<Packet>();
    const out = numbered(65_530, 20).flatMap((packet) => buffer.push(packet, packet.index));
    expect(out.map((one) => one.packet.index)).toEqual([...Array(20).keys()]);
  });

  it('waits 250 ms for a missing packet and then says how many never came', () => {
    const buffer = new ReorderBuffer<Packet>();
    const packets = numbered(100, 5);
    const [a, , , d, e] = packets;
    if (!a || !d || !e) throw new Error('five packets');
    buffer.push(a, 0);
    expect(buffer.push(d, 10)).toEqual([]);
    expect(buffer.push(e, 20)).toEqual([]);
    expect(buffer.expire(259)).toEqual([]);
    expect(buffer.expire(260)).toEqual([
      { packet: d, missing: 2 },
      { packet: e, missing: 0 },
    ]);
  });

  it('takes a far jump of the numbers for a source that began anew', () => {
    const buffer = new ReorderBuffer<Packet>();
    buffer.push({ sequenceNumber: 10, index: 0 }, 0);
    expect(buffer.push({ sequenceNumber: 20_000, index: 1 }, 1)).toEqual([{ packet: { sequenceNumber: 20_000, index: 1 }, missing: 1 }]);
    expect(buffer.push({ sequenceNumber: 20_001, index: 2 }, 2)).toHaveLength(1);
  });

  const arrivals = fc.record({
    first: fc.integer({ min: 0, max: 0xffff }),
    plan: fc.array(fc.record({ lost: fc.boolean(), delay: fc.integer({ min: 0, max: 400 }), twice: fc.boolean() }), {
      minLength: 1,
      maxLength: 120,
    }),
  });

  it('never goes back, never repeats, counts every missing packet, and keeps none longer than 250 ms', () => {
    fc.assert(
      fc.property(arrivals, ({ first, plan }) => {
        const packets = numbered(first, plan.length);
        const events = plan.flatMap((step, index) => {
          const packet = packets[index];
          // The first always arrives, first: a buffer cannot know of packets before it.
          if (!packet || (step.lost && index > 0)) return [];
          const at = index * 20 + (index === 0 ? 0 : step.delay);
          return step.twice
            ? [
                { at, packet },
                { at: at + 7, packet },
              ]
            : [{ at, packet }];
        });
        events.sort((a, b) => a.at - b.at || a.packet.index - b.packet.index);
        const buffer = new ReorderBuffer<Packet>();
        const arrivedAt = new Map<number, number>();
        const out: (Released<Packet> & { at: number })[] = [];
        let now = 0;
        const until = (at: number) => {
          for (; now < at; now++) out.push(...buffer.expire(now).map((one) => ({ ...one, at: now })));
        };
        for (const { at, packet } of events) {
          until(at);
          if (!arrivedAt.has(packet.index)) arrivedAt.set(packet.index, at);
          out.push(...buffer.push(packet, at).map((one) => ({ ...one, at })));
        }
        until(now + 300);
        let previous = -1;
        for (const { packet, missing, at } of out) {
          expect(packet.index).toBe(previous + 1 + missing);
          expect(at - (arrivedAt.get(packet.index) ?? Number.NaN)).toBeLessThanOrEqual(250);
          previous = packet.index;
        }
        expect(buffer.drain()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
