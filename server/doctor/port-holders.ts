// Which process holds a port of this machine, as /proc tells it; of other users' processes only root is told.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Protocol = 'tcp' | 'udp';

export interface Holder {
  readonly pid: number;
  readonly name: string;
  /** Its own number, and those of the processes that started it. */
  readonly lineage: readonly number[];
}

/** Undefined: nobody holds it, or we may not know who. */
export type PortHolders = (protocol: Protocol, port: number) => Holder | undefined;

const listening = '0A';

/** As it is at this moment. */
export function readPortHolders(): PortHolders {
  const sockets = new Map<string, string>();
  for (const protocol of ['tcp', 'udp'] as const)
    for (const table of [protocol, `${protocol}6`])
      for (const line of linesOf(`/proc/net/${table}`).slice(1)) {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
        const port = Number.parseInt(local.split(':')[1] ?? '', 16);
        if (protocol === 'udp' || state === listening) sockets.set(inode, `${protocol} ${port}`);
      }
  const holders = new Map<string, Holder>();
  for (const pid of numbersIn('/proc'))
    for (const file of numbersIn(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${file}`))?.[1];
      const held = inode === undefined ? undefined : sockets.get(inode);
      if (held !== undefined && !holders.has(held)) holders.set(held, holderOf(pid));
    }
  return (protocol, port) => holders.get(`${protocol} ${port}`);
}

function holderOf(pid: number): Holder {
  const lineage: number[] = [];
  for (let each = pid; each > 1 && lineage.length < 32; each = parentOf(each)) lineage.push(each);
  return { pid, name: (linesOf(`/proc/${pid}/comm`)[0] ?? '').trim(), lineage };
}

/** The name of a process stands in brackets and may hold anything. */
const parentOf = (pid: number): number => Number((linesOf(`/proc/${pid}/stat`)[0] ?? '').split(') ').at(-1)?.split(' ')[1] ?? 0);

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function numbersIn(path: string): readonly number[] {
  try {
    return readdirSync(path).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
