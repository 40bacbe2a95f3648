// Who receives what, on a fake engine: offered paused, flowing when ready, gone when it should be.
import { expect, test, vi } from 'vitest';
import { TransportId } from '../../server/contract/ids.ts';
import type { TrackSource, View } from '../../server/contract/media.ts';
import type { Publication } from '../../server/media/publication.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { opus, soundOnly, unknownCodec, vp8 } from '../contract/rtp-samples.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';
import { MediaWorld } from './media-world.ts';
import { lesson } from './rooms-on-bus.ts';

function world() {
  const engine = new FakeMedia();
  return { engine, w: new MediaWorld(engine) };
}

async function sender(w: MediaWorld, ref: ConnectionRef) {
  const { id } = await w.media.open(ref, 'send');
  const picture = (source: TrackSource) => source === 'camera' || source === 'screen';
  return (source: TrackSource, paused = false) =>
    w.media.publish(ref, {
      transportId: id,
      source,
      kind: picture(source) ? 'video' : 'audio',
      rtpParameters: picture(source) ? vp8(...(source === 'camera' ? [1, 2, 3] : [4])) : opus(5),
      paused,
    });
}

async function receiver(
  w: MediaWorld,
  ref: ConnectionRef,
  capabilities?: (all: ReturnType<typeof soundOnly>) => ReturnType<typeof soundOnly>,
): Promise<void> {
  const { rtpCapabilities } = w.media.describe(lesson);
  w.readyAtOnce(ref);
  await w.media.open(ref, 'receive');
  await w.media.receive(ref, capabilities?.(rtpCapabilities) ?? rtpCapabilities);
}

const flowing = (engine: FakeMedia) => engine.flows().map(({ track }) => track.trackId);
const showing = (ref: ConnectionRef, width: number, more: Partial<View> = {}): View => ({
  tiles: [{ participantId: ref.participantId, source: 'camera', width, height: (width * 9) / 16 }],
  hidden: false,
  most: 'all',
  deaf: false,
  ...more,
});

test('a track is offered paused and flows once the client is ready', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await w.media.open(student, 'receive');
  await w.media.receive(student, w.media.describe(lesson).rtpCapabilities);
  const { trackId } = await (await sender(w, teacher))('microphone');
  await vi.waitFor(() => expect(w.told(student, 'media-offered')).toHaveLength(1));
  expect(flowing(engine)).toEqual([]);
  const offer = w.told(student, 'media-offered')[0]?.subscription;
  expect(offer).toMatchObject({ trackId, participantId: 'teacher', source: 'microphone', kind: 'audio' });
  if (offer) await w.media.ready(student, [offer.consumerId]);
  expect(flowing(engine)).toEqual([trackId]);
  const consumerIds = [offer?.consumerId ?? expect.fail()];
  expect(await w.media.ready(student, consumerIds)).toEqual([]);
  expect(await w.media.ready(teacher, consumerIds)).toEqual(consumerIds);
});

test('R18 the answer to a join opens the way to receive, and offers follow when the device hears them', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  const { trackId } = await (await sender(w, teacher))('microphone');
  const { rtpCapabilities } = w.media.describe(lesson);
  w.readyAtOnce(student);
  const { media, begin } = await w.media.enter(student, { rtpCapabilities });
  expect(media.receive?.id).toBeTruthy();
  expect(w.told(student, 'media-offered')).toEqual([]);
  begin();
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
  // Asked for once more, as by a device that lost the answer, it is opened anew.
  const again = await w.media.open(student, 'receive');
  expect(again.id).not.toBe(media.receive?.id);
});

test('R18 a device whose seat is gone before the answer leaves nothing open', async () => {
  const { engine, w } = world();
  const student = w.rooms.enter('student');
  const { rtpCapabilities } = w.media.describe(lesson);
  const entering = w.media.enter(student, { rtpCapabilities });
  w.rooms.remove(student);
  const { media, begin } = await entering;
  begin();
  expect(media.receive).toBeNull();
  expect([...engine.rooms.values()].flatMap(({ transports }) => [...transports]).filter(({ closed }) => !closed)).toEqual([]);
});

test('muting pauses the track in the engine, and listeners are told that nothing flows', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, teacher);
  const { trackId } = await (await sender(w, student))('microphone');
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
  w.rooms.mute(trackId);
  await vi.waitFor(() => expect(flowing(engine)).toEqual([]));
  await vi.waitFor(() => expect(w.told(teacher, 'media-flow').map((notice) => notice.flowing)).toEqual([false]));
  await w.media.resume(student, trackId);
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
  await vi.waitFor(() => expect(w.told(teacher, 'media-flow').map((notice) => notice.flowing)).toEqual([false, true]));
});

test('what the room refuses never carries a packet and leaves nothing behind', async () => {
  const { engine, w } = world();
  const student = w.rooms.enter('student');
  w.rooms.forbidden.add('microphone');
  const publish = await sender(w, student);
  await expect(publish('microphone')).rejects.toMatchObject({ code: 'microphone-forbidden' });
  expect((await engine.load())[0]?.producers).toBe(0);
});

