// Runs ffmpeg beside the classes: with what no class needs of the processor and the disk, and never longer than the server lives.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { CalledOff, ExportFault } from './fault.ts';

export interface FfmpegRun {
  readonly signal: AbortSignal;
  /** Given to it as `pipe:0`. */
  readonly input?: Buffer;
  /** Each line that it says. */
  readonly onLine?: (line: string) => void;
}

/** Resolves with what it wrote to `pipe:1`. Rejects with `ExportFault`, or `CalledOff` after the signal. */
export type Ffmpeg = (args: readonly string[], run: FfmpegRun) => Promise<Buffer>;

const isThere = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Each replaces itself by the next, so there is one process: it dies with us, waits for every other read, and for every other program. */
const lowered = (): string[] =>
  [
    ['setpriv', '--pdeathsig', 'KILL'],
    ['ionice', '-c', '3'],
    ['nice', '-n', '19'],
  ]
    .filter(([program = '']) => isThere(program))
    .flat();

/** What it could not write it passes over, and ends as if all were well. */
const full = /No space left on device|Disk quota exceeded/;

/** What it said last tells why it failed. */
const lastLines = 12;

export function lowFfmpeg(): Ffmpeg {
  const command = [...lowered(), 'ffmpeg', '-hide_banner', '-nostats', '-y'];
  return async (args, { signal, input, onLine }) => {
    if (signal.aborted) throw new CalledOff();
    const [program = 'ffmpeg', ...before] = command;
    const level = onLine ? 'info' : 'error';
    const child = spawn(program, [...before, '-loglevel', level, ...(input ? [] : ['-nostdin']), ...args], {
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    const said: string[] = [];
    let isFull = false;
    const out: Buffer[] = [];
    child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
    // It may end before it has read everything; its exit then says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const { stderr } = child;
    if (stderr)
      createInterface({ input: stderr }).on('line', (line) => {
        onLine?.(line);
        isFull ||= full.test(line);
        said.push(line);
        if (said.length > lastLines) said.shift();
      });
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      if (stderr && !stderr.readableEnded) await finished(stderr, { writable: false }).catch(() => undefined);
      if (code === 0 && !isFull) return Buffer.concat(out);
    } catch (error) {
      throw new ExportFault('encoder', 'ffmpeg could not be started', error);
    } finally {
      signal.removeEventListener('abort', kill);
    }
    if (signal.aborted) throw new CalledOff();
    const words = said.join('\n');
    throw new ExportFault(isFull ? 'no-space' : 'encoder', `ffmpeg failed: ${words}`);
  };
}
