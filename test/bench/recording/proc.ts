// What the system says of a process: CPU time and memory, from /proc.
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

const fieldsOf = (pid: number | 'self'): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; utime, stime, cutime and cstime are the 12th to 15th fields after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const seconds = (...ticks: (string | undefined)[]) => ticks.reduce((sum, tick) => sum + Number(tick), 0) / ticksPerSecond;

/** Of the process itself. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid);
  return seconds(fields[11], fields[12]);
}

/** Of those that this process started and that have ended. */
export function endedChildrenSeconds(): number {
  const fields = fieldsOf('self');
  return seconds(fields[13], fields[14]);
}

export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** How many cores were busy since the call, with everything that runs on this machine. */
export function busyCores(): () => number {
  const read = () => {
    const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
      readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
    )
      .split(/\s+/)
      .map(Number);
    return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
  };
  const [before, began] = [read(), performance.now()];
  return () => (read() - before) / ((performance.now() - began) / 1000);
}
