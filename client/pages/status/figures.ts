// The figures of the load page: how each is read, shown, and when it needs someone. Pure.
import type { LoadFigure, RoomStatus, Status, WorkerStatus } from '../../../server/contract/monitoring.ts';
import type { TextKey } from '../../i18n/index.ts';

export type { RoomStatus as Room, Status, WorkerStatus as Worker };
export type Level = 'good' | 'watch' | 'act';

export type Unit = 'count' | 'bitrate' | 'share' | 'load' | 'bytes' | 'ms';

type Limits = { readonly watch: number; readonly act: number };

export type Figure = {
  readonly id: LoadFigure;
  readonly title: TextKey;
  readonly unit: Unit;
  /** Null while there is nothing to measure. */
  readonly of: (status: Status) => number | null;
  /** From these values on; downwards where less is worse. */
  readonly limits?: Limits;
};

const gigabyte = 1e9;
const cpuLimits: Limits = { watch: 0.7, act: 0.9 };
const lossLimits: Limits = { watch: 0.02, act: 0.05 };

export const figures: readonly Figure[] = [
  { id: 'people', title: 'status.people', unit: 'count', of: ({ people }) => people },
  { id: 'rooms', title: 'status.rooms', unit: 'count', of: ({ rooms }) => rooms.length },
  { id: 'inBps', title: 'status.in', unit: 'bitrate', of: ({ inBps }) => inBps },
  { id: 'outBps', title: 'status.out', unit: 'bitrate', of: ({ outBps }) => outBps },
  { id: 'lossShare', title: 'status.loss', unit: 'share', of: ({ lossShare }) => lossShare, limits: lossLimits },
  { id: 'workerCpuShare', title: 'status.workerCpu', unit: 'share', of: busiestWorker, limits: cpuLimits },
  { id: 'processCpuShare', title: 'status.processCpu', unit: 'share', of: ({ processCpuShare }) => processCpuShare, limits: cpuLimits },
  {
    id: 'machineLoad',
    title: 'status.load',
    unit: 'load',
    of: ({ machineLoad, cores }) => machineLoad / Math.max(1, cores),
    limits: { watch: 0.8, act: 1.5 },
  },
  { id: 'producers', title: 'status.producers', unit: 'count', of: ({ producers }) => producers },
  { id: 'consumers', title: 'status.consumers', unit: 'count', of: ({ consumers }) => consumers },
  { id: 'sockets', title: 'status.sockets', unit: 'count', of: ({ sockets }) => sockets },
  {
    id: 'eventLoopDelayMs',
    title: 'status.loopDelay',
    unit: 'ms',
    of: ({ eventLoopDelayMs }) => eventLoopDelayMs,
    limits: { watch: 60, act: 200 },
  },
  { id: 'memoryBytes', title: 'status.memory', unit: 'bytes', of: ({ memoryBytes }) => memoryBytes },
  {
    id: 'diskFreeBytes',
    title: 'status.disk',
    unit: 'bytes',
    of: ({ diskFreeBytes }) => diskFreeBytes,
    limits: { watch: 20 * gigabyte, act: 3 * gigabyte },
  },
  { id: 'joinP95Ms', title: 'status.joinP95', unit: 'ms', of: ({ joins }) => joins.p95Ms, limits: { watch: 3000, act: 8000 } },
];

function busiestWorker({ workers }: Status): number | null {
  return workers.length === 0 ? null : Math.max(...workers.map(({ cpuShare }) => cpuShare));
}

export function levelOf({ limits }: Pick<Figure, 'limits'>, value: number | null): Level | null {
  if (!limits || value === null) return null;
  const isWorse = (limit: number) => (limits.act < limits.watch ? value <= limit : value >= limit);
  return isWorse(limits.act) ? 'act' : isWorse(limits.watch) ? 'watch' : 'good';
}

export function workerLevel({ cpuShare, lossShare }: Pick<WorkerStatus, 'cpuShare' | 'lossShare'>): Level {
  return worse(levelOf({ limits: cpuLimits }, cpuShare), levelOf({ limits: lossLimits }, lossShare));
}

export function roomLevel({ worstQuality, lossShare, participants, dropped, waiting }: RoomStatus): Level {
  if (dropped > 0 && dropped >= participants / 4) return 'act';
  const isWeak = worstQuality === 'bad' || dropped > 0 || waiting > 0;
  return worse(isWeak ? 'watch' : 'good', levelOf({ limits: lossLimits }, lossShare));
}

export const urgency: Readonly<Record<Level, number>> = { act: 2, watch: 1, good: 0 };

function worse(a: Level | null, b: Level | null): Level {
  const [left, right] = [a ?? 'good', b ?? 'good'];
  return urgency[right] > urgency[left] ? right : left;
}
