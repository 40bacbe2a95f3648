// A real worker, a real receiver whose reports tell of a thin line: down to sound alone, and up again.
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import { opus, vp8 } from '../contract/rtp-samples.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MediaWorld } from './media-world.ts';
import { openRealEngine } from './real-engine.ts';
import { RtcPeer } from './rtc-peer.ts';
import { PictureSender, sendSound } from './senders.ts';

const pictureSsrc = 2221;

/** A teacher who speaks and shares a screen, and a student who looks at it. The server's clock runs faster than its media. */
async function lecture() {
  const engine = await openRealEngine(1, systemClock);
  onTestFinished(() => engine.close());
  const clock = new FakeClock(systemClock.now());
  const w = new MediaWorld(engine, clock);
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  const sending = await w.media.open(teacher, 'send');
  const sender = await RtcPeer.connect(sending, (dtls) => w.media.connect(teacher, sending.id, dtls));
  const publish = (source: TrackSource) =>
    w.media.publish(teacher, {
      ...{ transportId: sending.id, source, paused: false },
      ...(source === 'screen' ? { kind: 'video', rtpParameters: vp8(pictureSsrc) } : { kind: 'audio', rtpParameters: opus(1111) }),
    });
  const [{ trackId: voice }, { trackId: screen }] = [await publish('microphone'), await publish('screen')];
  const picture = new PictureSender(sender, [{ ssrc: pictureSsrc, rid: 'r0' }]);
  onTestFinished(sendSound(sender, 1111));

  w.readyAtOnce(student);
  const receiving = await w.media.open(student, 'receive');
  const receiver = await RtcPeer.connect(receiving, (dtls) => w.media.connect(student, receiving.id, dtls));
  onTestFinished(async () => {
    picture.stop();
    await sender.close();
    await receiver.close();
  });
  const arrived = new Map<number, number>();
  receiver.onRtp(({ header: { ssrc } }) => arrived.set(ssrc, (arrived.get(ssrc) ?? 0) + 1));
  await w.media.receive(student, engine.rtpCapabilities);
  await w.media.view(student, {
    tiles: [{ participantId: teacher.participantId, source: 'screen', width: 1280, height: 720 }],
    ...{ hidden: false, most: 'all', deaf: false },
  });
  const ssrcOf = (trackId: string) => {
    const { subscription } = w.told(student, 'media-offered').findLast(({ subscription: one }) => one.trackId === trackId) ?? {};
    return subscription?.rtpParameters.encodings[0]?.ssrc ?? 0;
  };
  const packets = (trackId: string) => arrived.get(ssrcOf(trackId)) ?? 0;

  const report = (loss: number) => receiver.reportLoss([ssrcOf(voice), ssrcOf(screen)], loss);
  /** Half a second of the server's time goes by at each look. */
  const until = (loss: number, holds: () => void) =>
    vi.waitFor(
      async () => {
        await report(loss);
        clock.advance(500);
        holds();
      },
      { timeout: 25_000, interval: 60 },
    );
  const step = () => w.told(student, 'ladder-changed').at(-1)?.step ?? 'all';
  return { w, teacher, student, clock, voice, screen, packets, report, until, step };
}

test('L2, L3 a line that loses nine tenths is given sound alone within seconds, and everything again, step by step, when it is well', {
  timeout: 60_000,
}, async () => {
  const { w, teacher, student, clock, voice, screen, packets, until, step } = await lecture();
  await until(0, () => expect(Math.min(packets(voice), packets(screen))).toBeGreaterThan(20));
  expect(step()).toBe('all');

  const badAt = clock.now();
  await until(0.9, () => expect(step()).toBe('floor'));
  expect(clock.now() - badAt).toBeLessThan(12_000);
  expect(w.told(teacher, 'stills-wanted').at(-1)).toMatchObject({ trackId: screen, mostBytes: 24 * 1024 });
  expect(w.told(teacher, 'send-limits').at(-1)?.limits.soundBps).toBe(16_000);

  // Sound goes on; of the picture what was under way may still come.
  await vi.waitFor(() => expect(w.told(student, 'media-flow').at(-1)).toMatchObject({ flowing: false }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const [heard, seen] = [packets(voice), packets(screen)];
  await vi.waitFor(() => expect(packets(voice)).toBeGreaterThan(heard + 20), { timeout: 8_000 });
  expect(packets(screen)).toBe(seen);

  await until(0, () => expect(step()).toBe('all'));
  expect([...new Set(w.told(student, 'ladder-changed').map((notice) => notice.step))]).toEqual(
    expect.arrayContaining(['floor', 'stills', 'screen-low', 'all']),
  );
  // By now it is offered anew, for it was not wanted for a while.
  await vi.waitFor(() => expect(packets(screen)).toBeGreaterThan(10), { timeout: 8_000 });
  expect(w.told(teacher, 'stills-wanted').at(-1)).toMatchObject({ mostBytes: null });
  expect(w.told(teacher, 'send-limits').at(-1)?.limits.soundBps).toBeNull();
});

test('L4 on a line without fault everything flows, however busy the machine is', { timeout: 60_000 }, async () => {
  const { clock, until, step } = await lecture();
  const began = clock.now();
  await until(0, () => expect(clock.now() - began).toBeGreaterThan(60_000));
  expect(step()).toBe('all');
});

test('B9 a good line is measured now and then, and within a second of a report of loss', { timeout: 60_000 }, async () => {
  const { w, student, clock, report, until } = await lecture();
  const measured = () => w.told(student, 'quality-changed').flatMap(({ lines }) => lines);
  await until(0, () => expect(measured().filter(({ quality }) => quality === 'good').length).toBeGreaterThan(2));
  const before = measured().length;
  await until(0, () => expect(measured().length).toBeGreaterThan(before));
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  };
  const good = measured().length;
  await pass(4_000);
  expect(measured()).toHaveLength(good);
  await vi.waitFor(async () => {
    await report(0.5);
    await pass(500);
    expect(measured().at(-1)?.lossDown).toBeGreaterThan(0.2);
  });
  expect(measured()).toHaveLength(good + 1);
});
