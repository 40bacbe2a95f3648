// Builds the recordings: the recorder, who may see what of them, what is played, and all that is done with them afterwards.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Attendance } from './app-attendance.ts';
import { openRecorder } from './app-recorder.ts';
import type { Rooms } from './app-rooms.ts';
import { openStudy } from './app-study.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { AccessStore } from './recording/access/access.store.ts';
import { RecordingAccess } from './recording/access/access.ts';
import { recordingRouter } from './recording/playback/recording.http.ts';
import type { RecordingService, RecordingServiceOptions } from './recording/recording.service.ts';
import { RecordingStore } from './recording/recording.store.ts';
import type { Study } from './recording/study/study.ts';
import { viewingHttp } from './recording/viewing/viewing.http.ts';
import { ViewingService } from './recording/viewing/viewing.service.ts';
import { ViewingStore } from './recording/viewing/viewing.store.ts';
import { Watchable } from './recording/viewing/watchable.ts';
import { endOf } from './timetable/door.ts';
import type { TimetableService } from './timetable/timetable.service.ts';
import type { TraceService } from './trace/trace.service.ts';
import type { TraceStore } from './trace/trace.store.ts';

export interface Recordings {
  readonly service: RecordingService;
  readonly access: RecordingAccess;
  readonly viewing: ViewingService;
  readonly study: Study;
  readonly routers: readonly Router[];
  /** Resolves when what is being recorded is on disk. Safe twice. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly trace: TraceService;
  readonly traceStore: Pick<TraceStore, 'read'>;
  readonly timetable: Pick<TimetableService, 'plan' | 'record' | 'roster'>;
  readonly attendance: Pick<Attendance, 'watched'>;
  /** They are built later, around these recordings. */
  readonly rooms: () => Rooms;
  readonly metrics: RecordingServiceOptions['metrics'];
}

/** Resolves when what a dead process left behind is whole again. */
export async function openRecordings({
  config,
  db,
  clock,
  log,
  audit,
  trace,
  traceStore,
  timetable,
  attendance,
  rooms,
  metrics,
}: Parts): Promise<Recordings> {
  const service = await openRecorder({
    ...{ config, db, clock, log, timetable, rooms, metrics },
    files: { newKey: () => null, open: () => null, closed: () => undefined },
    space: { level: () => 'ample', onChange: () => () => undefined },
  });
  const access = new RecordingAccess({
    ...{ store: new AccessStore(db), clock },
    rewind: (lessonId) => rooms().service.view(lessonId)?.rewind ?? null,
    linkOf: () => Promise.resolve(null),
  });
  const store = new RecordingStore(db);
  const viewing = new ViewingService({
    ...{ store: new ViewingStore(db), clock, log },
    watchable: new Watchable({
      playback: { view: (recording) => service.manifest(recording) },
      recordingsOf: (lessonId) => store.ofLesson(lessonId),
      async timesOf(lessonId) {
        const record = await timetable.record(lessonId);
        const overAt = record.endedAt ?? endOf(record);
        return { from: record.startsAt, to: Math.min(overAt, record.endsAt), overAt };
      },
      clock,
    }),
    trace: { append: (facts) => trace.append(facts), read: (lessonId) => traceStore.read(lessonId) },
    expected: async (lessonId) => (await timetable.roster(lessonId)).filter(({ role }) => role === 'student'),
    isLive: (lessonId) => rooms().service.isOpen(lessonId),
    written: (lessonId) => attendance.watched(lessonId),
  });
  const study = openStudy({
    ...{ db, clock, audit, access },
    manifestOf: (recording) => service.manifest(recording),
    insightOf: () => Promise.resolve(null),
  });
  return {
    service,
    access,
    viewing,
    study,
    routers: [
      recordingRouter({ service, access, opened: (by, id) => viewing.opened(by, id) }),
      viewingHttp({ access, viewing }),
      study.router,
    ],
    async close() {
      await viewing.close();
      await service.close();
    },
  };
}
