// The sound follows class time without a hole: gaps of any kind are filled, a drifting clock is followed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioRecorder } from './audio-recorder.ts';
import type { TimedPacket } from './incoming.ts';
import { MemoryParts } from './testing/memory-parts.ts';

const opus = Buffer.from([0x78, 1, 2, 3]);
const packet = (arrivedAtMs: number): TimedPacket => ({
  sequenceNumber: 0,
  timestamp: 0,
  ssrc: 1,
  payloadType: 100,
  marker: false,
  payload: opus,
  arrivedAtMs,
  capturedAtMs: arrivedAtMs,
  missing: 0,
});

const expectNoHole = (sink: MemoryParts): void => {
  for (const { fragments } of sink.parts) {
    fragments.forEach((fragment, index) => {
      const next = fragments[index + 1];
      if (next) expect(fragment.timeMs + fragment.durationMs).toBeCloseTo(next.timeMs, 1);
    });
  }
};

describe('an audio recorder', () => {
  it('leaves no hole and ends in step, whatever was lost or not sent', () => {
    const kept = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(kept, (steps) => {
        const sink = new MemoryParts();
        const recorder = new AudioRecorder(sink);
        let index = 0;
        for (const step of steps) {
          recorder.packet(packet(1000 + index * 20), 1000 + index * 20);
          index += step;
        }
        recorder.packet(packet(1000 + index * 20), 1000 + index * 20);
        recorder.end();
        expect(sink.parts).toHaveLength(1);
        expectNoHole(sink);
        expect(Math.abs((sink.spans()[0]?.to ?? 0) - (1020 + index * 20))).toBeLessThan(13);
      }),
    );
  });

  it.each([-0.0004, 0.0004])('follows a sender whose clock is wrong by %f, and does not drift in an hour', (skew) => {
    const sink = new MemoryParts();
    const recorder = new AudioRecorder(sink);
    let last = 0;
    for (let index = 0; index < 180_000; index++) {
      last = index * 20 * (1 + skew);
      recorder.packet(packet(last), last);
    }
    recorder.end();
    expectNoHole(sink);
    expect(Math.abs((sink.spans()[0]?.to ?? 0) - (last + 20))).toBeLessThan(15);
    // Followed by slewing alone: not one packet was added or dropped.
    const bytes = sink.parts[0]?.fragments.reduce((sum, one) => sum + one.bytes.length, 0) ?? 0;
    expect(bytes).toBeGreaterThan(180_000 * (opus.length + 8));
  });

  it('steps over what jumps further than hearing forgives', () => {
    const sink = new MemoryParts();
    const recorder = new AudioRecorder(sink);
    for (let time = 0; time < 1000; time += 20) recorder.packet(packet(time), time);
    for (let time = 1080; time < 2000; time += 20) recorder.packet(packet(time), time);
    for (let time = 1920; time < 3000; time += 20) recorder.packet(packet(time), time);
    recorder.end();
    expectNoHole(sink);
    expect(sink.spans()[0]?.to).toBeCloseTo(3000, -1.5);
  });

  it('takes nothing from before it began', () => {
    const sink = new MemoryParts();
    const recorder = new AudioRecorder(sink);
    recorder.begin(5000);
    recorder.packet(packet(5010), 4990);
    recorder.packet(packet(5030), 5010);
    recorder.end();
    expect(sink.spans()).toEqual([{ from: 5010, to: 5030 }]);
  });
});