test('who may not send is refused by the room, before the engine looks at what they would send', async () => {
  const { w } = world();
  const student = w.rooms.enter('student');
  const { id: transportId } = await w.media.open(student, 'send');
  w.rooms.forbidden.add('camera');
  const publication = { transportId, source: 'camera' as const, kind: 'video' as const, rtpParameters: unknownCodec, paused: false };
  await expect(w.media.publish(student, publication)).rejects.toMatchObject({ code: 'microphone-forbidden' });
});

test('kind and source agree, cameras come in at most three sizes and screens in two, and faulty parameters are a bad request', async () => {
  const { w } = world();
  const student = w.rooms.enter('student');
  const { id: transportId } = await w.media.open(student, 'send');
  const faulty: readonly Omit<Publication, 'transportId' | 'paused'>[] = [
    { source: 'microphone', kind: 'video', rtpParameters: vp8(1) },
    { source: 'screen', kind: 'video', rtpParameters: vp8(1, 2, 3) },
    { source: 'camera', kind: 'video', rtpParameters: vp8(1, 2, 3, 4) },
    { source: 'camera', kind: 'video', rtpParameters: { ...vp8(1), encodings: [] } },
    { source: 'camera', kind: 'video', rtpParameters: unknownCodec },
  ];
  for (const publication of faulty)
    await expect(w.media.publish(student, { transportId, paused: false, ...publication })).rejects.toMatchObject({ code: 'bad-request' });
});

test('a person never gets their own tracks back, from whichever device', async () => {
  const { engine, w } = world();
  const [laptop, phone] = [w.rooms.enter('student', 'student', 1), w.rooms.enter('student', 'student', 2)];
  await receiver(w, phone);
  await (await sender(w, laptop))('microphone');
  await new Promise(setImmediate);
  expect(w.told(phone, 'media-offered')).toEqual([]);
  expect(flowing(engine)).toEqual([]);
});

test('a camera flows only to those who show it, in the layer of the tile; a hidden page and saved data pause it', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, student);
  const { trackId } = await (await sender(w, teacher))('camera');
  await new Promise(setImmediate);
  expect(w.told(student, 'media-offered')).toEqual([]);
  await w.media.view(student, showing(teacher, 320));
  await vi.waitFor(() => expect(engine.flows().map(({ layer }) => layer)).toEqual([0]));
  await w.media.view(student, showing(teacher, 1280));
  await vi.waitFor(() => expect(engine.flows().map(({ layer }) => layer)).toEqual([2]));
  for (const away of [{ hidden: true }, { most: 'screen-low' as const }, { tiles: [] }]) {
    await w.media.view(student, showing(teacher, 1280, away));
    await vi.waitFor(() => expect(flowing(engine)).toEqual([]));
    await w.media.view(student, showing(teacher, 1280));
    await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
  }
  expect(w.told(student, 'media-offered')).toHaveLength(1);
});

test('of more than eight microphones only five reach a listener, the teacher besides', async () => {
  const { engine, w } = world();
  const [teacher, listener] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('listener')];
  await receiver(w, listener);
  await (await sender(w, teacher))('microphone');
  const students = Array.from({ length: 10 }, (_, index) => w.rooms.enter(`s${index}`));
  const published = [];
  for (const student of students) published.push(await (await sender(w, student))('microphone'));
  await vi.waitFor(() => expect(flowing(engine)).toHaveLength(6));
  const last = published.at(-1)?.trackId;
  if (last === undefined) throw new Error('There are ten.');
  expect(flowing(engine)).not.toContain(last);
  engine.rooms.get(lesson)?.sound([{ trackId: last, decibels: -20 }]);
  await vi.waitFor(() => expect(flowing(engine)).toContain(last));
  expect(flowing(engine)).toHaveLength(6);
  expect(w.facts.filter(({ type }) => type === 'speakers-changed')).toMatchObject([{ speakers: ['s9'] }]);
});

test('of up to eight open microphones, too, only five flow at a time; whoever speaks flows at once, and is paused in the engine before', async () => {
  const { engine, w } = world();
  const listener = w.rooms.enter('listener');
  await receiver(w, listener);
  const published = [];
  for (let index = 0; index < 8; index += 1) published.push(await (await sender(w, w.rooms.enter(`s${index}`)))('microphone'));
  await vi.waitFor(() => expect(engine.rooms.get(lesson)?.subscriptions()).toHaveLength(8));
  await vi.waitFor(() => expect(flowing(engine)).toHaveLength(5));
  const last = published.at(-1)?.trackId ?? expect.fail();
  expect(flowing(engine)).not.toContain(last);
  engine.rooms.get(lesson)?.sound([{ trackId: last, decibels: -40 }]);
  await vi.waitFor(() => expect(flowing(engine)).toContain(last));
  await vi.waitFor(() => expect(flowing(engine)).toHaveLength(5));
  // It was held ready, so that no offer had to travel first.
  expect(w.told(listener, 'media-offered')).toHaveLength(8);
});

