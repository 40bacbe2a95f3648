// Builds the recordings: the recorder, who may see what of them, what is played, and all that is done with them afterwards.
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Attendance } from './app-attendance.ts';
import type { Rooms } from './app-rooms.ts';
import { type LessonId, RecordingId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import type { Database } from './database/tables.ts';
import { requirePerson } from './edge/http.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { AccessStore } from './recording/access/access.store.ts';
import { RecordingAccess } from './recording/access/access.ts';
import { recordingRouter } from './recording/playback/recording.http.ts';
import { RecordingService, type RecordingServiceOptions } from './recording/recording.service.ts';
import { RecordingStore } from './recording/recording.store.ts';
import { watchedHttp } from './recording/viewing/watched.http.ts';
import { WatchedService } from './recording/viewing/watched.service.ts';
import type { TraceService } from './trace/trace.service.ts';

export interface Recordings {
  readonly service: RecordingService;
  readonly access: RecordingAccess;
  readonly routers: readonly Router[];
  /** Resolves when what is being recorded is on disk. Safe twice. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly trace: TraceService;
  readonly attendance: Pick<Attendance, 'watched'>;
  /** They are built later, around these recordings. */
  readonly rooms: () => Rooms;
  readonly metrics: RecordingServiceOptions['metrics'];
}

/** Resolves when what a dead process left behind is whole again. */
export async function openRecordings({ config, db, clock, log, trace, attendance, rooms, metrics }: Parts): Promise<Recordings> {
  const service = new RecordingService({
    ...{ store: new RecordingStore(db), clock, openFile: open, log, metrics },
    root: config.recording.dir ?? join(config.dataDir, 'recordings'),
    newId: () => RecordingId.parse(randomBytes(12).toString('base64url')),
    openTap: (lessonId) => rooms().media.openTap(lessonId),
    tracksNow: (lessonId) => rooms().service.tracks(lessonId),
    publish: (facts) => rooms().record(facts),
  });
  await service.repair();
  const access = new RecordingAccess({
    ...{ store: new AccessStore(db), clock },
    rewind: (lessonId) => rooms().service.view(lessonId)?.rewind ?? null,
    linkOf: () => Promise.resolve(null),
  });
  const watched = new WatchedService({
    ...{ trace, clock },
    isLive: (lessonId) => rooms().service.isOpen(lessonId),
    written: (lessonId) => attendance.watched(lessonId),
  });
  const authorise = async (request: Request, lessonId: LessonId) => {
    const person = requirePerson(request);
    if ((await access.watchable(person, [lessonId])).length === 0)
      throw new Refused('not-allowed', 'This person may not watch recordings of the lesson');
    return person.id;
  };
  return {
    service,
    access,
    routers: [
      recordingRouter({ service, access, opened: (by, id) => watched.opened(by, id) }),
      watchedHttp({ recordings: service, watched, authorise }),
    ],
    close: () => service.close(),
  };
}
