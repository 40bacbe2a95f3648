// The figures of the status page, as they cross the wire.
import { z } from 'zod';
import { Instant, LessonId } from './ids.ts';

export const WorkerStatus = z.object({
  pid: z.number().int(),
  cpuShare: z.number(),
  rooms: z.number().int(),
  transports: z.number().int(),
  producers: z.number().int(),
  consumers: z.number().int(),
});

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
});

export const Status = z.object({
  now: Instant,
  version: z.string(),
  startedAt: Instant,
  people: z.number().int(),
  sockets: z.number().int(),
  processCpuShare: z.number(),
  machineLoad: z.number(),
  cores: z.number().int(),
  memoryBytes: z.number(),
  eventLoopDelayMs: z.number(),
  inBps: z.number(),
  outBps: z.number(),
  lossShare: z.number(),
  joins: z.object({ lastMinute: z.number().int(), p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  diskFreeBytes: z.number().nullable(),
  workers: z.array(WorkerStatus),
  rooms: z.array(RoomStatus),
});
export type Status = z.infer<typeof Status>;
