// How ffmpeg is told to make one stretch of the film. All pieces are encoded alike, so that they can be joined as they are. Pure.
import { framesPerSecond, type Scene } from './layout.ts';

export const width = 1280;
export const height = 720;
const small = { width: 256, height: 144, margin: 16 } as const;
/** Entered at every ten seconds. */
export const framesPerGroup = framesPerSecond * 10;

/** One thread: it is to take little of the machine, not to be ready soon. */
export const filmEncoder: readonly string[] = [
  ...['-an', '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-level:v', '3.1', '-crf', '26'],
  ...['-maxrate', '2000k', '-bufsize', '4000k', '-bf', '0', '-g', String(framesPerGroup), '-threads', '1'],
  ...['-r', String(framesPerSecond), '-video_track_timescale', String(framesPerSecond * 1024), '-f', 'mp4'],
];

const colours = 'format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** On its own clock from zero on, at our rate, its last picture standing for as long as it is needed. */
const steady = (classMs: number): string => `setpts=PTS-${(classMs / 1000).toFixed(6)}/TB,fps=${framesPerSecond}:start_time=0`;
const standing = 'tpad=stop=-1:stop_mode=clone';
const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=bilinear,pad=${width}:${height}:-1:-1:color=0x15171c,setsar=1`;

/** One filter for the inputs 0 (large) and 1 (small, in the lower right corner). */
export function filmFilter(scene: Exclude<Scene, { kind: 'card' }>, classMs: number): string {
  const large = `[0:v]${steady(classMs)},${fitted},format=yuv420p,${standing}`;
  if (scene.kind === 'speaker' || scene.camera === null) return `${large},${colours}[film]`;
  const shrunk = `scale=${small.width}:${small.height}:force_original_aspect_ratio=increase:flags=fast_bilinear,crop=${small.width}:${small.height}`;
  const x = width - small.width - small.margin;
  const y = height - small.height - small.margin;
  return [
    `${large}[large]`,
    `[1:v]${steady(classMs)},${shrunk},setsar=1,format=yuv420p,${standing}[small]`,
    `[large][small]overlay=${x}:${y}:eof_action=repeat,${colours}[film]`,
  ].join(';');
}

/** `inputs`: files whose timestamps are class time, the large one first. */
export function filmArguments(
  scene: Exclude<Scene, { kind: 'card' }>,
  classMs: number,
  inputs: readonly string[],
  frames: number,
  path: string,
): string[] {
  return [
    '-copyts',
    ...inputs.flatMap((input) => ['-threads', '1', '-i', input]),
    ...['-filter_complex_threads', '1', '-filter_complex', filmFilter(scene, classMs), '-map', '[film]'],
    ...['-frames:v', String(frames), ...filmEncoder, path],
  ];
}
