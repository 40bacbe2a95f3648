// CPU time of a process and of the processes that it started, from /proc.
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** Milliseconds of user and system time since the beginning: of the process itself, and of its children together. */
export function cpuOf(pid: number): { readonly nodeMs: number; readonly workerMs: number } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return { nodeMs: cpuMs(pid), workerMs: children.reduce((sum, child) => sum + cpuMs(child), 0) };
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; utime and stime are the 12th and 13th fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}
