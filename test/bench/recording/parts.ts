// The parts of the measurement, each on a studio of its own: what is counted, and for how long.
import { rtpClip } from '../../../server/recording/capture/testing/rtp-source.ts';
import { FfmpegCopy } from './ffmpeg-copy.ts';
import { cpuSeconds, residentMb } from './proc.ts';
import { type Clip, Studio, type StudioOptions } from './studio.ts';

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** As browsers send them to a class: 360 lines at about a megabit, and sound. */
export async function clips(): Promise<{ readonly camera: Clip; readonly microphone: Clip }> {
  const seconds = 10;
  const shape = { framesPerSecond: 25, keyEverySeconds: 2 };
  const source = `testsrc2=size=320x180:rate=25:duration=${seconds},scale=640:360:flags=bilinear`;
  const camera = { codec: 'h264', packets: await rtpClip({ codec: 'h264', seconds, source, ...shape }), seconds } as const;
  const microphone = { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds }), seconds } as const;
  return { camera, microphone };
}

/** Tracks attach, key frames come: what is measured is what goes on. */
const warmUpMs = 4000;

export interface Measured {
  readonly classes: number;
  readonly tracks: number;
  readonly seconds: number;
  /** CPU seconds for each minute of a track. */
  readonly recorderPerTrackMinute: number;
  /** Of cores. */
  readonly recorderCores: number;
  readonly workerCores: number;
  readonly delayP50Ms: number;
  readonly delayP95Ms: number;
  readonly livePackets: number;
  readonly liveLost: number;
  readonly recordedMbit: number;
  readonly memoryMb: readonly number[];
  readonly sendersLateMs: number;
  readonly stopMs: number;
  readonly faults: readonly string[];
}

type Of = Pick<StudioOptions, 'classes' | 'people' | 'camera' | 'microphone'> & { readonly seconds: number };

export async function measure(of: Of & Partial<StudioOptions>, during?: (studio: Studio) => Promise<void>): Promise<Measured> {
  const studio = await Studio.open(of);
  try {
    await wait(warmUpMs);
    studio.audience.take();
    studio.takeLateMs();
    const before = {
      recorder: cpuSeconds(studio.recorderPid),
      worker: cpuSeconds(studio.workerPid),
      bytes: studio.bytes,
      at: performance.now(),
    };
    const memoryMb = [residentMb(studio.recorderPid)];
    const ended = during?.(studio);
    for (let third = 0; third < 3; third += 1) {
      await wait((of.seconds * 1000) / 3);
      memoryMb.push(residentMb(studio.recorderPid));
    }
    await ended;
    const seconds = (performance.now() - before.at) / 1000;
    const recorder = cpuSeconds(studio.recorderPid) - before.recorder;
    const worker = cpuSeconds(studio.workerPid) - before.worker;
    const { received, lost } = studio.audience.take();
    const tracks = of.classes * of.people * 2;
    const bytes = studio.bytes - before.bytes;
    const sendersLateMs = studio.takeLateMs();
    const stopMs = await studio.stopRecording();
    return {
      ...{ classes: of.classes, tracks, seconds, recorderPerTrackMinute: recorder / (tracks * (seconds / 60)) },
      ...{ recorderCores: recorder / seconds, workerCores: worker / seconds },
      ...{ delayP50Ms: studio.delays.at(0.5), delayP95Ms: studio.delays.at(0.95), livePackets: received, liveLost: lost },
      ...{ recordedMbit: (bytes * 8) / 1e6 / seconds, memoryMb, sendersLateMs, stopMs, faults: studio.faults },
    };
  } finally {
    await studio.close();
  }
}

export interface AgainstCopy {
  readonly one: Measured;
  readonly copyPerTrackMinute: number;
  readonly ratio: number;
}

/** One camera and one microphone, written by ours and by ffmpeg from the same packets. */
export async function againstCopy(of: Omit<Of, 'classes' | 'people'>): Promise<AgainstCopy> {
  const copy = await FfmpegCopy.open();
  try {
    let used = 0;
    let seconds = 0;
    const one = await measure({ ...of, classes: 1, people: 1, alsoTo: copy.ports }, async () => {
      const [began, before] = [performance.now(), copy.cpuSeconds()];
      await wait(of.seconds * 1000);
      [used, seconds] = [copy.cpuSeconds() - before, (performance.now() - began) / 1000];
    });
    const copyPerTrackMinute = used / (2 * (seconds / 60));
    return { one, copyPerTrackMinute, ratio: one.recorderPerTrackMinute / copyPerTrackMinute };
  } finally {
    await copy.close();
  }
}
