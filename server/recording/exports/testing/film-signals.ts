// For tests: what is in a finished film, by watching time.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin'];
const mostBytes = 512 * 1024 * 1024;

const Probed = z.object({
  format: z.object({ duration: z.coerce.number(), tags: z.record(z.string(), z.string()).optional() }),
  streams: z.array(
    z.object({ codec_name: z.string(), width: z.number().optional(), height: z.number().optional(), duration: z.coerce.number() }),
  ),
  chapters: z.array(z.object({ start_time: z.coerce.number(), end_time: z.coerce.number(), tags: z.object({ title: z.string() }) })),
});

export async function filmOf(path: string) {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-show_chapters', '-of', 'json', path]);
  const { format, streams, chapters } = Probed.parse(JSON.parse(stdout));
  return {
    durationMs: format.duration * 1000,
    streams: streams.filter(({ codec_name }) => codec_name !== 'bin_data'),
    chapters: chapters.map(({ start_time, end_time, tags }) => [start_time * 1000, end_time * 1000, tags.title]),
  };
}

const decoded = async (path: string, args: readonly string[]): Promise<Buffer> =>
  (await run('ffmpeg', [...quiet, '-i', path, ...args, '-'], { encoding: 'buffer', maxBuffer: mostBytes })).stdout;

/** When the picture turns white, ms. */
export async function filmFlashes(path: string): Promise<number[]> {
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
    path,
  ]);
  const times = stdout.split('\n').map(Number.parseFloat).filter(Number.isFinite);
  const light = await decoded(path, ['-map', '0:v', '-vf', 'scale=1:1:flags=area,format=gray', '-vsync', 'passthrough', '-f', 'rawvideo']);
  return times.filter((_, n) => n > 0 && (light[n] ?? 0) > 150 && (light[n - 1] ?? 255) <= 150).map((seconds) => seconds * 1000);
}

/** When the sound begins after at least 300 ms of quiet, ms. */
export async function filmBeeps(path: string): Promise<number[]> {
  const bytes = await decoded(path, ['-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le']);
  const beeps: number[] = [];
  let loudAt = Number.NEGATIVE_INFINITY;
  for (let sample = 0; sample < bytes.length / 2; sample++) {
    if (Math.abs(bytes.readInt16LE(sample * 2)) < 3000) continue;
    const time = sample / 48;
    if (time - loudAt > 300) beeps.push(time);
    loudAt = time;
  }
  return beeps;
}
