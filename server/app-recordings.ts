// Builds the recordings: the recorder, who may see what of them, what is played, and all that is done with them afterwards.
import { mkdir } from 'node:fs/promises';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Attendance } from './app-attendance.ts';
import type { Identity } from './app-identity.ts';
import { openPlayback } from './app-playback.ts';
import { openRecorder, type RecorderHearer, recordingsRoot } from './app-recorder.ts';
import { openRecordingFiles } from './app-recording-files.ts';
import type { Rooms } from './app-rooms.ts';
import { openStudy } from './app-study.ts';
import type { Audit } from './audit/audit.service.ts';
import type { RecordingId } from './contract/ids.ts';
import type { SpaceNews } from './contract/notification.ts';
import type { Database } from './database/tables.ts';
import type { Peers } from './edge/http-peer.ts';
import type { Holding } from './holding/holding.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { RecordingAccess } from './recording/access/access.ts';
import { type Exports, openExports } from './recording/exports/open.ts';
import { type Keeping, openKeeping } from './recording/keeping/keeping.ts';
import type { Playback } from './recording/playback/playback.service.ts';
import type { RecordingService } from './recording/recording.service.ts';
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
  /** Of the recorder's process; undefined while there is none. */
  recorderPid(): number | undefined;
  /** What is left for them, as measured last. */
  readonly space: Keeping['spaceNow'];
  /** A recording ended: its files are made. */
  ended(id: RecordingId): void;
  /** When the server listens: goes on with what a dead process left, sweeps, checks, and makes files. */
  start(): Promise<void>;
  /** Resolves when what is being recorded is on disk. Safe twice. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly peers: Peers;
  readonly identity: Identity;
  readonly trace: TraceService;
  readonly traceStore: Pick<TraceStore, 'read'>;
  readonly timetable: Pick<TimetableService, 'plan' | 'record' | 'roster'>;
  readonly attendance: Pick<Attendance, 'watched'>;
  /** What happens while the database is away. */
  readonly holding: Holding;
  /** They are built later, around these recordings. */
  readonly rooms: () => Rooms;
  readonly metrics: RecorderHearer;
  /** In a process of its own, or in this one beside a media engine that sends no packets to ports. */
  readonly recorder: 'process' | 'here';
  /** Administrators are told that space runs out. */
  readonly tellSpace: (news: SpaceNews) => void;
}

/** Resolves when what a dead process left behind is whole again. */
export async function openRecordings(parts: Parts): Promise<Recordings> {
  const { config, db, clock, log, audit, peers, identity, timetable, rooms, metrics, tellSpace } = parts;
  const root = recordingsRoot(config);
  await mkdir(root, { recursive: true });
  const opened = await openRecordingFiles({ config, db, clock, log });
  const { files } = opened;
  const remake = (id: RecordingId) =>
    void exports.jobs
      .changed(id)
      .catch((error: unknown) => log.error({ error, recordingId: id }, 'Files of a recording are not made anew'));
  const playing = openPlayback({
    ...{ config, db, clock, audit, peers, identity, files, rooms },
    live: (recording) => service.live(recording)?.manifest(),
    list: (lessonId) => service.list(lessonId),
    made: {
      exportsOf: (recording) => exports.jobs.exportsOf(recording),
      insightOf: (recording) => exports.insightOf(recording),
      isCurrent: (recording, file) => exports.jobs.isCurrent(recording, file),
    },
    around: { captionsOf: (id) => study.captionsOf(id), positionOf: (id, personId) => study.positionOf(id, personId) },
    opened: (by, id) => viewing.opened(by, id),
    edited: remake,
  });
  const { access, playback } = playing;
  let recorder: RecordingService | undefined;
  const keeping = await openKeeping({
    ...{ config, db, files, root, access, audit, clock, log, tellSpace },
    // The space is measured once before there is a recorder.
    live: () => ({ recordings: recorder?.count ?? 0, bytes: recorder?.bytesNow ?? 0 }),
    condition: () => opened.condition(),
    leaving: (id) => exports.jobs.leaving(id),
    returned: remake,
  });
  const capture = await openRecorder({
    ...{ config, db, clock, log, timetable, rooms, metrics, files },
    space: keeping.space,
    recorder: parts.recorder,
    holding: parts.holding,
  });
  const service: RecordingService = capture.service;
  recorder = service;
  const viewing = viewingOf(parts, playback);
  const manifestOf = (recording: Parameters<typeof playback.view>[0]) => playback.view(recording, 'viewer');
  const study: Study = openStudy({ ...{ db, clock, audit, access, manifestOf }, insightOf: (recording) => exports.insightOf(recording) });
  const exports: Exports = openExports({
    ...{ config, db, clock, log, audit, files, playback, access },
    chaptersOf: (recording) => study.chaptersOf(recording),
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await exports.close();
    await keeping.close();
    await viewing.close();
    await capture.close();
    await opened.close();
  };
  return {
    ...{ service, access, viewing, study },
    routers: [...playing.routers, ...exports.routers, ...keeping.routers, viewingHttp({ access, viewing }), study.router],
    recorderPid: () => capture.pid(),
    space: keeping.spaceNow,
    ended: remake,
    async start() {
      opened.start();
      keeping.start();
      await exports.start();
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function viewingOf({ db, clock, log, trace, traceStore, timetable, attendance, rooms }: Parts, playback: Playback): ViewingService {
  const store = new RecordingStore(db);
  return new ViewingService({
    ...{ store: new ViewingStore(db), clock, log },
    watchable: new Watchable({
      playback,
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
}
