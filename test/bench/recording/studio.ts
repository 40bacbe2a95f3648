// Classes that are recorded: a real media worker, senders in real time, somebody who watches live, and the recorder's own process.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorker, type types } from 'mediasoup';
import { mediaCodecs } from '../../../server/adapters/mediasoup/codecs.ts';
import { loopbackInfo } from '../../../server/adapters/mediasoup/loopback.ts';
import { MediasoupTap } from '../../../server/adapters/mediasoup/tap.ts';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../../server/contract/ids.ts';
import { RecorderProcess } from '../../../server/recording/capture/recorder-process.ts';
import type { RunningRecorder } from '../../../server/recording/capture/running-recorder.ts';
import { Audience } from './audience.ts';
import { Delays } from './delays.ts';
import { type Codec, Sender } from './sender.ts';

export interface Clip {
  readonly codec: Codec;
  readonly packets: readonly Buffer[];
  readonly seconds: number;
}

export interface StudioOptions {
  readonly classes: number;
  /** Of each class. */
  readonly people: number;
  readonly camera: Clip;
  readonly microphone: Clip;
  /** Where the recordings lie; a folder of its own without it. */
  readonly root?: string;
  /** Of the first person of the first class, every packet goes there too: camera, microphone. */
  readonly alsoTo?: readonly [number, number];
}

const sendEveryMs = 5;
/** All join a little apart, as people do: then the frames of their cameras do not come at one moment. */
const apartMs = 7;

export class Studio {
  readonly root: string;
  readonly audience: Audience;
  readonly delays = new Delays();
  readonly faults: string[] = [];
  readonly startedAt: number;
  readonly #worker: types.Worker;
  readonly #recorder: RecorderProcess;
  readonly #senders: Sender[] = [];
  readonly #running: RunningRecorder[] = [];
  readonly #ownRoot: boolean;
  #timer: NodeJS.Timeout | undefined;
  #lateMs = 0;

  private constructor(root: string, ownRoot: boolean, worker: types.Worker, audience: Audience, recorder: RecorderProcess) {
    this.root = root;
    this.#ownRoot = ownRoot;
    this.#worker = worker;
    this.audience = audience;
    this.#recorder = recorder;
    this.startedAt = Date.now() + 300;
  }

  static async open(options: StudioOptions): Promise<Studio> {
    const root = options.root ?? (await mkdtemp(join(tmpdir(), 'auditoria-bench-recording-')));
    const worker = await createWorker({ logLevel: 'none' });
    const rooms = new Map<string, { readonly router: types.Router; readonly producers: Map<string, types.Producer> }>();
    const recorder = new RecorderProcess({
      ...{ entry: join(import.meta.dirname, 'recorder-entry.ts'), root, clock: systemClock },
      steerTap(lessonId, port) {
        const room = rooms.get(lessonId);
        if (room === undefined) throw new Error('There is no such room');
        const { router, producers } = room;
        const track = async (trackId: TrackId) => {
          const producer = producers.get(trackId);
          return producer && { producer };
        };
        return MediasoupTap.open({ router, listenInfo: loopbackInfo(0), track, consumed: () => undefined, port });
      },
      log: { info: () => undefined, error: (details, message) => console.error(message, details) },
    });
    const studio = new Studio(root, options.root === undefined, worker, await Audience.open(), recorder);
    for (let number = 0; number < options.classes; number += 1) {
      const lessonId = LessonId.parse(`class-${number}`);
      const room = { router: await worker.createRouter({ mediaCodecs }), producers: new Map<string, types.Producer>() };
      rooms.set(lessonId, room);
      await studio.#fill(lessonId, room, number, options);
    }
    studio.#timer = setInterval(() => studio.#send(), sendEveryMs);
    return studio;
  }

  get recorderPid(): number {
    return this.#recorder.pid ?? 0;
  }

  get workerPid(): number {
    return this.#worker.pid;
  }

  get sent(): number {
    return this.#senders.reduce((sum, sender) => sum + sender.sent, 0);
  }

  /** By how much the senders themselves were late at most, since the last time: what this machine could not do. */
  takeLateMs(): number {
    const late = this.#lateMs;
    this.#lateMs = 0;
    return late;
  }

  get bytes(): number {
    return this.#running.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Everything is on disk afterwards; in order, and how long it took in milliseconds. */
  async stopRecording(): Promise<number> {
    const began = performance.now();
    await Promise.all(this.#running.map((running) => running.close('stopped')));
    return performance.now() - began;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.stopRecording();
    this.#recorder.close();
    for (const sender of this.#senders) sender.close();
    this.audience.close();
    this.#worker.close();
    await once(this.#worker, 'subprocessclose').catch(() => undefined);
    if (this.#ownRoot) await rm(this.root, { recursive: true, force: true });
  }

  async #fill(
    lessonId: LessonId,
    room: { readonly router: types.Router; readonly producers: Map<string, types.Producer> },
    number: number,
    { people, camera, microphone, alsoTo }: StudioOptions,
  ): Promise<void> {
    const infos = [];
    for (let person = 0; person < people; person += 1) {
      const ports = number === 0 && person === 0 ? alsoTo : undefined;
      for (const [index, { codec, packets, seconds }] of [camera, microphone].entries()) {
        const source = index === 0 ? ('camera' as const) : ('microphone' as const);
        const ssrc = 1000 + (number * people + person) * 10 + index;
        const port = ports?.[index];
        const options = {
          router: room.router,
          codec,
          clip: packets,
          clipSeconds: seconds,
          ssrc,
          ...(port === undefined ? {} : { alsoTo: port }),
        };
        const sender = await Sender.open(options, this.startedAt + (((number * people + person) * apartMs) % 1000));
        this.#senders.push(sender);
        const trackId = TrackId.parse(`${source}-${person}`);
        room.producers.set(trackId, sender.producer);
        infos.push({ trackId, participantId: ParticipantId.parse(`p${person}`), name: `Person ${person}`, source });
      }
    }
    await this.audience.join(room.router, [...room.producers.values()]);
    const startedAt = Date.now();
    const id = RecordingId.parse(`recording-${number}`);
    const running = await this.#recorder.open(lessonId, {
      session: { format: 1, id, lessonId, startedAt, startedBy: null },
      ...{ key: null, goesOnAfter: null, paused: false, cameras: true },
      progress: {
        event: () => undefined,
        mended: () => undefined,
        indexed: (file, { endMs }) => this.delays.reached(`${number}/${file}`, endMs, Date.now() - startedAt),
      },
      onWritten: () => undefined,
      onFailed: (error) => this.faults.push(String(error)),
      onTrackFault: (trackId, error) => this.faults.push(`${trackId}: ${String(error)}`),
    });
    this.#running.push(running);
    for (const info of infos) running.add(info);
  }

  #send(): void {
    const began = Date.now();
    this.#lateMs = Math.max(this.#lateMs, began - this.#sentAt - sendEveryMs);
    this.#sentAt = began;
    const now = performance.timeOrigin + performance.now();
    for (const sender of this.#senders) sender.run(now);
  }

  #sentAt = Date.now();
}