test('a client that cannot decode a track does not harm the others', async () => {
  const { engine, w } = world();
  const [teacher, deaf, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('old'), w.rooms.enter('student')];
  await receiver(w, deaf, soundOnly);
  await receiver(w, student);
  await w.media.view(deaf, showing(teacher, 320));
  await w.media.view(student, showing(teacher, 320));
  await (await sender(w, teacher))('camera');
  await vi.waitFor(() => expect(flowing(engine)).toHaveLength(1));
  expect(w.told(deaf, 'media-offered')).toEqual([]);
  expect(w.warnings).toEqual([]);
});

test('who is removed has no transport left at once, and their tracks are withdrawn from the others', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, teacher);
  await receiver(w, student);
  await (await sender(w, teacher))('microphone');
  await (await sender(w, student))('microphone');
  await vi.waitFor(() => expect(flowing(engine)).toHaveLength(2));
  w.rooms.remove(student);
  expect(flowing(engine)).toEqual([]);
  expect(w.told(teacher, 'media-withdrawn')).toHaveLength(1);
  expect((await engine.load())[0]).toMatchObject({ transports: 2, producers: 1, consumers: 0 });
  await expect(w.media.open(student, 'receive')).rejects.toMatchObject({ code: 'seat-lost' });
});

test('opening the sending transport again ends what was sent on the one before', async () => {
  const { engine, w } = world();
  const student = w.rooms.enter('student');
  await (await sender(w, student))('microphone');
  const publish = await sender(w, student);
  expect((await engine.load())[0]).toMatchObject({ transports: 1, producers: 0 });
  await publish('microphone');
  expect(w.rooms.tracks()).toHaveLength(1);
});

test('a receiving transport that is opened again is offered everything anew, but only after the client said what it can decode', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, student);
  const { trackId } = await (await sender(w, teacher))('microphone');
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
  await w.media.open(student, 'receive');
  await new Promise(setImmediate);
  expect(w.told(student, 'media-offered')).toHaveLength(1);
  await receiver(w, student);
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
});

test('when the worker dies the room closes its tracks, media are restored, and all are told to begin anew', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, student);
  await (await sender(w, teacher))('microphone');
  engine.killWorker();
  await vi.waitFor(() => expect(w.toRoom).toContainEqual({ type: 'media-reset' }));
  expect([
    w.rooms.failures,
    w.rooms.tracks().length,
    w.facts.filter(({ type }) => type.startsWith('media-')).map(({ type }) => type),
  ]).toEqual([1, 0, ['media-failed', 'media-restored']]);
  const { trackId } = await (await sender(w, teacher))('microphone');
  await receiver(w, student);
  await vi.waitFor(() => expect(flowing(engine)).toEqual([trackId]));
});

test('while no worker can be had the room waits, and who joins meanwhile still learns what to negotiate', async () => {
  const { engine, w } = world();
  await w.media.open(w.rooms.enter('teacher', 'teacher'), 'receive');
  engine.alive = false;
  engine.killWorker();
  const late = await w.media.enter(w.rooms.enter('late'), { rtpCapabilities: w.media.describe(lesson).rtpCapabilities });
  expect(late.media).toMatchObject({ rtpCapabilities: engine.rtpCapabilities, receive: null });
  await expect(w.media.open(w.rooms.enter('student'), 'send')).rejects.toMatchObject({ code: 'media-unavailable' });
  engine.alive = true;
  await vi.waitFor(() => expect(w.toRoom).toContainEqual({ type: 'media-reset' }), { timeout: 3000 });
});

test('a request that was under way when the room closed leaves nothing behind', async () => {
  const clock = new FakeClock(1_000_000);
  const w = new MediaWorld(new FakeMedia(), clock);
  const student = w.rooms.enter('student');
  await w.media.open(student, 'receive');
  const bare = clock.bells;
  w.rooms.close();
  expect(clock.bells).toBeLessThan(bare);
  const left = clock.bells;
  const transportId = TransportId.parse('gone');
  const late = [
    w.media.view(student, showing(student, 320)),
    w.media.open(student, 'send'),
    w.media.receive(student, { codecs: [], headerExtensions: [] }),
    w.media.publish(student, { transportId, source: 'microphone', kind: 'audio', rtpParameters: opus(1), paused: false }),
  ];
  for (const request of late) await expect(request).rejects.toMatchObject({ code: 'seat-lost' });
  await expect(w.media.openTap(lesson)).rejects.toMatchObject({ code: 'media-unavailable' });
  expect(clock.bells).toBe(left);
});

test('a closed room leaves nothing in the engine', async () => {
  const { engine, w } = world();
  const [teacher, student] = [w.rooms.enter('teacher', 'teacher'), w.rooms.enter('student')];
  await receiver(w, student);
  await (await sender(w, teacher))('microphone');
  w.rooms.close();
  expect((await engine.load())[0]).toMatchObject({ rooms: 0, transports: 0, producers: 0, consumers: 0 });
});
