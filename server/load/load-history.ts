// The last hour of the server, of each media worker and of each open room. What is gone takes its history along. Pure.
import type { Instant, LessonId } from '../contract/ids.ts';
import { LoadFigure, type LoadHistory, type RoomStatus, type Status, type WorkerStatus } from '../contract/monitoring.ts';
import { HourHistory, stepMs } from './hour-history.ts';

type Values<Figure extends LoadFigure> = Readonly<Record<Figure, number | null>>;

const ofWorker = [
  'workerCpuShare',
  'rooms',
  'producers',
  'consumers',
  'inBps',
  'outBps',
  'lossShare',
] as const satisfies readonly LoadFigure[];
const ofRoom = ['people', 'producers', 'consumers', 'inBps', 'outBps', 'lossShare'] as const satisfies readonly LoadFigure[];
type OfWorker = (typeof ofWorker)[number];
type OfRoom = (typeof ofRoom)[number];

export class LoadHistories {
  readonly #server = new HourHistory(LoadFigure.options);
  readonly #workers = new Map<number, HourHistory<OfWorker>>();
  readonly #rooms = new Map<LessonId, HourHistory<OfRoom>>();

  add(status: Status): void {
    const { now } = status;
    this.#server.add(now, serverValues(status));
    follow(this.#workers, status.workers, {
      key: ({ pid }) => pid,
      make: () => new HourHistory(ofWorker),
      add: (history, worker) => history.add(now, workerValues(worker)),
    });
    follow(this.#rooms, status.rooms, {
      key: ({ lessonId }) => lessonId,
      make: () => new HourHistory(ofRoom),
      add: (history, room) => history.add(now, roomValues(room)),
    });
  }

  server(now: Instant): LoadHistory {
    return { stepMs, ...this.#server.read(now) };
  }

  /** Null of one that does not live. */
  worker(pid: number, now: Instant): LoadHistory | null {
    const history = this.#workers.get(pid);
    return history === undefined ? null : { stepMs, ...history.read(now) };
  }

  /** Null of one that is not open. */
  room(lessonId: LessonId, now: Instant): LoadHistory | null {
    const history = this.#rooms.get(lessonId);
    return history === undefined ? null : { stepMs, ...history.read(now) };
  }
}

function follow<Key, Row, History>(
  histories: Map<Key, History>,
  rows: readonly Row[],
  { key, make, add }: { key(row: Row): Key; make(): History; add(history: History, row: Row): void },
): void {
  const live = new Set(rows.map(key));
  for (const old of histories.keys()) if (!live.has(old)) histories.delete(old);
  for (const row of rows) {
    const history = histories.get(key(row)) ?? make();
    histories.set(key(row), history);
    add(history, row);
  }
}

function serverValues(status: Status): Values<LoadFigure> {
  const { people, rooms, sockets, producers, consumers, inBps, outBps, lossShare, processCpuShare, workers, joins } = status;
  const { machineLoad, cores, memoryBytes, diskFreeBytes, eventLoopDelayMs } = status;
  return {
    ...{ people, rooms: rooms.length, sockets, producers, consumers, inBps, outBps, lossShare, processCpuShare },
    workerCpuShare: workers.length === 0 ? null : Math.max(...workers.map(({ cpuShare }) => cpuShare)),
    machineLoad: machineLoad / Math.max(1, cores),
    ...{ memoryBytes, diskFreeBytes, eventLoopDelayMs, joinP50Ms: joins.p50Ms, joinP95Ms: joins.p95Ms },
  };
}

function workerValues({ cpuShare, rooms, producers, consumers, inBps, outBps, lossShare }: WorkerStatus): Values<OfWorker> {
  return { workerCpuShare: cpuShare, rooms, producers, consumers, inBps, outBps, lossShare };
}

function roomValues({ participants, producers, consumers, inBps, outBps, lossShare }: RoomStatus): Values<OfRoom> {
  return { people: participants, producers, consumers, inBps, outBps, lossShare };
}
