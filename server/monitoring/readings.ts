// What the metrics read at the moment when somebody asks for them. Rule Y3: what hangs is left out, and the rest is told.
import { statfs } from 'node:fs/promises';
import type { Instant, LessonId } from '../contract/ids.ts';
import type { RecordingView } from '../contract/room.ts';
import type { DatabaseFigures } from '../database/figures.ts';
import type { Traffic } from '../media/line-watch.ts';
import type { Clock } from '../ports/clock.ts';
import type { BoardReading } from './metrics/board.ts';
import type { MachineReading } from './metrics/machine.ts';
import type { Readings } from './metrics/metrics.ts';
import type { RecorderReading } from './metrics/recorder.ts';
import type { RecordsReading } from './metrics/records.ts';
import type { WorkerReading } from './metrics/workers.ts';

export interface RoomFigures {
  readonly lessonId: LessonId;
  readonly title: string;
  readonly courseTitle: string;
  readonly openedAt: Instant;
  readonly participants: number;
  readonly dropped: number;
  readonly waiting: number;
}

/** The parts of the server that are read. */
export interface Sources {
  readonly clock: Clock;
  /** Whose disk is watched. */
  readonly dataDir: string;
  readonly certificateEndsAt: number | null;
  readonly workersWanted: number;
  readonly rooms: { figures(): readonly RoomFigures[] };
  readonly media: { traffic(): Traffic };
  readonly capacity: WorkerReading['capacity'];
  readonly recording: { view(lessonId: LessonId): Pick<RecordingView, 'state'> };
  readonly space: { now(): RecorderReading['space'] };
  readonly outbox: { figures(): Promise<NonNullable<RecordsReading['outbox']>> };
  readonly holding: { figures(): RecordsReading['holding'] };
  readonly database: { figures(): Promise<DatabaseFigures> };
  readonly history: { lost(): number };
  readonly board: { figures(): BoardReading };
  sockets(): number;
}

/** Prometheus waits ten seconds by itself; a database that is away would take them all. */
const patienceMs = 1_500;

export async function readAll(sources: Sources): Promise<Readings> {
  const { rooms, recording, media, capacity, space, holding, workersWanted, sockets } = sources;
  const figures = rooms.figures();
  const states = figures.map(({ lessonId }) => recording.view(lessonId).state);
  const [outbox, database, disk] = await Promise.all([
    orNull(sources.outbox.figures(), sources.clock),
    orNull(sources.database.figures(), sources.clock),
    diskOf(sources.dataDir),
  ]);
  return {
    sockets: sockets(),
    rooms: {
      rooms: figures.length,
      participants: {
        here: sum(figures, ({ participants, dropped }) => participants - dropped),
        dropped: sum(figures, ({ dropped }) => dropped),
        waiting: sum(figures, ({ waiting }) => waiting),
      },
    },
    workers: { wanted: workersWanted, capacity },
    traffic: media.traffic(),
    recorder: {
      recording: states.filter((state) => state === 'recording').length,
      paused: states.filter((state) => state === 'paused').length,
      space: space.now(),
    },
    records: { outbox, historyLost: sources.history.lost(), holding: holding.figures() },
    database,
    machine: { disk, certificateEndsAt: sources.certificateEndsAt },
    board: sources.board.figures(),
  };
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

async function diskOf(folder: string): Promise<MachineReading['disk']> {
  try {
    const { bavail, bfree, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: (blocks - bfree + bavail) * bsize };
  } catch {
    return null;
  }
}

async function orNull<T>(work: Promise<T>, clock: Clock): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = clock.after(patienceMs, () => late.resolve(null));
  try {
    return await Promise.race([work, late.promise]);
  } catch {
    return null;
  } finally {
    timer.cancel();
  }
}
