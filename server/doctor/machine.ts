// What the system says of itself under /proc and /sys, and whether its clock is kept right.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Machine } from './checks/machine.ts';

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Of the process of the server that runs, or null. */
export async function readMachine(serverPid: number | null): Promise<Machine> {
  const limits = serverPid === null ? '' : textOf(`/proc/${serverPid}/limits`);
  const open = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return { ...memory(), cores: availableParallelism(), openFiles: open === undefined ? null : Number(open) };
}

/** What the system would give without moving anything to a disk; within a container, as far as that goes. */
function memory(): { readonly freeBytes: number; readonly totalBytes: number } {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(textOf('/proc/meminfo'))?.[1];
  const freeBytes = available === undefined ? freemem() : Number(available) * 1024;
  const limit = Number(textOf('/sys/fs/cgroup/memory.max').trim() || Number.NaN);
  if (!Number.isFinite(limit) || limit >= totalmem()) return { freeBytes, totalBytes: totalmem() };
  const used = Number(textOf('/sys/fs/cgroup/memory.current').trim()) || 0;
  return { freeBytes: Math.min(freeBytes, limit - used), totalBytes: limit };
}

/** First and last of the ports for outgoing connections. */
export function outgoingPorts(): readonly [number, number] | null {
  const found = /^(\d+)\s+(\d+)/.exec(textOf('/proc/sys/net/ipv4/ip_local_port_range'));
  return found === null ? null : [Number(found[1]), Number(found[2])];
}

/** Null: the system does not say. */
export function isClockKept(): Promise<boolean | null> {
  return new Promise((done) => {
    execFile('timedatectl', ['show', '--property=NTPSynchronized', '--value'], { timeout: 5_000 }, (error, said) => {
      if (error) return done(null);
      const word = said.trim();
      done(word === 'yes' ? true : word === 'no' ? false : null);
    });
  });
}
