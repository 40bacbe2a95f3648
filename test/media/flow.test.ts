// Real packets through the real worker: handshake, sound, pictures, simulcast, mute, the tap and its sender reports.
import { expect, onTestFinished, test, vi } from 'vitest';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import type { MediaRoom, MediaTransport } from '../../server/ports/media.ts';
import type { SenderReport } from '../../server/ports/tap.ts';
import { fewPeople, opus, vp8 } from '../contract/rtp-samples.ts';
import { openRealEngine } from './real-engine.ts';
import { RtcPeer, srtpProfiles } from './rtc-peer.ts';
import { PictureSender, sendSound } from './senders.ts';

const microphone = TrackId.parse('microphone');
const camera = TrackId.parse('camera');
const waiting = { timeout: 8000, interval: 20 };

async function pair(): Promise<{ room: MediaRoom; send: MediaTransport; receive: MediaTransport; sender: RtcPeer; receiver: RtcPeer }> {
  const engine = await openRealEngine();
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lesson'), fewPeople);
  const [send, receive] = [await room.openTransport('send'), await room.openTransport('receive')];
  const [sender, receiver] = [
    await RtcPeer.connect(send.parameters, (dtls) => send.connect(dtls)),
    await RtcPeer.connect(receive.parameters, (dtls) => receive.connect(dtls)),
  ];
  onTestFinished(async () => {
    await sender.close();
    await receiver.close();
  });
  return { room, send, receive, sender, receiver };
}

async function subscribed(receive: MediaTransport, room: MediaRoom, trackId: TrackId) {
  const subscription = await receive.subscribe({ trackId, rtpCapabilities: room.rtpCapabilities });
  if (subscription === null) throw new Error('The track cannot be subscribed.');
  return subscription;
}

test('DTLS agrees on AES-GCM though the client names the older suite first', async () => {
  const { sender, receiver } = await pair();
  expect([sender.srtpProfile, receiver.srtpProfile]).toEqual([srtpProfiles.AEAD_AES_128_GCM, srtpProfiles.AEAD_AES_128_GCM]);
});

test('sound arrives only between resume and pause of track and subscription, and levels and stats tell of it', async () => {
  const { room, send, receive, sender, receiver } = await pair();
  const published = await send.publish({
    trackId: microphone,
    kind: 'audio',
    source: 'microphone',
    rtpParameters: opus(1111),
    paused: true,
  });
  const subscription = await subscribed(receive, room, microphone);
  let arrived = 0;
  receiver.onRtp(() => {
    arrived += 1;
  });
  const heard: string[] = [];
  room.listen({ volumes: (volumes) => heard.push(...volumes.map(({ trackId }) => trackId)), failed: () => undefined });
  onTestFinished(sendSound(sender, 1111));

  const tellingPackets = async (): Promise<number> => {
    const before = (await send.stats()).bytesIn;
    await vi.waitFor(async () => expect((await send.stats()).bytesIn).toBeGreaterThan(before + 2000), waiting);
    return arrived;
  };
  expect(await tellingPackets()).toBe(0);
  await subscription.resume();
  expect(await tellingPackets()).toBe(0);
  await published.resume();
  await vi.waitFor(() => expect(arrived).toBeGreaterThan(20), waiting);
  await vi.waitFor(() => expect(heard).toContain(microphone), waiting);
  await vi.waitFor(async () => expect((await receive.stats()).bpsOut).toBeGreaterThan(1000), waiting);
  for (const transport of [send, receive])
    expect(await transport.stats()).toMatchObject({ path: { protocol: 'udp', remoteAddress: '127.0.0.1' }, worker: room.workers()[0] });

  await published.pause();
  // What was under way when the engine agreed may still come in.
  const afterPause = await tellingPackets();
  expect(await tellingPackets()).toBe(afterPause);
});

test('when the top layer of a camera stops, viewers go down, and up again when it is back', async () => {
  const { room, send, receive, sender, receiver } = await pair();
  await send.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: vp8(2221, 2222, 2223), paused: false });
  const picture = new PictureSender(sender, [
    { ssrc: 2221, rid: 'r0' },
    { ssrc: 2222, rid: 'r1' },
    { ssrc: 2223, rid: 'r2' },
  ]);
  onTestFinished(() => picture.stop());
  const subscription = await subscribed(receive, room, camera);
  expect(subscription.layers).toBe(3);
  const sizes: number[] = [];
  const ssrc = subscription.rtpParameters.encodings[0]?.ssrc;
  receiver.onRtp((packet) => {
    if (packet.header.ssrc === ssrc && packet.payload.length >= 200) sizes.push(packet.payload.length);
  });
  await subscription.resume();
  const shows = (bytes: number): Promise<void> =>
    vi.waitFor(() => expect(sizes.slice(-10)).toEqual(Array.from({ length: 10 }, () => bytes)), waiting);

  await subscription.setLayer(2);
  await shows(600);
  picture.active = new Set(['r0', 'r1']);
  await shows(400);
  picture.active = new Set(['r0', 'r1', 'r2']);
  await shows(600);
  await subscription.setLayer(0);
  await shows(200);
}, 40_000);

test('the tap gets whole packets and sender reports of exactly its track', async () => {
  const { room, send, sender } = await pair();
  await send.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused: false });
  onTestFinished(sendSound(sender, 1111));
  const tap = await room.openTap();
  const packets: Buffer[] = [];
  const reports: SenderReport[] = [];
  const tapped = await tap.attach(microphone, {
    packet: (packet) => packets.push(packet),
    senderReport: (report) => reports.push(report),
    producerPaused: () => undefined,
    producerResumed: () => undefined,
    ended: () => undefined,
  });
  const before = (await send.stats()).bytesIn;
  await vi.waitFor(async () => expect((await send.stats()).bytesIn).toBeGreaterThan(before + 1000), waiting);
  expect(packets).toEqual([]);
  await tapped.resume();
  await vi.waitFor(() => expect(packets.length).toBeGreaterThan(20), waiting);
  expect(new Set(packets.map((packet) => packet.readUInt32BE(8)))).toEqual(new Set([tapped.ssrc]));
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(1), waiting);
  expect(reports[0]?.ssrc).toBe(tapped.ssrc);
  const [first, second] = reports;
  if (first === undefined || second === undefined) throw new Error('There are two reports.');
  const rtpMs = (second.rtpTimestamp - first.rtpTimestamp) / 48;
  expect(Math.abs(second.ntpMs - first.ntpMs - rtpMs)).toBeLessThan(100);
}, 20_000);
