// What a real media worker tells of sound and pictures that give nothing: levels of silence, weights of frames, and what follows from them.
import { expect, onTestFinished, test, vi } from 'vitest';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import type { Published } from '../../server/ports/media.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { fewPeople, opus, vp8 } from '../contract/rtp-samples.ts';
import { MediaWorld } from './media-world.ts';
import { openRealEngine } from './real-engine.ts';
import { RtcPeer } from './rtc-peer.ts';
import { PictureSender, sendSound } from './senders.ts';
import { connected } from './spanned-room.ts';

const noughts = -127;
const layers = [
  { ssrc: 2221, rid: 'r0' },
  { ssrc: 2222, rid: 'r1' },
] as const;
const rtpOfLayers = vp8(...layers.map(({ ssrc }) => ssrc));
/** Of 320×180: a key frame that shows something, one that does not, and frames in which nothing moves. */
const shown = { key: 900, other: 600 };
const dark = { key: 60, other: 20 };

async function sending() {
  const engine = await openRealEngine();
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lesson'), fewPeople);
  const transport = await room.openTransport('send');
  return { transport, peer: await connected(transport) };
}

async function levelsOf(microphone: Published, count: number): Promise<readonly number[]> {
  const heard: number[] = [];
  await microphone.tellLevels((decibels) => heard.push(decibels));
  await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), { timeout: 15_000, interval: 50 });
  return heard;
}

test('W41, W42 noughts are told as such, also where silence is not sent; a faint floor is told as it is; what is paused is not told', async () => {
  const { transport, peer } = await sending();
  const ssrcs = { noughts: 1111, rare: 1112, faint: 1113, paused: 1114 };
  const publish = (name: keyof typeof ssrcs, paused = false) =>
    transport.publish({
      ...{ trackId: TrackId.parse(name), kind: 'audio', source: 'microphone', paused },
      rtpParameters: { ...opus(ssrcs[name]), mid: name },
    });
  const [all, rare, faint, paused] = await Promise.all([publish('noughts'), publish('rare'), publish('faint'), publish('paused', true)]);
  onTestFinished(sendSound(peer, ssrcs.noughts, noughts));
  onTestFinished(sendSound(peer, ssrcs.rare, noughts, 400));
  onTestFinished(sendSound(peer, ssrcs.faint, -93));
  onTestFinished(sendSound(peer, ssrcs.paused, noughts));
  const told: number[] = [];
  await paused.tellLevels((decibels) => told.push(decibels));
  const heard = await Promise.all([levelsOf(all, 1), levelsOf(rare, 1), levelsOf(faint, 1)]);
  expect(heard.map((levels) => levels[0])).toEqual([noughts, noughts, -93]);
  expect(told).toEqual([]);
}, 30_000);

test('W47 a picture is weighed by the key frame of its smallest layer and the frames after it, and gives nothing when it is paused', async () => {
  const { transport, peer } = await sending();
  const camera = await transport.publish({
    ...{ trackId: TrackId.parse('camera'), kind: 'video', source: 'camera', paused: false },
    rtpParameters: rtpOfLayers,
  });
  const picture = new PictureSender(peer, layers, (key, index) => (key ? 900 : 300) * (index + 1));
  onTestFinished(() => picture.stop());
  await vi.waitFor(async () => expect((await transport.stats()).tracks[0]?.packets).toBeGreaterThan(20), { timeout: 10_000 });
  const weight = await camera.weigh();
  // A VP8 payload begins with a descriptor of one byte.
  expect(weight?.smallest).toMatchObject({ keyFrame: 899, width: 320, height: 180 });
  expect(weight?.largest).toMatchObject({ keyFrame: 1_799, width: 320, height: 180 });
  expect(new Set(weight?.smallest?.frames)).toEqual(new Set([899, 299]));
  expect(new Set(weight?.largest?.frames)).toEqual(new Set([1_799, 599]));
  expect(weight?.largest?.frames.length).toBeGreaterThan(20);

  picture.active = new Set();
  expect(await camera.weigh()).toEqual({ smallest: null, largest: null });
  await camera.pause();
  expect(await camera.weigh()).toBeNull();
  camera.close();
  expect(await camera.weigh()).toBeNull();
}, 30_000);

test('W40, W41, W47, W52 of two teachers the one who sends noughts and darkness is told within 25 seconds, the other never', async () => {
  const engine = await openRealEngine();
  onTestFinished(() => engine.close());
  const w = new MediaWorld(engine);
  const enter = async (name: string, frames: typeof shown, decibels: number): Promise<ConnectionRef> => {
    const ref = w.rooms.enter(name, 'teacher');
    const { id, ...parameters } = await w.media.open(ref, 'send');
    const peer = await RtcPeer.connect({ id, ...parameters }, (dtls) => w.media.connect(ref, id, dtls));
    onTestFinished(() => peer.close());
    await w.media.publish(ref, { transportId: id, source: 'microphone', kind: 'audio', rtpParameters: opus(1111), paused: false });
    await w.media.publish(ref, { transportId: id, source: 'camera', kind: 'video', rtpParameters: rtpOfLayers, paused: false });
    onTestFinished(sendSound(peer, 1111, decibels));
    const picture = new PictureSender(peer, layers, (key) => (key ? frames.key : frames.other));
    onTestFinished(() => picture.stop());
    return ref;
  };
  const troubled = await enter('troubled', dark, noughts);
  await enter('fine', shown, -94);
  const told = () =>
    w.facts.flatMap((fact) => (fact.type === 'signal-changed' ? [`${fact.participantId} ${fact.source} ${fact.signal}`] : []));
  await vi.waitFor(() => expect(told()).toHaveLength(2), { timeout: 25_000, interval: 200 });
  expect(told().toSorted()).toEqual(['troubled camera black', 'troubled microphone silent']);
  expect(w.warnings).toEqual([]);
  expect(w.media.lineOf(troubled).ice).toBe('connected');
}, 45_000);
