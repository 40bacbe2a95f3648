// Starts a server under measurement in a process of its own, on the cores that it may use, and stops it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** "0", "0,1" …; null: all cores. */
export type Cores = string | null;

export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Its first message. */
  readonly said: unknown;
}

/** The command runs in the place of taskset: the process id is its own. */
export const pinned = (cores: Cores, command: string, args: readonly string[]): readonly [string, string[]] =>
  cores === null ? [command, [...args]] : ['taskset', ['-c', cores, command, ...args]];

/** A program of ours that says over IPC when it is ready, and ends when we hang up. */
export async function startNode(file: string, input: object, cores: Cores): Promise<Started> {
  const [command, args] = pinned(cores, process.execPath, [...nodeOptions(), file, JSON.stringify(input)]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it was ready.`))),
  ]);
  return { child, pid: child.pid ?? 0, said };
}

/** For a profile of the server: BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…". */
const nodeOptions = (): string[] => (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);

export async function stopNode(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

/** This process and what it starts from now on stay on these cores. */
export async function pinSelf(cores: Cores): Promise<void> {
  if (cores === null) return;
  await once(spawn('taskset', ['-a', '-c', '-p', cores, String(process.pid)], { stdio: 'ignore' }), 'exit');
}
