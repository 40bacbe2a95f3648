// Builds the timetable around the live rooms: lessons, the catalogue, the way in.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Identity } from './app-identity.ts';
import { newId } from './app-layout.ts';
import { openPlan } from './app-plan.ts';
import type { Audit } from './audit/audit.service.ts';
import type { RtpCapabilities } from './contract/media.ts';
import type { Database } from './database/tables.ts';
import { FactBus, type TimetableFact } from './facts.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { ChangesService } from './timetable/changes.service.ts';
import { ChangesStore } from './timetable/changes.store.ts';
import { EntranceService, type NotGiven } from './timetable/entrance.service.ts';
import { NewLessonService } from './timetable/new-lesson.service.ts';
import { RosterStore } from './timetable/roster.store.ts';
import { timetableHttp } from './timetable/timetable.http.ts';
import { type CountRecordings, type LiveRooms, TimetableService } from './timetable/timetable.service.ts';
import { TimetableStore } from './timetable/timetable.store.ts';

export interface Timetable {
  readonly service: TimetableService;
  /** What changes in the plan of lessons is told here, after it is in the database. */
  readonly bus: FactBus<TimetableFact>;
  readonly routers: readonly Router[];
  /** Resolves when no lessons are being laid out any longer. Safe twice. */
  close(): Promise<void>;
}

export function openTimetable({
  config,
  db,
  clock,
  log,
  identity,
  audit,
  live,
  capabilities,
  countRecordings,
  refused,
}: {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: Identity;
  readonly audit: Audit;
  readonly live: LiveRooms;
  /** What every room offers; asked when the first person enters. */
  readonly capabilities: () => RtpCapabilities;
  readonly countRecordings: CountRecordings;
  /** Who with an account was not given a token for a room. */
  readonly refused: NotGiven;
}): Timetable {
  const { room: door, timeZone } = config;
  const bus = new FactBus<TimetableFact>((listener, fact, error) =>
    log.error({ error, listener, fact: fact.type }, 'A listener to what is planned failed'),
  );
  const store = new TimetableStore(db);
  const rosters = new RosterStore(db);
  const service = new TimetableService({ store, rosters, live, clock, timeZone, door, countRecordings });
  const plan = openPlan({ db, timeZone, clock, log, audit, bus, live, fields: config.shares.limits });
  const entrance = new EntranceService({ timetable: service, store, tokens: identity.tokens, capabilities, clock, door, audit, refused });
  const newLessons = new NewLessonService({ store, rosters, audit, clock, newId });
  const changes = new ChangesService({
    ...{ store: new ChangesStore(db), timetable: service, live, audit, clock, timeZone, newId },
    publish: (facts) => bus.publish(facts),
    layOut: () => plan.catchUp(),
  });
  plan.catchUp().catch((error: unknown) => log.error({ error }, 'Lessons that wait to be laid out from their weekly plan were not'));
  return {
    service,
    bus,
    routers: [timetableHttp({ timetable: service, newLessons, changes, entrance }), ...plan.routers],
    close: () => plan.close(),
  };
}
