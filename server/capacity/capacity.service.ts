// Watches the load of the media workers and the machine, and tells rooms what they do without. Rules B10 to B13.
import { type Pressure, worstOf } from '../contract/capacity.ts';
import type { LessonId } from '../contract/ids.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { WorkerLoad } from '../ports/media.ts';
import type { Host } from './host.ts';
import { type PressureState, pressedBy, type Strain, type Thresholds, thresholdsFrom, unpressed } from './pressure.ts';
import { strainOfMachine, strainOfProcess, strainOfWorker } from './strain.ts';

export interface CapacityOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: { load(): Promise<readonly WorkerLoad[]> };
  readonly host: Host;
  readonly rooms: {
    open(): readonly LessonId[];
    /** Does nothing when it is so already, or the room is closed. */
    setPressure(lessonId: LessonId, pressure: Pressure): Promise<void>;
  };
  /** The workers that carry a room. */
  readonly media: { workersOf(lessonId: LessonId): readonly number[] };
  /** From which share of a core on rooms do without; null: never. */
  readonly reliefFrom: number | null;
  /** The workers that live have been looked at. */
  readonly sampled?: (pids: readonly number[]) => void;
}

export interface WorkerPressure {
  readonly load: WorkerLoad;
  readonly pressure: Pressure;
}

const sampleMs = 2_000;

export class CapacityService {
  readonly #options: CapacityOptions;
  readonly #thresholds: Thresholds | null;
  readonly #timer: Timer;
  #workers: ReadonlyMap<number, PressureState> = new Map();
  #process = unpressed;
  #machine = unpressed;
  #loads: readonly WorkerLoad[] = [];
  #sampling: Promise<void> | null = null;

  constructor(options: CapacityOptions) {
    this.#options = options;
    this.#thresholds = options.reliefFrom === null ? null : thresholdsFrom(options.reliefFrom);
    this.#timer = options.clock.every(sampleMs, () => {
      this.sample().catch((error: unknown) =>
        options.log.error({ error }, 'The load of the media workers could not be looked at, or not be told to a room'),
      );
    });
  }

  /** As measured last. */
  get workers(): readonly WorkerPressure[] {
    return this.#loads.map((load) => ({ load, pressure: this.#workers.get(load.pid)?.level ?? 'none' }));
  }

  /** B12: what the server as a whole imposes on every room. */
  get overall(): Pressure {
    return worstOf([this.#process.level, this.#machine.level]);
  }

  get roomsPressed(): number {
    return this.#options.rooms.open().filter((lessonId) => this.pressureOf(lessonId) !== 'none').length;
  }

  /** B12: a room feels its own workers and the machine. */
  pressureOf(lessonId: LessonId): Pressure {
    const levels = this.#options.media.workersOf(lessonId).map((pid) => this.#workers.get(pid)?.level ?? 'none');
    return worstOf([this.overall, ...levels]);
  }

  /** Resolves when every room knows what it does without. One at a time: a worker that is slow to answer is not asked twice. */
  sample(): Promise<void> {
    this.#sampling ??= this.#sample().finally(() => {
      this.#sampling = null;
    });
    return this.#sampling;
  }

  /** Safe twice. */
  close(): void {
    this.#timer.cancel();
    this.#options.host.close();
  }

  async #sample(): Promise<void> {
    const { engine, rooms, sampled } = this.#options;
    this.#loads = await engine.load().catch(() => []);
    sampled?.(this.#loads.map(({ pid }) => pid));
    this.#judge();
    await Promise.all(rooms.open().map((lessonId) => rooms.setPressure(lessonId, this.pressureOf(lessonId))));
  }

  #judge(): void {
    const { host, reliefFrom } = this.#options;
    const reading = host.read();
    if (this.#thresholds === null || reliefFrom === null) return;
    const thresholds = this.#thresholds;
    this.#process = this.#next('the main process', this.#process, strainOfProcess(reading), thresholds);
    this.#machine = this.#next('the machine', this.#machine, strainOfMachine(reading, this.#loads), thresholds);
    this.#workers = new Map(
      this.#loads.map((load) => {
        const before = this.#workers.get(load.pid) ?? unpressed;
        return [load.pid, this.#next(`media worker ${load.pid}`, before, strainOfWorker(load, reliefFrom), thresholds)];
      }),
    );
  }

  #next(what: string, before: PressureState, strain: Strain | null, thresholds: Thresholds): PressureState {
    const { clock, log } = this.#options;
    const next = pressedBy(before, strain, thresholds, clock.now());
    const told = { what, from: before.level, to: next.level, share: strain === null ? null : Math.round(strain.share * 100) / 100 };
    if (next.level === 'none' && before.level !== 'none')
      log.info(told, 'The load is bearable again, and rooms have back what they did without');
    else if (next.level !== before.level) log.warn(told, 'Near its limit: what rooms do without has changed');
    return next;
  }
}
