// Builds what keeps recordings: the watch over the space, retention, the trash, legal holds, and their HTTP calls.
import type { Request, Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../../../config/schema.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { SpaceLevel, StorageState } from '../../contract/recording-keeping.ts';
import type { Database } from '../../database/tables.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import type { StoredRecording } from '../recording.store.ts';
import { KeepingService } from './keeping.service.ts';
import { KeepingStore } from './keeping.store.ts';
import { keepingHttp } from './keeping.http.ts';
import { type Disk, diskOf, Space, type SpaceWatch } from './space.ts';
import { UsageStore } from './usage.store.ts';

export interface KeepingParts {
  readonly config: Pick<Config, 'recording' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly files: RecordingFiles;
  /** The folder of all recordings; it must be there. */
  readonly root: string;
  /** Of server/recording/access: throws what the person is to be told. */
  readonly mayEdit: (request: Request, id: RecordingId) => Promise<StoredRecording>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: KeepingLog;
  /** What is being recorded now. */
  readonly live: () => { readonly recordings: number; readonly bytes: number };
  /** From the files of recordings: what waits for the remote store, and what is broken. */
  readonly condition: () => Promise<Pick<StorageState, 'upload' | 'broken' | 'checkedAt'>>;
  /** A recording is about to lose its bytes: resolves when nothing is made of it any more. */
  readonly leaving?: (id: RecordingId) => Promise<void>;
  /** Administrators are to be told. */
  readonly tellSpace?: (level: SpaceLevel) => void;
  /** For tests; missing: the file system of `root`. */
  readonly measure?: () => Promise<Disk>;
}

export interface KeepingLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Keeping {
  readonly routers: readonly Router[];
  /** The recorder obeys it. */
  readonly space: SpaceWatch;
  /** When the server listens: finishes what a dead process began, and sweeps once a night from then on. */
  start(): Promise<void>;
  /** What the rules and the trash say now; for tests, which make years pass. */
  sweep(): Promise<void>;
  /** Safe twice. */
  close(): Promise<void>;
}

const GIGABYTE = 1_000_000_000;

export async function openKeeping(parts: KeepingParts): Promise<Keeping> {
  const { config, db, files, root, mayEdit, audit, clock, log, live, condition, leaving, tellSpace, measure } = parts;
  const { recording: settings, timeZone } = config;
  const quotaBytes = settings.quotaGb === null ? null : settings.quotaGb * GIGABYTE;
  const store = new KeepingStore(db);
  const usage = new UsageStore(db);
  const space = await Space.open({
    ...{ shares: settings, quotaBytes, live, clock, log },
    measure: measure ?? (() => diskOf(root)),
    endedBytes: () => usage.endedBytes(),
  });
  const service = new KeepingService({
    ...{ store, usage, files, audit, clock, log, space, live, condition, settings, timeZone },
    leaving: leaving ?? (() => Promise.resolve()),
    tellSpace: tellSpace ?? (() => undefined),
  });
  return {
    routers: [keepingHttp(service, mayEdit)],
    space,
    start: () => service.start(),
    sweep: () => service.sweep(),
    async close() {
      await service.close();
      await space.close();
    },
  };
}
