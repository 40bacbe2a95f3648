// Builds what keeps the classes within what this machine can carry: what is expected of lessons, the pressure of now, the priority of the workers.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { limitsFor, viewerUnits } from './adapters/mediasoup/placement.ts';
import type { Rooms } from './app-rooms.ts';
import { TurnoutStore } from './attendance/turnout.store.ts';
import { capacityHttp } from './capacity/capacity.http.ts';
import { CapacityService } from './capacity/capacity.service.ts';
import type { PlannedLesson } from './capacity/expected.ts';
import { ForecastService, type Past } from './capacity/forecast.service.ts';
import { type Host, HostMeter, idleHost } from './capacity/host.ts';
import { systemPriorities, WorkerPriority } from './capacity/priority.ts';
import { CapacityViewService } from './capacity/view.service.ts';
import type { CapacityPeak } from './contract/capacity.ts';
import type { LessonId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { ExpectedLoad, MediaEngine } from './ports/media.ts';
import { RosterStore } from './timetable/roster.store.ts';
import { TimetableStore } from './timetable/timetable.store.ts';

/** More than a large university has in four hours. */
const mostLessons = 5_000;

export interface Capacity {
  readonly routers: readonly Router[];
  /** What is measured of workers and rooms. */
  readonly pressure: Pick<CapacityService, 'workers' | 'overall' | 'roomsPressed'>;
  /** Of a lesson whose room opens; answers at once. */
  expected(lessonId: LessonId): ExpectedLoad;
  /** Classes do without something already: nothing else may burden the machine. */
  isPressed(): boolean;
  /** The next hours have been looked at. */
  start(): Promise<void>;
  /** Safe twice. */
  close(): void;
}

interface Parts {
  readonly config: Pick<Config, 'capacity'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: MediaEngine;
  /** Where the media are: in processes whose priority counts, or in this one, which does no work for them. */
  readonly media: 'processes' | 'here';
  readonly rooms: () => Rooms;
  readonly recorderPid: () => number | undefined;
  /** Administrators are told what is to come. */
  readonly tell: (peak: CapacityPeak) => void;
}

export function openCapacity({ config, db, clock, log, engine, media, rooms, recorderPid, tell }: Parts): Capacity {
  const { viewersPerCore, relief, reliefFromShare } = config.capacity;
  const host: Host = media === 'here' ? idleHost : new HostMeter();
  const priority = media === 'here' ? null : new WorkerPriority({ priorities: systemPriorities, mainPid: process.pid, recorderPid, log });
  const capacity = new CapacityService({
    ...{ clock, log, host, reliefFrom: relief ? reliefFromShare : null },
    engine,
    rooms: {
      open: () => rooms().service.open(),
      setPressure: (lessonId, pressure) => rooms().service.setPressure(lessonId, pressure),
    },
    media: { workersOf: (lessonId) => rooms().media.workersOf(lessonId) },
    sampled: (pids) => priority?.lookAfter(pids),
  });
  const forecast = new ForecastService({
    ...{ clock, log, tell, past: pastOf(db) },
    cost: { viewerUnits, workerUnits: limitsFor({ viewersPerWorker: viewersPerCore }).planned },
    // A drained worker (B22) takes nothing of what is to come.
    workers: async () => (await engine.load()).filter(({ drained }) => !drained).length,
    planOf: (lessonId) => planOf(rooms(), lessonId),
  });
  const view = new CapacityViewService({
    ...{ clock, capacity, forecast, viewersPerCore, relief },
    priority: (pids) => priority?.report(pids) ?? null,
  });
  return {
    routers: [capacityHttp(view)],
    pressure: capacity,
    expected: (lessonId) => forecast.of(lessonId),
    isPressed: () => capacity.overall !== 'none' || capacity.workers.some(({ pressure }) => pressure !== 'none'),
    async start() {
      await Promise.all([forecast.start(), capacity.sample()]);
    },
    close() {
      capacity.close();
      forecast.close();
    },
  };
}

function pastOf(db: Kysely<Database>): Past {
  const lessons = new TimetableStore(db);
  const rosters = new RosterStore(db);
  const turnout = new TurnoutStore(db);
  return {
    async lessons(from, to) {
      const found = await lessons.listAll({ from, to }, mostLessons);
      return found
        .filter(({ cancelled, endedAt }) => !cancelled && endedAt === null)
        .map(({ endsAt, extendedTo, ...lesson }) => ({ ...lesson, endsAt: extendedTo ?? endsAt }));
    },
    rosters: (ids) => rosters.sizes(ids),
    async groupsOf(ids) {
      const groups = await lessons.groupsOf(ids);
      return new Map([...groups].map(([id, of]) => [id, of.map((group) => group.id)]));
    },
    turnoutOfCourses: (ids, since) => turnout.ofCourses(ids, since),
    turnoutOfGroups: (ids, since) => turnout.ofGroups(ids, since),
  };
}

/** An open room knows who belongs to it, and how it behaves. */
function planOf({ service }: Rooms, lessonId: LessonId): PlannedLesson | null {
  const plan = service.planOf(lessonId);
  return plan === null ? null : { kind: plan.kind, mode: 'online', rules: plan.rules, roster: plan.rosterIds.size };
}
