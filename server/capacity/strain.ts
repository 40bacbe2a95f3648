// How near its limit a media worker, the main process and the whole machine are, from what was measured of them.
import type { WorkerLoad } from '../ports/media.ts';
import type { HostReading } from './host.ts';
import type { Strain } from './pressure.ts';

/** A worker that does at least this part of what is too much has people in its rooms, not only the promise of them. */
const realPart = 0.8;
/** From here on nobody gets a core for themselves. */
const fullMachine = 0.9;
/** A main process that comes this late to its next turn while it works answers people too late. */
const lateMs = 100;
const worksFrom = 0.5;

/** Null before anything was measured. A worker whose plan is full begins with the first step while it is not yet at its limit. */
export function strainOfWorker({ cpuShare, budget }: Pick<WorkerLoad, 'cpuShare' | 'budget'>, first: number): Strain | null {
  if (cpuShare === null) return null;
  const isFull = budget.used >= budget.limit && cpuShare >= first * realPart;
  return { share: isFull ? Math.max(cpuShare, first) : cpuShare, most: 'no-student-cameras' };
}

/** Fewer cameras mean fewer subscriptions to set up; smaller pictures mean nothing to the main process. */
export function strainOfProcess({ processShare, loopDelayMs }: HostReading): Strain {
  const isLate = loopDelayMs >= lateMs && processShare >= worksFrom;
  return { share: isLate ? Math.max(1, processShare) : processShare, most: 'no-new-cameras' };
}

/** What we use of a machine that is full. What others use is not ours to give back: cameras are touched only where that helps. */
export function strainOfMachine({ cores, processShare, busyShare }: HostReading, workers: readonly Pick<WorkerLoad, 'cpuShare'>[]): Strain {
  const own = workers.reduce((sum, { cpuShare }) => sum + (cpuShare ?? 0), processShare) / cores;
  return { share: busyShare >= fullMachine ? own : 0, most: 'no-student-cameras' };
}
