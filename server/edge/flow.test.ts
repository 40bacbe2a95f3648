// H5, H6: what one connection may pour in, and what may wait for one that does not read.
import { describe, expect, it } from 'vitest';
import { Intake, Outflow } from './flow.ts';

describe('what comes in', () => {
  it('is bounded in packets and in bytes', () => {
    const packets = new Intake({ packets: { burst: 3, perSecond: 2 }, bytes: { burst: 1e6, perSecond: 1e6 } }, 0);
    expect([1, 2, 3, 4].map(() => packets.take(1, 0))).toEqual([true, true, true, false]);
    expect([packets.take(1, 1000), packets.take(1, 1000), packets.take(1, 1000)]).toEqual([true, true, false]);
    const bytes = new Intake({ packets: { burst: 100, perSecond: 1 }, bytes: { burst: 1000, perSecond: 500 } }, 0);
    expect([bytes.take(900, 0), bytes.take(200, 0), bytes.take(200, 1000)]).toEqual([true, false, true]);
  });
});

describe('what goes out', () => {
  const open = () => new Outflow({ waitingBytes: 1000, unreadMs: 30_000, slowestBytesPerSecond: 1000 });

  it('may be long in one message, however much that is', () => {
    const flow = open();
    expect(flow.add(1_000_000, 0)).toBe(true);
  });

  it('may wait up to a limit behind a message that is not taken', () => {
    const flow = open();
    flow.add(10, 0);
    flow.send(0);
    expect([flow.add(600, 1), flow.add(400, 2), flow.add(1, 3)]).toEqual([true, true, false]);
  });

  it('is not waited for longer than the limit, and a second more for each thousand bytes', () => {
    const flow = open();
    flow.add(5000, 0);
    flow.send(0);
    expect([flow.add(1, 35_000), flow.add(1, 35_001)]).toEqual([true, false]);
  });

  it('has so much time left, and none is counted while nothing waits to be taken', () => {
    const flow = open();
    expect(flow.leftMs(0)).toBeNull();
    flow.add(5000, 0);
    expect(flow.leftMs(0)).toBeNull();
    flow.send(10);
    expect([flow.leftMs(10), flow.leftMs(35_010), flow.leftMs(36_010)]).toEqual([35_000, 0, -1_000]);
    flow.taken();
    expect(flow.leftMs(36_010)).toBeNull();
  });

  it('is free again when all was taken', () => {
    const flow = open();
    flow.add(5000, 0);
    flow.send(0);
    flow.add(900, 1);
    flow.taken();
    flow.send(2);
    flow.taken();
    expect([flow.add(900, 90_000), flow.add(900, 90_000)]).toEqual([true, true]);
  });
});
