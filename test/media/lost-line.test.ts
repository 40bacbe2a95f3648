// What the real worker tells of a device's path, for when its line is lost.
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import type { Clock } from '../../server/ports/clock.ts';
import { opus } from '../contract/rtp-samples.ts';
import { MediaWorld } from './media-world.ts';
import { killWorkers, openRealEngine } from './real-engine.ts';
import { RtcPeer } from './rtc-peer.ts';
import { sendSound } from './senders.ts';

const waiting = { timeout: 8000, interval: 20 };

async function world(clock: Clock = systemClock) {
  const engine = await openRealEngine(1, clock);
  onTestFinished(() => engine.close());
  const w = new MediaWorld(engine);
  return { engine, w, ref: w.rooms.enter('student') };
}

test('G6 a path is none, new, connected, and disconnected when no more consent comes (RFC 7675)', { timeout: 30_000 }, async () => {
  const { w, ref } = await world();
  expect(w.media.lineOf(ref)).toEqual({ ice: 'none', lossPercent: null, roundTripMs: null });
  const transport = await w.media.open(ref, 'send');
  expect(w.media.lineOf(ref).ice).toBe('new');
  const peer = await RtcPeer.connect(transport, (dtls) => w.media.connect(ref, transport.id, dtls));
  await vi.waitFor(() => expect(w.media.lineOf(ref).ice).toBe('connected'), waiting);
  // Another that was never needed takes nothing from it.
  await w.media.open(ref, 'receive');
  expect(w.media.lineOf(ref).ice).toBe('connected');
  await peer.close();
  await vi.waitFor(() => expect(w.media.lineOf(ref).ice).toBe('disconnected'), { timeout: 20_000, interval: 50 });
});

test('G6 a path that was asked for and not found within fifteen seconds has failed', async () => {
  let ahead = 0;
  const { w, ref } = await world({ ...systemClock, now: () => systemClock.now() + ahead });
  const transport = await w.media.open(ref, 'send');
  const fingerprints = [{ algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') }];
  await w.media.connect(ref, transport.id, { role: 'client', fingerprints });
  ahead = 14_000;
  expect(w.media.lineOf(ref).ice).toBe('new');
  ahead = 15_500;
  expect(w.media.lineOf(ref).ice).toBe('failed');
});

test('G6 losses are measured from what comes, and all is kept when the worker dies', async () => {
  const { engine, w, ref } = await world();
  const transport = await w.media.open(ref, 'send');
  const peer = await RtcPeer.connect(transport, (dtls) => w.media.connect(ref, transport.id, dtls));
  const track = { transportId: transport.id, source: 'microphone', kind: 'audio', rtpParameters: opus(1111), paused: false } as const;
  await w.media.publish(ref, track);
  const stop = sendSound(peer, 1111);
  onTestFinished(async () => {
    stop();
    await peer.close();
  });
  await vi.waitFor(() => expect(w.media.lineOf(ref).lossPercent).toBeLessThan(5), waiting);
  const before = w.media.lineOf(ref);
  await killWorkers(engine);
  await vi.waitFor(() => expect(w.facts.map(({ type }) => type)).toContain('media-failed'), waiting);
  expect(w.media.lineOf(ref)).toEqual({ ice: 'connected', lossPercent: before.lossPercent, roundTripMs: before.roundTripMs });
});
