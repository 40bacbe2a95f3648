// For tests: a router of a real worker, a recording service beside it, and one person who sends a flash and a beep each second.

import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorker } from 'mediasoup';
import { mediaCodecs } from '../../server/adapters/mediasoup/codecs.ts';
import { loopbackInfo } from '../../server/adapters/mediasoup/loopback.ts';
import { MediasoupTap } from '../../server/adapters/mediasoup/tap.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { type LessonId, RecordingId } from '../../server/contract/ids.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { RecordingTap, TapSteering } from '../../server/ports/tap.ts';
import { recordersHere } from '../../server/recording/capture/recorder.ts';
import { RecorderProcess } from '../../server/recording/capture/recorder-process.ts';
import { plainSurroundings } from '../../server/recording/capture/testing/plain-files.ts';
import { camera, microphone } from '../../server/recording/capture/testing/recorded-lesson.ts';
import { rtpClip } from '../../server/recording/capture/testing/rtp-source.ts';
import { UdpTap } from '../../server/recording/capture/udp-tap.ts';
import { type RecordingFact, RecordingService } from '../../server/recording/recording.service.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { LiveSender } from './live-sender.ts';

/** Flash and beep last 100 ms and begin with each second of the clip. */
const flash = (seconds: number): string =>
  `color=black:size=320x240:rate=25:duration=${seconds},drawbox=color=white:t=fill:enable='lt(mod(t,1),0.1)'`;
const beep = (seconds: number): string => `aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*1000*t),0)':sample_rate=48000:duration=${seconds}`;

/** Counts what the media engine hands to the recorder, and is otherwise the tap it was given. */
class CountingTap implements RecordingTap {
  readonly #tap: RecordingTap;
  readonly #count: () => void;

  constructor(tap: RecordingTap, count: () => void) {
    this.#tap = tap;
    this.#count = count;
  }

  attach(...[trackId, listener]: Parameters<RecordingTap['attach']>): ReturnType<RecordingTap['attach']> {
    return this.#tap.attach(trackId, {
      packet: (bytes, at) => {
        this.#count();
        listener.packet(bytes, at);
      },
      senderReport: (report) => listener.senderReport(report),
      producerPaused: () => listener.producerPaused(),
      producerResumed: () => listener.producerResumed(),
      ended: () => listener.ended(),
    });
  }

  close(): Promise<void> {
    return this.#tap.close();
  }
}

export const openRecorderProcess = (root: string, steer: (port: number) => Promise<TapSteering>): RecorderProcess =>
  new RecorderProcess({
    ...{ root, clock: systemClock },
    entry: fileURLToPath(new URL('../../server/app-recorder-process.ts', import.meta.url)),
    steerTap: (_, port) => steer(port),
    log: { info: () => undefined, error: () => undefined },
  });

export const openRecordedRoom = async (options: {
  readonly directory: string;
  readonly prepare: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<LessonId>;
  readonly codec?: 'h264' | 'vp8';
  readonly seconds: number;
  readonly loss?: number;
  /** How much later than sound a picture is sent, as encoders do. */
  readonly cameraDelayMs?: number;
  /** In this process, where its packets are counted, instead of one of its own. */
  readonly recorderHere?: boolean;
}) => {
  const { directory, prepare, codec = 'h264', seconds, loss = 0, cameraDelayMs = 0, recorderHere = false } = options;
  const root = join(directory, 'recordings');
  const database = await openDatabase(join(directory, 'database.sqlite'));
  const lessonId = await prepare(database.db);
  const pictures = await rtpClip({ codec, seconds, source: flash(seconds), keyEverySeconds: 1 });
  const sounds = await rtpClip({ codec: 'opus', seconds, source: beep(seconds) });
  const worker = await createWorker({ logLevel: 'error' });
  const router = await worker.createRouter({ mediaCodecs });
  const startedAt = Date.now() + 100;
  const senders = {
    camera: await LiveSender.open({ router, codec, clip: pictures, ssrc: 1001, startedAt, loss, delayMs: cameraDelayMs }),
    microphone: await LiveSender.open({ router, codec: 'opus', clip: sounds, ssrc: 2001, startedAt, loss }),
  };
  const tracks = new Map([
    [camera.trackId, senders.camera],
    [microphone.trackId, senders.microphone],
  ]);
  const facts: RecordingFact[] = [];
  const counts = { packets: 0 };
  const steer = (port: number) =>
    MediasoupTap.open({
      router,
      listenInfo: loopbackInfo(0),
      track: async (trackId) => tracks.get(trackId),
      consumed: () => undefined,
      port,
    });
  const openTap = async () => new CountingTap(await UdpTap.open({ clock: systemClock, steer }), () => counts.packets++);
  const recorders = recorderHere ? undefined : openRecorderProcess(root, steer);
  const service = new RecordingService({
    ...plainSurroundings,
    ...{ store: new RecordingStore(database.db), clock: systemClock, root },
    newId: () => RecordingId.parse(randomUUID()),
    openRecorder: recorders?.open ?? recordersHere({ root, clock: systemClock, openFile: open, openTap }),
    tracksNow: () => [camera, microphone],
    publish: async (published) => void facts.push(...published),
  });
  const close = async (): Promise<void> => {
    await service.close();
    recorders?.close();
    senders.camera.close();
    senders.microphone.close();
    worker.close();
    await database.close();
  };
  return { service, lessonId, root, senders, facts, counts, startedAt, close };
};
