// Builds what keeps recordings: the watch over the space, retention, the trash, legal holds, and their HTTP calls.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../../../config/schema.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { SpaceNews } from '../../contract/notification.ts';
import type { SpaceLevel, StorageState } from '../../contract/recording-keeping.ts';
import type { Database } from '../../database/tables.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import type { RecordingAccess } from '../access/access.ts';
import { keepingHttp } from './keeping.http.ts';
import { KeepingService } from './keeping.service.ts';
import { KeepingStore } from './keeping.store.ts';
import { KeptStore } from './kept.store.ts';
import { freeBytes, isWorse } from './levels.ts';
import { type Disk, diskOf, Space, type SpaceWatch } from './space.ts';
import { StorageService } from './storage.service.ts';
import { Sweeper } from './sweeper.ts';
import { UsageStore } from './usage.store.ts';

export interface KeepingParts {
  readonly config: Pick<Config, 'recording' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly files: RecordingFiles;
  /** The folder of all recordings; it must be there. */
  readonly root: string;
  readonly access: Pick<RecordingAccess, 'allowPerson'>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: KeepingLog;
  /** What is being recorded now. */
  readonly live: () => { readonly recordings: number; readonly bytes: number };
  /** From the files of recordings: what waits for the remote store, and what is broken. */
  readonly condition: () => Promise<Pick<StorageState, 'upload' | 'broken' | 'checkedAt'>>;
  /** It goes into the trash, or for good: resolves when nothing is made of it any more. */
  readonly leaving: (id: RecordingId) => Promise<void>;
  /** It came out of the trash or the archive. */
  readonly returned: (id: RecordingId) => void;
  /** Administrators are to be told: it is worse than it was, or was so already when the server started. */
  readonly tellSpace?: (news: SpaceNews) => void;
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
  /** What is left, as measured last, and what that means. */
  spaceNow(): { readonly level: SpaceLevel } & Disk;
  /** Sweeps, which finishes what a dead process began, and does so each night from then on. */
  start(): void;
  /** What the rules and the trash say now; for tests, which make years pass. */
  sweep(): Promise<void>;
  /** Safe twice. */
  close(): Promise<void>;
}

const GIGABYTE = 1_000_000_000;

export async function openKeeping(parts: KeepingParts): Promise<Keeping> {
  const { config, db, files, root, access, audit, clock, log, live, condition, leaving, returned, tellSpace, measure } = parts;
  const { recording: settings, timeZone } = config;
  const { rules, trashDays, quotaGb } = settings;
  const usage = new UsageStore(db);
  const space = await Space.open({
    ...{ shares: settings, live, clock, log },
    quotaBytes: quotaGb === null ? null : quotaGb * GIGABYTE,
    measure: measure ?? (() => diskOf(root)),
    endedBytes: () => usage.endedBytes(),
  });
  const tell = (level: SpaceLevel, before: SpaceLevel) => {
    if (level !== 'ample' && isWorse(level, before)) tellSpace?.({ level, freeBytes: freeBytes(space.measured()) });
  };
  const store = new KeepingStore(db);
  const service = new KeepingService({
    ...{ store, kept: new KeptStore(db), files, audit, clock, rules, trashDays, leaving, returned },
    freed: () => void space.measure(),
  });
  const sweeper = new Sweeper({ service, store, files, rules, trashDays, timeZone, clock, log });
  const storage = new StorageService({ usage, space, settings, clock, live, condition });
  const mayEdit: Parameters<typeof keepingHttp>[0]['mayEdit'] = (request, id) => access.allowPerson(request, id, 'edit');
  return {
    routers: [keepingHttp({ keeping: service, storage, mayEdit })],
    space,
    spaceNow: () => ({ level: space.level(), ...space.measured().disk }),
    start() {
      tell(space.level(), 'ample');
      space.onChange(tell);
      sweeper.start();
    },
    sweep: () => sweeper.sweep(),
    async close() {
      await sweeper.close();
      await space.close();
    },
  };
}
