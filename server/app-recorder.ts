// Builds what records the classes: the service of recordings, and the recorder below it.
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Rooms } from './app-rooms.ts';
import { RecordingId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { recordersHere } from './recording/capture/recorder.ts';
import { RecordingService, type RecordingServiceOptions } from './recording/recording.service.ts';
import { RecordingStore } from './recording/recording.store.ts';
import type { TimetableService } from './timetable/timetable.service.ts';

interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly timetable: Pick<TimetableService, 'plan'>;
  readonly rooms: () => Rooms;
  readonly metrics: RecordingServiceOptions['metrics'];
  /** Where they lie, and whether they are sealed. */
  readonly files: RecordingServiceOptions['files'];
  readonly space: RecordingServiceOptions['space'];
}

export const recordingsRoot = ({ recording, dataDir }: Pick<Config, 'recording' | 'dataDir'>): string =>
  recording.dir ?? join(dataDir, 'recordings');

/** Resolves when what a dead process left behind is whole again. */
export async function openRecorder({ config, db, clock, log, timetable, rooms, metrics, files, space }: Parts): Promise<RecordingService> {
  const root = recordingsRoot(config);
  const { audience, download } = config.recording;
  const service = new RecordingService({
    ...{ store: new RecordingStore(db), clock, root, log, metrics, files, space },
    newId: () => RecordingId.parse(randomBytes(12).toString('base64url')),
    publication: { audience, download },
    openRecorder: recordersHere({ root, clock, openFile: open, openTap: (lessonId) => rooms().media.openTap(lessonId) }),
    async doorClosesAt(lessonId) {
      const plan = await timetable.plan(lessonId);
      return plan === null || plan.cancelled || plan.endedAt !== null ? null : plan.closesAt;
    },
    tracksNow: (lessonId) => rooms().service.tracks(lessonId),
    publish: (facts) => rooms().record(facts),
  });
  const { waiting, ended } = await service.repair();
  if (waiting.length + ended.length > 0) log.warn({ waiting, ended }, 'Recordings were left behind by a server that did not stop in order');
  return service;
}
