// What every media engine keeps to, real or fake.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import type { MediaEngine, MediaRoom, MediaTransport } from '../../server/ports/media.ts';
import type { TapListener } from '../../server/ports/tap.ts';
import { fewPeople, opus, soundOnly, unknownCodec, vp8 } from './rtp-samples.ts';

export interface EngineUnderTest {
  readonly engine: MediaEngine;
  killWorker(): Promise<void>;
}

const lesson = LessonId.parse('lesson');
const microphone = TrackId.parse('microphone');
const camera = TrackId.parse('camera');
const clientDtls = {
  role: 'client' as const,
  fingerprints: [{ algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

const tapListener = (told: string[]): TapListener => ({
  packet: () => told.push('packet'),
  senderReport: () => told.push('report'),
  producerPaused: () => told.push('paused'),
  producerResumed: () => told.push('resumed'),
  ended: () => told.push('ended'),
});

async function publishMicrophone(transport: MediaTransport, paused = false) {
  return transport.publish({ trackId: microphone, kind: 'audio', source: 'microphone', rtpParameters: opus(1111), paused });
}

async function publishCamera(transport: MediaTransport) {
  return transport.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: vp8(2221, 2222, 2223), paused: false });
}

export function mediaEngineSuite(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(`${name} keeps to the media port`, () => {
    async function opened(): Promise<
      EngineUnderTest & { readonly room: MediaRoom; readonly send: MediaTransport; readonly receive: MediaTransport }
    > {
      const under = await open();
      onTestFinished(() => under.engine.close());
      const room = await under.engine.openRoom(lesson, fewPeople);
      return { ...under, room, send: await room.openTransport('send'), receive: await room.openTransport('receive') };
    }

    test('a room offers Opus, H264 before VP8, and no abs-capture-time', async () => {
      const { room } = await opened();
      const codecs = room.rtpCapabilities.codecs.map(({ mimeType }) => mimeType.toLowerCase()).filter((mime) => !mime.endsWith('/rtx'));
      expect(codecs).toEqual(['audio/opus', 'video/h264', 'video/vp8']);
      expect(room.rtpCapabilities.headerExtensions.filter(({ uri }) => uri.includes('abs-capture-time'))).toEqual([]);
    });

    test('a transport connects a DTLS client and refuses a DTLS server', async () => {
      const { send } = await opened();
      await expect(send.connect({ ...clientDtls, role: 'server' })).rejects.toMatchObject({ code: 'bad-request' });
      await send.connect(clientDtls);
    });

    test('restarting ICE gives new credentials', async () => {
      const { send } = await opened();
      const before = send.parameters.iceParameters.usernameFragment;
      expect((await send.restartIce()).usernameFragment).not.toBe(before);
    });

    test('parameters that do not fit are refused as a bad request', async () => {
      const { send } = await opened();
      const publish = send.publish({ trackId: camera, kind: 'video', source: 'camera', rtpParameters: unknownCodec, paused: false });
      await expect(publish).rejects.toMatchObject({ code: 'bad-request' });
      await publishCamera(send);
    });

    test('a subscription tells its kind and its layers', async () => {
      const { room, send, receive } = await opened();
      await publishMicrophone(send);
      await publishCamera(send);
      const sound = await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities });
      const picture = await receive.subscribe({ trackId: camera, rtpCapabilities: room.rtpCapabilities });
      expect([sound?.kind, sound?.layers, picture?.kind, picture?.layers]).toEqual(['audio', 1, 'video', 3]);
      expect(picture?.rtpParameters.encodings).toHaveLength(1);
      await picture?.setLayer(7);
      await picture?.resume();
      await picture?.pause();
    });

    test('a track that the client cannot decode, or that is not there, is not subscribed', async () => {
      const { room, send, receive } = await opened();
      await publishCamera(send);
      expect(await receive.subscribe({ trackId: camera, rtpCapabilities: soundOnly(room.rtpCapabilities) })).toBeNull();
      expect(await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities })).toBeNull();
    });

    test('a closed track cannot be subscribed, and closing twice does nothing', async () => {
      const { room, send, receive } = await opened();
      const published = await publishMicrophone(send);
      const subscribed = await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities });
      published.close();
      published.close();
      await published.pause();
      subscribed?.close();
      subscribed?.close();
      await subscribed?.resume();
      expect(await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities })).toBeNull();
    });

    test('closing a transport closes what was published on it', async () => {
      const { room, send, receive } = await opened();
      await publishMicrophone(send);
      send.close();
      send.close();
      expect(await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities })).toBeNull();
      await expect(publishMicrophone(send)).rejects.toMatchObject({ code: 'media-unavailable' });
      await expect(send.stats()).rejects.toMatchObject({ code: 'media-unavailable' });
    });

    test('stats begin at nought', async () => {
      const { send } = await opened();
      expect(await send.stats()).toMatchObject({ bytesIn: 0, bpsIn: 0, lossIn: 0, lossOut: 0, roundTripMs: null });
    });

    test('what is published has counters of its own from the first moment on', async () => {
      const { send } = await opened();
      await publishMicrophone(send);
      const { tracks } = await send.stats();
      for (const track of tracks) expect(track).toMatchObject({ trackId: microphone, source: 'microphone', bytes: 0, packets: 0 });
    });

    test('a picture that is paused or closed is not weighed, and levels of what is closed are not told', async () => {
      const { send } = await opened();
      const [sound, picture] = [await publishMicrophone(send), await publishCamera(send)];
      await picture.pause();
      expect(await picture.weigh()).toBeNull();
      picture.close();
      expect(await picture.weigh()).toBeNull();
      sound.close();
      await sound.tellLevels(() => expect.fail('There is nothing to hear.'));
    });

    test('the load counts what is open', async () => {
      const { engine, room, send, receive } = await opened();
      await publishMicrophone(send);
      await receive.subscribe({ trackId: microphone, rtpCapabilities: room.rtpCapabilities });
      const sum = (await engine.load()).reduce(
        (all, one) => ({
          rooms: all.rooms + one.rooms,
          transports: all.transports + one.transports,
          producers: all.producers + one.producers,
          consumers: all.consumers + one.consumers,
        }),
        { rooms: 0, transports: 0, producers: 0, consumers: 0 },
      );
      expect(sum).toEqual({ rooms: 1, transports: 2, producers: 1, consumers: 1 });
      room.close();
      expect((await engine.load()).reduce((all, { rooms }) => all + rooms, 0)).toBe(0);
    });

    test('B22, B23 a drained worker takes no new rooms and keeps what it has; the last one cannot be drained', async () => {
      const { engine, room } = await opened();
      const pids = (await engine.load()).map(({ pid }) => pid);
      const last = pids.at(-1) ?? 0;
      expect(() => engine.drain(0, true)).toThrow(expect.objectContaining({ code: 'not-found' }));
      for (const pid of pids.slice(0, -1)) expect([engine.drain(pid, true), engine.drain(pid, true)]).toEqual([true, false]);
      expect(() => engine.drain(last, true)).toThrow(expect.objectContaining({ code: 'conflict' }));
      const said = (await engine.load()).map(({ pid, drained, mayDrain }) => ({ pid, drained, mayDrain }));
      expect(said).toEqual(pids.map((pid) => ({ pid, drained: pid !== last, mayDrain: pid !== last })));
      expect((await engine.openRoom(LessonId.parse('later'), fewPeople)).workers()).toEqual([last]);
      await room.openTransport('send');
      for (const pid of pids.slice(0, -1)) expect(engine.drain(pid, false)).toBe(true);
    });

    test('a closed room opens nothing more', async () => {
      const { room } = await opened();
      room.close();
      room.close();
      await expect(room.openTransport('send')).rejects.toMatchObject({ code: 'media-unavailable' });
    });

    test('the tap tells of pauses and of the end of a track', async () => {
      const { room, send } = await opened();
      const published = await publishMicrophone(send, true);
      const tap = await room.openTap();
      const told: string[] = [];
      const tapped = await tap.attach(microphone, tapListener(told));
      expect(tapped).toMatchObject({ trackId: microphone, kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, producerPaused: true });
      await tapped.resume();
      await tapped.requestKeyFrame();
      await published.resume();
      await vi.waitFor(() => expect(told).toEqual(['resumed']));
      await published.pause();
      await vi.waitFor(() => expect(told).toEqual(['resumed', 'paused']));
      published.close();
      await vi.waitFor(() => expect(told).toEqual(['resumed', 'paused', 'ended']));
      await expect(tap.attach(microphone, tapListener([]))).rejects.toThrow();
      await tap.close();
      await tap.close();
    });

    test('a tap that is closed by its owner tells nothing', async () => {
      const { room, send } = await opened();
      await publishMicrophone(send);
      const tap = await room.openTap();
      const told: string[] = [];
      await tap.attach(microphone, tapListener(told));
      await tap.close();
      send.close();
      expect(told).toEqual([]);
    });

    test('when the worker dies the room is told, its tap ends, and it can be opened again within a second', async () => {
      const { engine, room, send, killWorker } = await opened();
      await publishMicrophone(send);
      const told: string[] = [];
      await (await room.openTap()).attach(microphone, tapListener(told));
      room.listen({ volumes: () => undefined, failed: () => told.push('failed') });
      await killWorker();
      await vi.waitFor(() => expect(told.toSorted()).toEqual(['ended', 'failed']));
      await expect(room.openTransport('send')).rejects.toMatchObject({ code: 'media-unavailable' });
      const again = await vi.waitFor(() => engine.openRoom(lesson, fewPeople), { timeout: 1000, interval: 20 });
      await again.openTransport('send');
    });
  });
}
