// The media service on the real worker: what must stop stops, and what breaks comes back.
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { opus } from '../contract/rtp-samples.ts';
import { MediaWorld } from './media-world.ts';
import { killWorkers, openRealEngine } from './real-engine.ts';
import { lesson } from './rooms-on-bus.ts';
import { RtcPeer } from './rtc-peer.ts';
import { sendSound } from './senders.ts';

const waiting = { timeout: 8000, interval: 20 };

async function world() {
  const engine = await openRealEngine();
  const w = new MediaWorld(engine);
  onTestFinished(() => engine.close());
  return { engine, w };
}

async function speak(w: MediaWorld, ref: ConnectionRef) {
  const transport = await w.media.open(ref, 'send');
  const peer = await RtcPeer.connect(transport, (dtls) => w.media.connect(ref, transport.id, dtls));
  const { trackId } = await w.media.publish(ref, {
    transportId: transport.id,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: opus(1111),
    paused: false,
  });
  const stop = sendSound(peer, 1111);
  onTestFinished(async () => {
    stop();
    await peer.close();
  });
  return trackId;
}

async function listen(w: MediaWorld, ref: ConnectionRef): Promise<{ arrived(): number }> {
  w.readyAtOnce(ref);
  const transport = await w.media.open(ref, 'receive');
  const peer = await RtcPeer.connect(transport, (dtls) => w.media.connect(ref, transport.id, dtls));
  onTestFinished(() => peer.close());
  let packets = 0;
  peer.onRtp(() => {
    packets += 1;
  });
  await w.media.receive(ref, w.media.describe(lesson).rtpCapabilities);
  return { arrived: () => packets };
}

/** Resolves when so many more have come to a third person: by then they would have come to everybody. */
async function after(packets: number, control: { arrived(): number }): Promise<void> {
  const before = control.arrived();
  await vi.waitFor(() => expect(control.arrived()).toBeGreaterThan(before + packets), waiting);
}

test('a muted microphone sends no packet to anybody, and all again once it is open', async () => {
  const { w } = await world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  const control = await listen(w, w.rooms.enter('other'));
  const heard = await listen(w, student);
  await speak(w, teacher);
  const muted = await speak(w, w.rooms.enter('muted'));
  await after(100, heard);
  // Two speak: twice as many packets as from the one who is left.
  w.rooms.mute(muted);
  await after(30, control);
  const [before, began] = [heard.arrived(), performance.now()];
  await after(50, control);
  const perSecond = ((heard.arrived() - before) / (performance.now() - began)) * 1000;
  expect(perSecond).toBeLessThan(75);
  expect(w.facts.some(({ type }) => type === 'speakers-changed')).toBe(true);
}, 30_000);

test('who is removed gets not one packet after a second', async () => {
  const { w } = await world();
  const [teacher, student, other] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student'), w.rooms.enter('other')];
  const [heard, control] = [await listen(w, student), await listen(w, other)];
  await speak(w, teacher);
  await after(20, heard);
  w.rooms.remove(student);
  await after(45, control);
  const then = heard.arrived();
  await after(50, control);
  expect(heard.arrived()).toBe(then);
}, 30_000);

test('a killed worker is replaced, and sound is back within five seconds', async () => {
  const { engine, w } = await world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  const heard = await listen(w, student);
  await speak(w, teacher);
  await after(20, heard);

  const killedAt = performance.now();
  await killWorkers(engine);
  await vi.waitFor(() => expect(w.toRoom).toContainEqual({ type: 'media-reset' }), waiting);
  const again = await listen(w, student);
  await speak(w, teacher);
  await vi.waitFor(() => expect(again.arrived()).toBeGreaterThan(0), waiting);
  expect(performance.now() - killedAt).toBeLessThan(5000);
  expect(w.rooms.failures).toBe(1);
}, 30_000);
