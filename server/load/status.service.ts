// Collects the figures of now, of the server, its media workers and its rooms, for the load page.
import { statfs } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { RoomStatus, Status, WorkerStatus } from '../contract/monitoring.ts';
import type { RecordingView } from '../contract/room.ts';
import type { Carrying, Flows } from '../media/line-flow.ts';
import { RecentJoins } from '../monitoring/joins.ts';
import { type RoomFigures, sum } from '../monitoring/readings.ts';
import type { Clock } from '../ports/clock.ts';
import type { WorkerLoad } from '../ports/media.ts';
import { ProcessMeter } from './process-meter.ts';

export interface StatusOptions {
  readonly version: string;
  readonly clock: Clock;
  /** Whose disk is watched. */
  readonly dataDir: string;
  readonly rooms: { figures(): readonly RoomFigures[] };
  readonly engine: { load(): Promise<readonly WorkerLoad[]> };
  readonly media: {
    flows(): Flows;
    figures(lessonId: LessonId): { readonly producers: number; readonly consumers: number };
    workersOf(lessonId: LessonId): readonly number[];
  };
  readonly recording: { view(lessonId: LessonId): RecordingView };
  sockets(): number;
}

export class StatusService {
  readonly #options: StatusOptions;
  readonly #joins = new RecentJoins();
  readonly #process: ProcessMeter;
  readonly #startedAt: Instant;

  constructor(options: StatusOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#process = new ProcessMeter(options.clock);
  }

  /** For the socket server: every answered request. */
  answered(name: string, outcome: string, durationMs: number): void {
    if (name === 'room:join' && outcome === 'ok') this.#joins.add(this.#options.clock.now(), durationMs);
  }

  async status(): Promise<Status> {
    const { version, clock, engine, media, sockets } = this.#options;
    const [loads, diskFreeBytes] = await Promise.all([engine.load(), this.#diskFree()]);
    const flows = media.flows();
    const rooms = this.#rooms(flows);
    const { cpuShare, loopDelayMs } = this.#process.now;
    return {
      ...{ now: clock.now(), version, startedAt: this.#startedAt, diskFreeBytes },
      people: sum(rooms, ({ participants }) => participants),
      sockets: sockets(),
      producers: sum(rooms, ({ producers }) => producers),
      consumers: sum(rooms, ({ consumers }) => consumers),
      processCpuShare: cpuShare,
      machineLoad: loadavg()[0] ?? 0,
      cores: availableParallelism(),
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayMs: loopDelayMs,
      ...lineOf(flows.all),
      joins: this.#joins.figures(clock.now()),
      workers: loads.map((load) => workerOf(load, flows.workers.get(load.pid))),
      rooms,
    };
  }

  close(): void {
    this.#process.close();
  }

  #rooms(flows: Flows): RoomStatus[] {
    const { rooms, media, recording } = this.#options;
    return rooms.figures().map((room) => {
      const flow = flows.rooms.get(room.lessonId);
      return {
        ...room,
        ...media.figures(room.lessonId),
        recording: recording.view(room.lessonId).state,
        worstQuality: flow?.worst ?? 'unknown',
        workers: [...media.workersOf(room.lessonId)],
        ...lineOf(flow),
      };
    });
  }

  async #diskFree(): Promise<number | null> {
    try {
      const { bavail, bsize } = await statfs(this.#options.dataDir);
      return bavail * bsize;
    } catch {
      return null;
    }
  }
}

function workerOf(load: WorkerLoad, flow: Carrying | undefined): WorkerStatus {
  const { pid, drained, mayDrain, cpuShare, budget, rooms, transports, producers, consumers } = load;
  return {
    ...{ pid, drained, mayDrain, rooms, transports, producers, consumers },
    cpuShare: cpuShare ?? 0,
    plannedShare: budget.limit > 0 ? budget.used / budget.limit : 0,
    ...lineOf(flow),
  };
}

/** Undefined of what has no line that was measured. */
function lineOf(carrying: Carrying | undefined): Pick<Status, 'inBps' | 'outBps' | 'lossShare'> {
  const { bpsIn, bpsOut, lossShare } = carrying ?? { bpsIn: 0, bpsOut: 0, lossShare: 0 };
  return { inBps: bpsIn, outBps: bpsOut, lossShare };
}
