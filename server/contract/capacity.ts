// How hard the server is pressed, as rooms and their people are told of it; and what is expected of the next hours, as administrators see it.
import { z } from 'zod';
import { Instant, LessonId } from './ids.ts';

/**
 * What a room does without, worst last; each contains those before it. Sound, and what teachers and assistants send, are never touched.
 * `no-new-cameras`: students and guests turn no further camera on. `low-layers`: pictures flow in their small layers.
 * `no-student-cameras`: cameras of students and guests do not flow.
 */
export const Pressure = z.enum(['none', 'no-new-cameras', 'low-layers', 'no-student-cameras']);
export type Pressure = z.infer<typeof Pressure>;

export function isAtLeast(pressure: Pressure, level: Pressure): boolean {
  return Pressure.options.indexOf(pressure) >= Pressure.options.indexOf(level);
}

export function worstOf(pressures: Iterable<Pressure>): Pressure {
  let worst: Pressure = 'none';
  for (const each of pressures) if (!isAtLeast(worst, each)) worst = each;
  return worst;
}

/** A stretch of the next hours that is near what the media workers are planned for, or over it. Shares: 1 is all that they are planned for. */
export const CapacityPeak = z.object({
  level: z.enum(['near', 'over']),
  startsAt: Instant,
  endsAt: Instant,
  /** In class at the fullest. */
  people: z.number().int(),
  share: z.number(),
});
export type CapacityPeak = z.infer<typeof CapacityPeak>;

/** Nice values of processes: lower goes first. Null: there is none, or it is not known. */
export const PriorityReport = z.object({
  main: z.number().nullable(),
  recorder: z.number().nullable(),
  /** Of the worker that comes last. */
  workers: z.number().nullable(),
  /** Workers go before the usual, before the recorder, and not after the main process. */
  isRaised: z.boolean(),
});
export type PriorityReport = z.infer<typeof PriorityReport>;

/** What this machine carries and will have to. */
export const CapacityView = z.object({
  now: Instant,
  /** Of one media worker, in viewers with sound and one picture each. */
  viewersPerCore: z.number().int(),
  /** False: rooms never do without. */
  relief: z.boolean(),
  /** What all rooms do without. */
  overall: Pressure,
  /** Rooms that do without something now. */
  roomsPressed: z.number().int(),
  workers: z.array(
    z.object({
      pid: z.number().int(),
      pressure: Pressure,
      /** Of one core; null before it is known. */
      cpuShare: z.number().nullable(),
      packetsPerSecond: z.number(),
      /** Of what is planned for it, with what is expected of its rooms. */
      plannedShare: z.number(),
    }),
  ),
  /** Null beside a media engine without processes. */
  priority: PriorityReport.nullable(),
  /** The next four hours. */
  quarters: z.array(
    z.object({ startsAt: Instant, lessons: z.number().int(), people: z.number().int(), consumers: z.number().int(), share: z.number() }),
  ),
  peaks: z.array(CapacityPeak),
  /** At most five: what asks for most in the fullest quarter. */
  heaviest: z.array(
    z.object({
      lessonId: LessonId,
      title: z.string(),
      courseTitle: z.string(),
      startsAt: Instant,
      people: z.number().int(),
      share: z.number(),
    }),
  ),
});
export type CapacityView = z.infer<typeof CapacityView>;
