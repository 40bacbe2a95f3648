// How ffmpeg is run: behind everything else, stopped at once, and its complaints understood.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CalledOff, faultOf } from './fault.ts';
import { lowFfmpeg } from './ffmpeg.ts';

const ffmpeg = lowFfmpeg();
const tone = ['-f', 'lavfi', '-i', 'sine=d=2'];
const fails = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

it('V39 tells a full disk from a file that cannot be made', async () => {
  const { signal } = new AbortController();
  expect(faultOf(await fails(ffmpeg([...tone, '-f', 's16le', '/dev/full'], { signal })))).toBe('no-space');
  expect(faultOf(await fails(ffmpeg(['-i', '/nowhere', '-f', 'null', '-'], { signal })))).toBe('encoder');
});

it('V30 waits for every other program, and ends at once when it is called off', async () => {
  const abort = new AbortController();
  let nice = '';
  const run = ffmpeg(['-re', ...tone, '-f', 'null', '-', '-progress', 'pipe:2'], {
    signal: abort.signal,
    onLine: (line) => {
      if (!line.startsWith('progress=')) return;
      void niceOfChildren().then((found) => {
        nice = found;
        abort.abort();
      });
    },
  });
  expect(await fails(run)).toBeInstanceOf(CalledOff);
  expect(nice).toBe('19');
});

/** Of the processes that we started, the nice value of the one that is ffmpeg. */
async function niceOfChildren(): Promise<string> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (text.includes('(ffmpeg)')) return text.slice(text.lastIndexOf(')')).split(' ')[17] ?? '';
  }
  return '';
}
