// Collects the figures of the whole server for the status page.
import { statfs } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { Status } from '../contract/monitoring.ts';
import type { Quality, RecordingView } from '../contract/room.ts';
import type { Traffic } from '../media/line-watch.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { WorkerLoad } from '../ports/media.ts';
import { RecentJoins } from './joins.ts';
import { type RoomFigures, sum } from './readings.ts';

export interface MonitoringOptions {
  readonly version: string;
  readonly clock: Clock;
  /** Whose disk is watched. */
  readonly dataDir: string;
  readonly rooms: { figures(): readonly RoomFigures[] };
  readonly engine: { load(): Promise<readonly WorkerLoad[]> };
  readonly recording: { view(lessonId: LessonId): RecordingView };
  sockets(): number;
  readonly media: {
    traffic(): Traffic;
    figures(lessonId: LessonId): { readonly producers: number; readonly consumers: number };
    worstQuality(lessonId: LessonId): Quality;
  };
}

const sampleMs = 5_000;

interface Sample {
  readonly at: Instant;
  readonly processCpuSeconds: number;
  readonly workers: ReadonlyMap<number, number>;
}

export class MonitoringService {
  readonly #options: MonitoringOptions;
  readonly #joins = new RecentJoins();
  readonly #startedAt: Instant;
  readonly #loopDelay = monitorEventLoopDelay({ resolution: 20 });
  readonly #timer: Timer;
  #before: Sample;
  #latest: Sample;
  #loopDelayMs = 0;

  constructor(options: MonitoringOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#before = this.#latest = { at: this.#startedAt, processCpuSeconds: processCpuSeconds(), workers: new Map() };
    this.#loopDelay.enable();
    this.#timer = options.clock.every(sampleMs, () => void this.#sample());
  }

  /** For the socket server: every answered request. */
  answered(name: string, outcome: string, durationMs: number): void {
    if (name === 'room:join' && outcome === 'ok') this.#joins.add(this.#options.clock.now(), durationMs);
  }

  async status(): Promise<Status> {
    const { version, clock, media, rooms, recording, engine, sockets } = this.#options;
    const figures = rooms.figures();
    const [workers, diskFreeBytes] = await Promise.all([engine.load(), this.#diskFree()]);
    const { bpsIn, bpsOut, lossShare } = media.traffic();
    return {
      now: clock.now(),
      version,
      startedAt: this.#startedAt,
      people: sum(figures, ({ participants }) => participants),
      sockets: sockets(),
      processCpuShare: this.#share(this.#before.processCpuSeconds, this.#latest.processCpuSeconds),
      machineLoad: loadavg()[0] ?? 0,
      cores: availableParallelism(),
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayMs: this.#loopDelayMs,
      inBps: bpsIn,
      outBps: bpsOut,
      lossShare,
      joins: this.#joins.figures(clock.now()),
      diskFreeBytes,
      workers: workers.map(({ pid, rooms, transports, producers, consumers }) => ({
        ...{ pid, rooms, transports, producers, consumers },
        cpuShare: this.#share(this.#before.workers.get(pid), this.#latest.workers.get(pid)),
      })),
      rooms: figures.map((room) => ({
        ...room,
        ...media.figures(room.lessonId),
        recording: recording.view(room.lessonId).state,
        worstQuality: media.worstQuality(room.lessonId),
      })),
    };
  }

  close(): void {
    this.#timer.cancel();
    this.#loopDelay.disable();
  }

  async #sample(): Promise<void> {
    const workers = await this.#options.engine.load().catch(() => []);
    this.#before = this.#latest;
    this.#latest = {
      at: this.#options.clock.now(),
      processCpuSeconds: processCpuSeconds(),
      workers: new Map(workers.map(({ pid, cpuSeconds }) => [pid, cpuSeconds])),
    };
    const mean = this.#loopDelay.mean / 1e6;
    this.#loopDelayMs = Number.isFinite(mean) ? mean : 0;
    this.#loopDelay.reset();
  }

  /** Of one core, over the last sampling interval. */
  #share(before: number | undefined, latest: number | undefined): number {
    const elapsedSeconds = (this.#latest.at - this.#before.at) / 1000;
    if (before === undefined || latest === undefined || elapsedSeconds <= 0) return 0;
    return Math.max(0, latest - before) / elapsedSeconds;
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

function processCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
