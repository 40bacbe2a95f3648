// CPU time of a process and of all that it started, from /proc.
import { readdirSync, readFileSync } from 'node:fs';
import { wait } from '../table/figures.ts';

const ticksPerSecond = 100;

export interface Cpu {
  /** Of the process itself. */
  readonly ownMs: number;
  /** Of all processes below it together. */
  readonly belowMs: number;
  /** Of each of these, by its id. */
  readonly each: ReadonlyMap<number, number>;
}

/** Milliseconds of user and system time since the beginning. */
export function cpuOf(pid: number): Cpu {
  const each = new Map(below(pid).map((child) => [child, cpuMs(child)]));
  return { ownMs: cpuMs(pid), belowMs: [...each.values()].reduce((all, ms) => all + ms, 0), each };
}

export const totalMs = ({ ownMs, belowMs }: Cpu): number => ownMs + belowMs;

const lookEveryMs = 500;
const quietShare = 0.04;
const longestMs = 15_000;

/** Resolves when the process has done what it does once after it began. */
export async function quiet(pid: number): Promise<void> {
  const until = performance.now() + longestMs;
  for (let calm = 0; calm < 2 && performance.now() < until; ) {
    const before = totalMs(cpuOf(pid));
    await wait(lookEveryMs);
    calm = totalMs(cpuOf(pid)) - before <= lookEveryMs * quietShare ? calm + 1 : 0;
  }
}

function below(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...below(child)]);
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; utime and stime are the 12th and 13th fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}
