// Builds what records the classes: the service of recordings, and the recorder below it.
import { randomBytes } from 'node:crypto';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Rooms } from './app-rooms.ts';
import { RecordingId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import type { Holding } from './holding/holding.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { recordersHere } from './recording/capture/recorder.ts';
import { RecorderProcess } from './recording/capture/recorder-process.ts';
import type { OpenRecorder } from './recording/capture/running-recorder.ts';
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
  readonly metrics: RecorderHearer;
  /** Where they lie, and whether they are sealed. */
  readonly files: RecordingServiceOptions['files'];
  readonly space: RecordingServiceOptions['space'];
  readonly holding: Holding;
  /** In a process of its own, or beside a media engine that sends no packets to ports. */
  readonly recorder: 'process' | 'here';
}

export const recordingsRoot = ({ recording, dataDir }: Pick<Config, 'recording' | 'dataDir'>): string =>
  recording.dir ?? join(dataDir, 'recordings');

/** Counts what the recorder does. */
export type RecorderHearer = RecordingServiceOptions['metrics'] & { died(): void };

export interface OpenedRecorder {
  readonly service: RecordingService;
  /** Of the recorder's process; undefined while there is none. */
  pid(): number | undefined;
  /** Resolves when what is being recorded is on disk. Safe twice. */
  close(): Promise<void>;
}

/** Resolves when what a dead process left behind is whole again. */
export async function openRecorder(parts: Parts): Promise<OpenedRecorder> {
  const { config, db, clock, log, timetable, rooms, metrics, files, space, holding } = parts;
  const root = recordingsRoot(config);
  const { audience, download } = config.recording;
  const recorders = recordersOf(parts, root);
  const service = new RecordingService({
    ...{ store: new RecordingStore(db, holding), clock, root, log, metrics, files, space },
    newId: () => RecordingId.parse(randomBytes(12).toString('base64url')),
    publication: { audience, download },
    openRecorder: recorders.open,
    async doorClosesAt(lessonId) {
      const plan = await timetable.plan(lessonId);
      return plan === null || plan.cancelled || plan.endedAt !== null ? null : plan.closesAt;
    },
    tracksNow: (lessonId) => rooms().service.tracks(lessonId),
    publish: (facts) => rooms().record(facts),
  });
  const { waiting, ended } = await service.repair();
  if (waiting.length + ended.length > 0) log.warn({ waiting, ended }, 'Recordings were left behind by a server that did not stop in order');
  return {
    service,
    pid: () => recorders.pid(),
    async close() {
      await service.close();
      recorders.close();
    },
  };
}

type Recorders = { readonly open: OpenRecorder; pid(): number | undefined; close(): void };

function recordersOf({ clock, log, rooms, recorder, metrics }: Parts, root: string): Recorders {
  if (recorder === 'process') {
    const process = new RecorderProcess({
      ...{ root, clock, log },
      died: () => metrics.died(),
      entry: join(import.meta.dirname, 'app-recorder-process.ts'),
      steerTap: (lessonId, port) => rooms().media.steerTap(lessonId, port),
    });
    return { open: process.open, pid: () => process.pid, close: () => process.close() };
  }
  const open = recordersHere({ root, clock, openFile, openTap: (lessonId) => rooms().media.openTap(lessonId) });
  return { open, pid: () => undefined, close: () => undefined };
}
