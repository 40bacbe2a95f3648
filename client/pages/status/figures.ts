// The figures of the status page: how each is read, shown, and when it needs someone. Pure.
import type { z } from 'zod';
import type { Status as StatusShape } from '../../../server/contract/monitoring.ts';
import type { TextKey } from '../../i18n/index.ts';

export type Status = z.infer<typeof StatusShape>;
export type Room = Status['rooms'][number];
export type Level = 'good' | 'watch' | 'act';

export type FigureId =
  | 'people'
  | 'rooms'
  | 'sockets'
  | 'in'
  | 'out'
  | 'processCpu'
  | 'workerCpu'
  | 'load'
  | 'memory'
  | 'disk'
  | 'loss'
  | 'loopDelay'
  | 'joinP50'
  | 'joinP95';

export type Unit = 'count' | 'bitrate' | 'share' | 'load' | 'bytes' | 'ms';

export type Figure = {
  readonly id: FigureId;
  readonly title: TextKey;
  readonly unit: Unit;
  /** Null while there is nothing to measure. */
  readonly of: (status: Status) => number | null;
  /** From these values on; downwards where less is worse. */
  readonly limits?: { readonly watch: number; readonly act: number };
};

const gigabyte = 1e9;

export const figures: readonly Figure[] = [
  { id: 'people', title: 'status.people', unit: 'count', of: ({ people }) => people },
  { id: 'rooms', title: 'status.rooms', unit: 'count', of: ({ rooms }) => rooms.length },
  { id: 'sockets', title: 'status.sockets', unit: 'count', of: ({ sockets }) => sockets },
  { id: 'in', title: 'status.in', unit: 'bitrate', of: ({ inBps }) => inBps },
  { id: 'out', title: 'status.out', unit: 'bitrate', of: ({ outBps }) => outBps },
  { id: 'loss', title: 'status.loss', unit: 'share', of: ({ lossShare }) => lossShare, limits: { watch: 0.02, act: 0.05 } },
  { id: 'workerCpu', title: 'status.workerCpu', unit: 'share', of: busiestWorker, limits: { watch: 0.7, act: 0.9 } },
  {
    id: 'processCpu',
    title: 'status.processCpu',
    unit: 'share',
    of: ({ processCpuShare }) => processCpuShare,
    limits: { watch: 0.7, act: 0.9 },
  },
  {
    id: 'load',
    title: 'status.load',
    unit: 'load',
    of: ({ machineLoad, cores }) => machineLoad / Math.max(1, cores),
    limits: { watch: 0.8, act: 1.5 },
  },
  {
    id: 'loopDelay',
    title: 'status.loopDelay',
    unit: 'ms',
    of: ({ eventLoopDelayMs }) => eventLoopDelayMs,
    limits: { watch: 60, act: 200 },
  },
  { id: 'memory', title: 'status.memory', unit: 'bytes', of: ({ memoryBytes }) => memoryBytes },
  {
    id: 'disk',
    title: 'status.disk',
    unit: 'bytes',
    of: ({ diskFreeBytes }) => diskFreeBytes,
    limits: { watch: 20 * gigabyte, act: 3 * gigabyte },
  },
  { id: 'joinP50', title: 'status.joinP50', unit: 'ms', of: ({ joins }) => joins.p50Ms, limits: { watch: 1500, act: 4000 } },
  { id: 'joinP95', title: 'status.joinP95', unit: 'ms', of: ({ joins }) => joins.p95Ms, limits: { watch: 3000, act: 8000 } },
];

function busiestWorker({ workers }: Status): number | null {
  return workers.length === 0 ? null : Math.max(...workers.map(({ cpuShare }) => cpuShare));
}

export function levelOf({ limits }: Pick<Figure, 'limits'>, value: number | null): Level | null {
  if (!limits || value === null) return null;
  const isWorse = (limit: number) => (limits.act < limits.watch ? value <= limit : value >= limit);
  return isWorse(limits.act) ? 'act' : isWorse(limits.watch) ? 'watch' : 'good';
}

export function workerLevel(cpuShare: number): Level {
  return levelOf({ limits: { watch: 0.7, act: 0.9 } }, cpuShare) ?? 'good';
}

export function roomLevel({ worstQuality, participants, dropped, waiting }: Room): Level {
  if (dropped > 0 && dropped >= participants / 4) return 'act';
  return worstQuality === 'bad' || dropped > 0 || waiting > 0 ? 'watch' : 'good';
}

const urgency: Readonly<Record<Level, number>> = { act: 2, watch: 1, good: 0 };

/** Those that need someone first; among them the fullest. */
export function byTrouble(rooms: readonly Room[]): Room[] {
  return rooms.toSorted(
    (a, b) =>
      urgency[roomLevel(b)] - urgency[roomLevel(a)] || b.dropped - a.dropped || b.participants - a.participants || a.openedAt - b.openedAt,
  );
}
