// Pictures and sounds that a Chromium takes for its camera and its microphone, made by ffmpeg: good ones, poor ones, and those that give nothing.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const size = '960x540';
const rate = 24;
const seconds = 4;

/** One frame full of detail, again and again: what a sensor would add is missing. */
const scene = `mandelbrot=size=${size}:rate=${rate}:start_scale=0.4:end_scale=0.4,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/${rate}/TB`;
/** Bright, smooth, a little darker towards its corners. */
const wall = `color=0xd0ccc4:size=${size}:rate=${rate},format=yuv420p,vignette=PI/5`;
/** Of the sensor, new with each frame. */
const noise = (strength: number): string => `noise=alls=${strength}:allf=t`;
/** As a person who sits before it breathes and nods. */
const nods = `split[a][b];[b]crop=220:300:360:120,eq=brightness=0.15[c];[a][c]overlay=x='370+5*sin(2*PI*t/${seconds})':y='200+3*sin(4*PI*t/${seconds})'`;

/** ffmpeg's own language for sources and filters. */
export const pictures = {
  person: `${scene},${nods},${noise(5)}`,
  /** Hardly moves; a good camera in good light. */
  'quiet person': `${scene},${noise(3)}`,
  /** At night, the lamp off. */
  'dim room': `${scene},eq=brightness=-0.32:contrast=0.35,${noise(8)}`,
  /** The teacher has left the picture. */
  wall: `${wall},${noise(3)}`,
  black: `color=black:size=${size}:rate=${rate}`,
  covered: `color=0x060606:size=${size}:rate=${rate},${noise(4)}`,
  'covered, noisy': `color=0x120c0c:size=${size}:rate=${rate},${noise(12)}`,
  'one colour': `color=0x208040:size=${size}:rate=${rate}`,
  standing: scene,
  'standing wall': wall,
} as const;

/** Uniform noise of this effective loudness. */
const floor = (decibels: number): string => `${Math.sqrt(3) * 10 ** (decibels / 20)}*(2*random(0)-1)`;
const words = '(0.12*sin(2*PI*170*t)+0.08*sin(2*PI*520*t)+0.04*sin(2*PI*1900*t))*gt(sin(2*PI*t/1.7),-0.2)*gt(sin(2*PI*t/7),-0.7)';

export const sounds = {
  voice: `${words}+${floor(-66)}`,
  'quiet room': floor(-62),
  'very quiet room': floor(-76),
  'hardly anything': floor(-88),
  /** Noughts between words. */
  gated: words,
  noughts: '0',
} as const;

export type PictureName = keyof typeof pictures;
export type SoundName = keyof typeof sounds;

/** Raw, or nearly so for tests that need no noise of a sensor (`small`). @returns the file's path */
export async function pictureFile(folder: string, name: PictureName, small = false): Promise<string> {
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.${small ? 'mjpeg' : 'y4m'}`);
  const codec = small ? ['-c:v', 'mjpeg', '-q:v', '3'] : ['-f', 'yuv4mpegpipe'];
  await ffmpeg(['-f', 'lavfi', '-i', pictures[name], '-t', String(seconds), '-pix_fmt', small ? 'yuvj420p' : 'yuv420p', ...codec, path]);
  return path;
}

export async function soundFile(folder: string, name: SoundName): Promise<string> {
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.wav`);
  await ffmpeg(['-f', 'lavfi', '-i', `aevalsrc='${sounds[name]}':sample_rate=48000:duration=20`, '-c:a', 'pcm_s16le', path]);
  return path;
}

async function ffmpeg(args: readonly string[]): Promise<void> {
  await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args]);
}
