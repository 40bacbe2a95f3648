// Builds the timetable, the register and the recordings around the live rooms, in the order in which they start and stop.
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { MediasoupEngine } from './adapters/mediasoup/engine.ts';
import { openAttendance } from './app-attendance.ts';
import { openCapacity } from './app-capacity.ts';
import { openConnectionTest } from './app-connection-test.ts';
import { openCourses } from './app-courses.ts';
import { openDiagnosis } from './app-diagnosis.ts';
import { openHolding } from './app-holding.ts';
import type { Identity } from './app-identity.ts';
import { openImports } from './app-import.ts';
import { openLiveRegister } from './app-live-register.ts';
import { type Load, openLoad } from './app-load.ts';
import { mediasoupOptions } from './app-media.ts';
import { openMetrics } from './app-metrics.ts';
import { openNotification } from './app-notification.ts';
import { openOutbox } from './app-outbox.ts';
import { recordingFor, recordingListener } from './app-recording.ts';
import { openRecordings } from './app-recordings.ts';
import { openReports } from './app-reports.ts';
import { openRooms, type Rooms } from './app-rooms.ts';
import { openShares } from './app-shares.ts';
import { openSituation } from './app-situation.ts';
import { openTimetable } from './app-timetable.ts';
import { openEvidence } from './app-trace.ts';
import { actorOf } from './audit/actor.ts';
import type { Audit } from './audit/audit.service.ts';
import type { LessonId, PersonId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import type { OpenDatabase } from './database/open.ts';
import type { Database } from './database/tables.ts';
import type { Peers } from './edge/http-peer.ts';
import type { OtherLimits } from './edge/socket-limits.ts';
import type { Seats } from './identity/seats.ts';
import type { Log } from './log.ts';
import type { Metrics } from './monitoring/metrics/metrics.ts';
import type { Clock } from './ports/clock.ts';
import type { MailPort } from './ports/mail.ts';
import type { MediaEngine } from './ports/media.ts';
import type { PushPort } from './ports/push.ts';
import { TraceService } from './trace/trace.service.ts';
import { TraceStore } from './trace/trace.store.ts';
import { tracedEngine } from './tracing/media.ts';
import { traceSockets } from './tracing/requests.ts';
import type { Tracing } from './tracing/tracing.ts';

export interface Classroom {
  readonly routers: readonly Router[];
  /** Rejects when no media worker lives. */
  checkMedia(): Promise<void>;
  /** Throws while something that happened waits for the database. */
  checkComplete(): void;
  /** Of people in the rooms: they follow the account. */
  readonly seats: Seats;
  /** Begins to tell people what changed, and other systems what happened; when the server listens, for mails say where. */
  startNotifying(): Promise<void>;
  /** Has the classes of the past judged that have come into the database with all that happened in them. */
  judgePast(): void;
  /** Tells the rooms, finishes the recordings, ends sockets and media; the HTTP server stops listening. Safe twice. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly database: Pick<OpenDatabase, 'holdWriting' | 'figures'>;
  readonly metrics: Metrics;
  /** Null: nothing is traced. */
  readonly tracing: Tracing | null;
  /** Of the certificate that the server shows itself; null without one. */
  readonly certificateEndsAt: number | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly peers: Peers;
  readonly server: Server;
  readonly identity: Identity;
  readonly audit: Audit;
  /** Missing: mediasoup. */
  readonly media: MediaEngine | undefined;
  /** Null: none is sent. */
  readonly mail: MailPort | null;
  readonly push: PushPort | null;
  /** Where browsers reach us, known when the server listens. */
  readonly origin: () => string;
  readonly version: string;
  /** Of sockets, where they are others than usual. */
  readonly limits: OtherLimits | undefined;
}

export async function openClassroom({
  config,
  db,
  database,
  metrics,
  tracing,
  certificateEndsAt,
  clock,
  log,
  peers,
  server,
  identity,
  audit,
  media,
  mail,
  push,
  origin,
  version,
  limits,
}: Parts): Promise<Classroom> {
  const { room: door } = config;
  const outbox = await openOutbox({ config, db, clock, log, audit });
  const holding = await openHolding({ config, db, clock, log, alsoWrite: outbox.alsoWrite });
  const traceStore = new TraceStore(db, { alsoWrite: outbox.alsoWrite, holding });
  const trace = new TraceService({ store: traceStore, clock, log });
  const live = {
    here: (lessonId: LessonId) => rooms.service.here(lessonId),
    planChanged: (lessonId: LessonId, by: PersonId) => rooms.service.planChanged(lessonId, by),
    wasGivenLead: (lessonId: LessonId, personId: PersonId) => rooms.service.wasGivenLead(lessonId, personId),
  };
  const diagnosis = await openDiagnosis({
    ...{ config, db, clock, log, audit, trace: traceStore },
    standing: (ref) => rooms.media.standing(ref),
  });
  const plan = openTimetable({
    ...{ config, db, clock, log, identity, audit, live },
    refused: (refusal) => diagnosis.hearer.refused({ ...refusal, guestName: null, place: 'token', device: '' }),
    capabilities: () => engine.rtpCapabilities,
    countRecordings: (person, lessonIds) => recorded.access.counts(person, lessonIds),
  });
  const timetable = plan.service;
  const areClassesRunning = () => rooms.sockets.engine.clientsCount > 0;
  const attendance = openAttendance({
    ...{ config, db, clock, log, audit, timetable, trace, traceStore, areClassesRunning },
    viewing: { untold: (id) => recorded.viewing.untold(id), settle: (id) => recorded.viewing.settle(id) },
  });
  const recorded = await openRecordings({
    ...{ config, db, clock, log, audit, peers, identity, trace, traceStore, timetable, attendance },
    rooms: () => rooms,
    holding,
    metrics: metrics.recorder,
    recorder: media ? 'here' : 'process',
    tellSpace: (news) => notifying.spaceLow(news),
  });
  const recordings = recorded.service;
  await trace.closeOpen(clock.now());
  await recorded.viewing.start();
  const evidence = openEvidence({ config, db, clock, log, audit });
  await evidence.sealing.start();

  const ownEngine = media ?? (await MediasoupEngine.open(mediasoupOptions(config, clock, log, () => metrics.workers.died())));
  const engine = tracing === null ? ownEngine : tracedEngine(ownEngine, tracing);
  const capacity = openCapacity({
    ...{ config, db, clock, log, engine, media: media ? 'here' : 'processes' },
    rooms: () => rooms,
    recorderPid: () => recorded.recorderPid(),
    tell: (peak) => notifying.capacityNear(peak),
  });
  const plans = {
    plan: (lessonId: LessonId) => timetable.plan(lessonId),
    accessOf: (personId: PersonId, session: string | undefined) => identity.service.accessOf(personId, session),
    end: (lessonId: LessonId, at: number) => timetable.end(lessonId, at),
    extend: (lessonId: LessonId, endsAt: number) => timetable.extend(lessonId, endsAt),
    async roleOf(lessonId: LessonId, personId: PersonId) {
      const person = await identity.service.person(personId);
      return person ? timetable.roleOf(lessonId, person) : 'none';
    },
  };
  const recording = recordingFor(recordings, async (id, mark, { personId, address }) => {
    const person = await identity.service.person(personId);
    if (!person) throw new Refused('not-allowed', 'There is no such account any more');
    return recorded.study.marks.add(id, mark, actorOf(person, address));
  });
  const rooms: Rooms = openRooms({
    ...{ peers, db, clock, log, trace, plans, door, engine, holding },
    http: server,
    tokens: identity.tokens,
    recording,
    expected: (lessonId) => capacity.expected(lessonId),
    ice: config.ice,
    ...(limits && { limits }),
    graceMs: config.room.graceSeconds * 1000,
    observersTold: door.observersTold,
    lines: [diagnosis.hearer, metrics.lines],
    ...(tracing !== null && { traced: traceSockets(tracing, peers) }),
    hearer: {
      ...metrics.sockets,
      answered(name, outcome, durationMs) {
        metrics.sockets.answered(name, outcome, durationMs);
        load.answered(name, outcome, durationMs);
      },
    },
  });
  rooms.bus.listen('recording', recordingListener({ recordings, rooms: rooms.service, log }));
  rooms.bus.listen('recordings', (fact) => {
    if (fact.type === 'recording-stopped') recorded.ended(fact.recordingId);
  });
  diagnosis.listen(rooms.bus);
  outbox.listen(rooms.bus);
  attendance.listen(rooms.bus, plan.bus);
  rooms.bus.listen('metrics', (fact) => metrics.heard(fact));
  const situation = openSituation({ config, db, clock, log, audit, aliveAt: () => traceStore.aliveAt() });
  situation.listen(rooms.bus, plan.bus);
  const load: Load = openLoad({ config, clock, log, audit, engine, rooms, recording, version });
  const figures = openMetrics({
    ...{ config, metrics, engine: media ? 'here' : 'processes' },
    sources: {
      ...{ rooms: rooms.service, media: rooms.media, capacity: capacity.pressure, space: { now: recorded.space } },
      ...{ clock, recording, outbox, holding, database, certificateEndsAt, board: situation, history: diagnosis },
      sockets: () => rooms.sockets.engine.clientsCount,
    },
  });
  const connectionTest = openConnectionTest({ config, db, clock, log, engine, isPressed: () => capacity.isPressed() });
  await situation.start();
  await trace.startHeartbeat();
  const imports = openImports({
    ...{ config, db, clock, log, audit, bus: plan.bus },
    holdWriting: (work) => database.holdWriting(work),
    planChanged: live.planChanged,
    shutOut: (id) => rooms.service.shutOut(id),
    areClassesRunning,
  });
  await imports.begin();
  const where = config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite');
  const reports = openReports({ config, db, where, clock, audit, keys: imports.keys });
  const notifying = openNotification({ config, db, clock, log, mail, push, plan: plan.bus, rooms: rooms.bus, origin });

  let closing: Promise<void> | undefined;
  const close = async () => {
    capacity.close();
    await rooms.close();
    await diagnosis.close();
    await situation.close();
    await attendance.close();
    await imports.close();
    await reports.close();
    await plan.close();
    await recorded.close();
    await notifying.close();
    connectionTest.close();
    await engine.close();
    await trace.close();
    await holding.close();
    await evidence.sealing.close();
    await outbox.close();
    load.close();
  };
  return {
    routers: [
      ...plan.routers,
      openShares({ config, db, clock }),
      openCourses({ db, timetable, attendance, recordings: recorded.access, clock }),
      ...imports.routers,
      ...reports.routers,
      ...notifying.routers,
      ...evidence.routers(timetable),
      ...outbox.routers,
      openLiveRegister({ timetable, rooms, trace: traceStore, calls: notifying.calls, clock }),
      ...attendance.routers,
      ...recorded.routers,
      connectionTest.router,
      diagnosis.router,
      ...capacity.routers,
      load.router,
      ...situation.routers,
      figures,
    ],
    async checkMedia() {
      if ((await engine.load()).length === 0) throw new Error('No media worker lives');
    },
    checkComplete: () => holding.checkComplete(),
    seats: seatsIn(rooms.service, log),
    async startNotifying() {
      attendance.finisher.start();
      outbox.start();
      await notifying.start();
      await capacity.start();
      await recorded.start();
    },
    judgePast: () => attendance.finisher.catchUp(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** A room that cannot be written has been given up, and everybody is out of it: the act itself has not failed. */
function seatsIn(rooms: Rooms['service'], log: Log): Seats {
  const done = (personId: PersonId, work: Promise<void>) =>
    work.catch((error: unknown) => log.error({ error, personId }, 'The seats of a person could not follow the account'));
  return {
    disabled: (id) => done(id, rooms.shutOut(id)),
    signedOut: (id, isOver) => done(id, rooms.signOut(id, isOver)),
    rightsChanged: (id) => done(id, rooms.rightsChanged(id)),
  };
}
