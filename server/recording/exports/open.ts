// Builds what makes files of recordings: the line of jobs, the makers, and the calls about them.
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../../../config/schema.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { Chapter } from '../../contract/recording-page.ts';
import type { Database } from '../../database/tables.ts';
import type { Log } from '../../log.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { Insight } from '../insight/insight.ts';
import type { Playback } from '../playback/playback.service.ts';
import type { StoredRecording } from '../recording.store.ts';
import { exportsHttp } from './exports.http.ts';
import { ExportsService } from './exports.service.ts';
import { lowFfmpeg } from './ffmpeg.ts';
import { JobsStore } from './jobs.store.ts';
import { make } from './make.ts';
import { JobQueue } from './queue.ts';
import { isWithinHours } from './wanted.ts';

export interface Exports {
  /** `exportsOf`, `isCurrent`, `changed`, `leaving`. */
  readonly jobs: ExportsService;
  readonly routers: readonly Router[];
  readonly insightOf: (recording: StoredRecording) => Promise<Insight | null>;
  /** When the server listens. */
  start(): Promise<void>;
  /** Resolves when nothing is being made. Safe twice. */
  close(): Promise<void>;
}

export interface ExportsOptions {
  readonly config: Pick<Config, 'recording' | 'timeZone' | 'dataDir'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly playback: Pick<Playback, 'view' | 'index'>;
  readonly access: Pick<RecordingAccess, 'allowPerson'>;
  /** As viewers see them, in class time. */
  readonly chaptersOf: (recording: StoredRecording) => Promise<readonly Chapter[]>;
}

/** What came out of the trash, or ended while something failed, is found then. */
const catchUpEveryMs = 3_600_000;

export function openExports({ config, db, clock, log, audit, files, playback, access, chaptersOf }: ExportsOptions): Exports {
  const { recording: settings, timeZone, dataDir } = config;
  const root = settings.dir ?? join(dataDir, 'recordings');
  /** Not among the recordings, and on the same file system, so that what is finished is moved and not copied. */
  const workRoot = join(root, '.making');
  const store = new JobsStore(db);
  const ffmpeg = lowFfmpeg();
  const insightOf = (recording: StoredRecording) => service.insightOf(recording);
  const queue = new JobQueue({
    ...{ store, clock, log, workRoot },
    make: (task) => make({ files, playback, ffmpeg, workRoot, chaptersOf, insightOf }, task),
    hasSpace: () => isAbove(root, settings.scarceShare),
    isTheHour: () => isWithinHours(settings.exportHours, clock.now(), timeZone),
  });
  let timer: Timer | undefined;
  const service: ExportsService = new ExportsService({ store, queue, files, audit, clock, rule: settings.mp4 });
  return {
    jobs: service,
    routers: [exportsHttp({ access, exports: service, rule: settings.mp4 })],
    insightOf,
    async start() {
      await queue.start();
      await service.catchUp();
      timer = clock.every(catchUpEveryMs, () => {
        service.catchUp().catch((error: unknown) => log.warn({ error }, 'Recordings that ended could not be looked for'));
      });
    },
    close() {
      timer?.cancel();
      return queue.close();
    },
  };
}

/** Files that can be made later must not take the room of those that are being recorded. */
async function isAbove(folder: string, share: number): Promise<boolean> {
  const { blocks, bfree, bavail } = await statfs(folder);
  return bavail >= share * (blocks - bfree + bavail);
}
