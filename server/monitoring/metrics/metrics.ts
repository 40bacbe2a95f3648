// All metrics for Prometheus, by their subjects: counted as things happen, or read when somebody asks. Rules Y1 to Y9.
import type { DatabaseFigures } from '../../database/figures.ts';
import type { Fact } from '../../facts.ts';
import { type BoardMetrics, type BoardReading, boardMetrics } from './board.ts';
import { type DatabaseMetrics, databaseMetrics } from './database.ts';
import { type HttpMetrics, httpMetrics } from './http.ts';
import { Instruments, type Shape } from './instruments.ts';
import { joinMetrics } from './joins.ts';
import { type LineMetrics, lineMetrics } from './lines.ts';
import { type MachineMetrics, type MachineReading, machineMetrics } from './machine.ts';
import { qualityMetrics } from './quality.ts';
import { type RecorderMetrics, type RecorderReading, recorderMetrics } from './recorder.ts';
import { type RecordsMetrics, type RecordsReading, recordsMetrics } from './records.ts';
import { type RoomMetrics, type RoomReading, roomMetrics } from './rooms.ts';
import { type SocketMetrics, socketMetrics } from './sockets.ts';
import { type TrafficMetrics, trafficMetrics } from './traffic.ts';
import { type WorkerMetrics, type WorkerReading, workerMetrics } from './workers.ts';

/** What is read at the moment of asking. */
export interface Readings {
  readonly sockets: number;
  readonly rooms: RoomReading;
  readonly workers: WorkerReading;
  readonly traffic: Parameters<TrafficMetrics['set']>[0];
  readonly recorder: RecorderReading;
  readonly records: RecordsReading;
  readonly database: DatabaseFigures | null;
  readonly machine: MachineReading;
  readonly board: BoardReading;
}

export class Metrics {
  readonly http: HttpMetrics;
  readonly sockets: SocketMetrics;
  readonly rooms: RoomMetrics;
  readonly lines: LineMetrics;
  readonly workers: WorkerMetrics;
  readonly recorder: RecorderMetrics;
  readonly database: DatabaseMetrics;
  readonly #traffic: TrafficMetrics;
  readonly #records: RecordsMetrics;
  readonly #machine: MachineMetrics;
  readonly #board: BoardMetrics;
  readonly #instruments = new Instruments();

  constructor(version: string) {
    const instruments = this.#instruments;
    instruments.collectOfProcess();
    const joins = joinMetrics(instruments);
    this.http = httpMetrics(instruments, joins.asked);
    this.sockets = socketMetrics(instruments, joins);
    this.rooms = roomMetrics(instruments);
    this.lines = lineMetrics(qualityMetrics(instruments), joins);
    this.workers = workerMetrics(instruments);
    this.recorder = recorderMetrics(instruments);
    this.database = databaseMetrics(instruments);
    this.#traffic = trafficMetrics(instruments);
    this.#records = recordsMetrics(instruments);
    this.#machine = machineMetrics(instruments, version);
    this.#board = boardMetrics(instruments);
  }

  get contentType(): string {
    return this.#instruments.registry.contentType;
  }

  /** Our own by their names: what dashboards and alerts can ask about. */
  get shapes(): ReadonlyMap<string, Shape> {
    return this.#instruments.shapes;
  }

  heard(fact: Fact): void {
    this.rooms.heard(fact);
    this.lines.heard(fact);
  }

  text(readings: Readings): Promise<string> {
    this.sockets.set(readings.sockets);
    this.rooms.set(readings.rooms);
    this.workers.set(readings.workers);
    this.recorder.set(readings.recorder);
    this.database.set(readings.database);
    this.#traffic.set(readings.traffic);
    this.#records.set(readings.records);
    this.#machine.set(readings.machine);
    this.#board.set(readings.board);
    return this.#instruments.registry.metrics();
  }
}
