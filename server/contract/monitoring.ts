// The figures of the load page, as they cross the wire: now, and over the last hour.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { Instant, LessonId } from './ids.ts';

/** What people's devices send and receive, in bits a second, and the mean loss over the lines that carry something, 0 to 1. */
const line = { inBps: z.number(), outBps: z.number(), lossShare: z.number() };

export const WorkerStatus = z.object({
  pid: z.number().int(),
  /** B22: takes no new rooms and no new viewers. */
  drained: z.boolean(),
  /** B23: the last one that is not drained cannot be. */
  mayDrain: z.boolean(),
  cpuShare: z.number(),
  /** Of what is planned for it, with what is expected of its rooms. */
  plannedShare: z.number(),
  rooms: z.number().int(),
  transports: z.number().int(),
  producers: z.number().int(),
  consumers: z.number().int(),
  ...line,
});
export type WorkerStatus = z.infer<typeof WorkerStatus>;

export const RoomStatus = z.object({
  lessonId: LessonId,
  title: z.string(),
  courseTitle: z.string(),
  openedAt: Instant,
  participants: z.number().int(),
  dropped: z.number().int(),
  waiting: z.number().int(),
  producers: z.number().int(),
  consumers: z.number().int(),
  recording: z.enum(['off', 'recording', 'paused']),
  worstQuality: z.enum(['good', 'fair', 'bad', 'unknown']),
  /** Process ids of the media workers that carry it. */
  workers: z.array(z.number().int()),
  ...line,
});
export type RoomStatus = z.infer<typeof RoomStatus>;

export const Status = z.object({
  now: Instant,
  version: z.string(),
  startedAt: Instant,
  people: z.number().int(),
  sockets: z.number().int(),
  /** Tracks that are published, and subscriptions to them, over all rooms. */
  producers: z.number().int(),
  consumers: z.number().int(),
  processCpuShare: z.number(),
  machineLoad: z.number(),
  cores: z.number().int(),
  memoryBytes: z.number(),
  eventLoopDelayMs: z.number(),
  ...line,
  joins: z.object({ lastMinute: z.number().int(), p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  diskFreeBytes: z.number().nullable(),
  workers: z.array(WorkerStatus),
  rooms: z.array(RoomStatus),
});
export type Status = z.infer<typeof Status>;

/** What is kept of the last hour: all of it of the server, of a worker or a room what there is of them. */
export const LoadFigure = z.enum([
  'people',
  'rooms',
  'sockets',
  'producers',
  'consumers',
  'inBps',
  'outBps',
  'lossShare',
  'processCpuShare',
  'workerCpuShare', // of the server: its busiest
  'machineLoad', // for each core
  'memoryBytes',
  'diskFreeBytes',
  'eventLoopDelayMs',
  'joinP50Ms',
  'joinP95Ms',
]);
export type LoadFigure = z.infer<typeof LoadFigure>;

/** Of the whole server, or of one worker or room. */
export const LoadHistoryQuery = z
  .object({ worker: z.coerce.number().int().positive().optional(), room: LessonId.optional() })
  .refine(({ worker, room }) => worker === undefined || room === undefined, 'one worker or one room');

/** B21: a figure has one value for each moment, null where there was nothing to measure; the oldest first, evenly `stepMs` apart but where the server slept. */
export const LoadHistory = z.object({
  stepMs: z.number().int(),
  at: z.array(Instant),
  series: z.partialRecord(LoadFigure, z.array(z.number().nullable())),
});
export type LoadHistory = z.infer<typeof LoadHistory>;

export const WorkerDraining = z.object({ drained: z.boolean() });

/** M16: why, told to everybody in the room in these words. */
export const RoomEnding = z.object({ note: cleanName(200) });
