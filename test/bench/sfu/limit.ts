// The limit L1: CPU of one packet that is encrypted for its subscriber and handed to the kernel, in the mix of a class.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { limitProgram } from '../loadgen/build.ts';
import { soundBytes, soundPerSecond, videoBytes, videoPerSecond } from '../loadgen/tracks.ts';
import { pinned } from '../subjects/child.ts';

const Measured = z.object({ packets: z.number(), cpuMicroseconds: z.number() });
/** What header extensions add. */
const extensionBytes = 8;

export interface LimitOptions {
  readonly subscribers: number;
  /** Pictures for each voice that a subscriber receives. */
  readonly picturesPerVoice: number;
  readonly kbps: number;
  readonly seconds: number;
  readonly core: string;
  readonly receiverCore: string;
}

/** CPU microseconds for each packet. */
export async function measureLimit(options: LimitOptions): Promise<number> {
  const { subscribers, picturesPerVoice, kbps, seconds, core, receiverCore } = options;
  const numbers = [
    ...[subscribers, videoPerSecond(kbps) * picturesPerVoice, soundPerSecond],
    ...[videoBytes + extensionBytes, soundBytes + extensionBytes, seconds, receiverCore],
  ];
  const [command, args] = pinned(core, await limitProgram(), numbers.map(String));
  const { stdout } = await promisify(execFile)(command, args);
  const { packets, cpuMicroseconds } = Measured.parse(JSON.parse(stdout));
  return cpuMicroseconds / packets;
}
