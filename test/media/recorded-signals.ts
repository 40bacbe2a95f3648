// For tests: when flashes and beeps happen in recorded files, by class time.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { probe } from '../../server/recording/capture/testing/probe.ts';

const run = promisify(execFile);

const decoded = async (path: string, args: readonly string[]): Promise<Buffer> => {
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-i', path, ...args, '-'], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout;
};

/** Class times at which the picture turns white. */
export const flashesIn = async (path: string): Promise<number[]> => {
  const { packets } = await probe(path);
  const brightness = await decoded(path, ['-vf', 'scale=1:1,format=gray', '-vsync', 'passthrough', '-f', 'rawvideo']);
  if (brightness.length !== packets.length) throw new Error(`${brightness.length} of ${packets.length} pictures were decoded`);
  return packets
    .filter((_, index) => index > 0 && (brightness[index] ?? 0) > 128 && (brightness[index - 1] ?? 255) <= 128)
    .map((packet) => packet.timeMs);
};

/** Class times at which the sound begins after at least 300 ms of quiet. */
export const beepsIn = async (path: string, startMs: number): Promise<number[]> => {
  const bytes = await decoded(path, ['-ac', '1', '-ar', '48000', '-f', 's16le']);
  const beeps: number[] = [];
  let loudAt = Number.NEGATIVE_INFINITY;
  for (let sample = 0; sample < bytes.length / 2; sample++) {
    if (Math.abs(bytes.readInt16LE(sample * 2)) < 3000) continue;
    const time = startMs + sample / 48;
    if (time - loudAt > 300) beeps.push(time);
    loudAt = time;
  }
  return beeps;
};

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** By how much each flash's beep is late. A flash whose beep was lost has no partner and is left out. */
export const differences = (flashes: readonly number[], beeps: readonly number[]): number[] =>
  flashes.flatMap((flash) => {
    const nearest = beeps.reduce((best, beep) => (Math.abs(beep - flash) < Math.abs(best - flash) ? beep : best), Number.POSITIVE_INFINITY);
    return Math.abs(nearest - flash) < 400 ? [nearest - flash] : [];
  });
