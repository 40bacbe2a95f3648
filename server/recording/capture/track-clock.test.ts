// RTP time to class time: sound and picture of a person stay together whatever the line does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParticipantClock, TrackClock } from './track-clock.ts';

const report = (ntpMs: number, rtpTimestamp: number) => ({ ssrc: 1, ntpMs, rtpTimestamp });

describe('track clocks', () => {
  it('know no time before the first report', () => {
    expect(new TrackClock(new ParticipantClock(), 90_000).timeOf(0, 5)).toBeUndefined();
  });

  it('give the same time to what was captured at the same time, for any delays of the packets', () => {
    const delays = fc.array(fc.record({ sound: fc.integer({ min: 5, max: 300 }), picture: fc.integer({ min: 5, max: 900 }) }), {
      minLength: 5,
      maxLength: 200,
    });
    fc.assert(
      fc.property(delays, (list) => {
        const participant = new ParticipantClock();
        const sound = new TrackClock(participant, 48_000);
        const picture = new TrackClock(participant, 90_000);
        sound.report(report(700_000, 1000));
        picture.report(report(700_500, 50_000));
        let latest = 0;
        list.forEach((delay, index) => {
          const captured = 1_000_000 + index * 40;
          latest = Math.max(latest + 1, captured + delay.sound);
          const heard = sound.timeOf(1000 + index * 40 * 48, latest) ?? Number.NaN;
          const seen =
            picture.timeOf((50_000 - 500 * 90 + index * 40 * 90) >>> 0, Math.max(latest, captured + delay.picture)) ?? Number.NaN;
          // Nothing but the offset's own slow walk may come between them: 5 ms a second.
          expect(Math.abs(heard - seen)).toBeLessThan(5);
        });
      }),
    );
  });

  it('follow the quickest packets slowly, and late ones not at all', () => {
    const track = new TrackClock(new ParticipantClock(), 1000);
    track.report(report(0, 0));
    expect(track.timeOf(0, 10_050)).toBe(10_050);
    for (let ms = 20; ms <= 60_000; ms += 20) track.timeOf(ms, 10_000 + ms + (ms % 100 === 0 ? 20 : 150));
    expect(track.timeOf(60_020, 10_000 + 60_020 + 400)).toBeCloseTo(10_020 + 60_020, -0.5);
  });

  it('take a jump of the sender’s clock at once', () => {
    const track = new TrackClock(new ParticipantClock(), 1000);
    track.report(report(0, 0));
    track.timeOf(0, 10_000);
    track.report(report(3_600_000, 1000));
    expect(track.timeOf(1000, 11_000)).toBe(11_000);
  });

  it('count over the end of the RTP numbers', () => {
    const track = new TrackClock(new ParticipantClock(), 90_000);
    track.report(report(0, 0xffffffff - 89_999));
    expect(track.timeOf(0xffffffff - 89_999, 500)).toBe(500);
    expect(track.timeOf(90_000, 2500)).toBe(2500);
  });
});
