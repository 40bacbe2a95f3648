// Builds the files of recordings: where they lie, their keys, the remote store behind them, and the check of them all.

import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import { Carrier, type CarrierLog } from './recording/files/carrier.ts';
import { FilesStore } from './recording/files/files.store.ts';
import { RecordingKeys } from './recording/files/keys.ts';
import type { OpenedFiles } from './recording/files/opened-files.ts';
import { Readings } from './recording/files/readings.ts';
import { RecordingFilesService } from './recording/files/recording-files.service.ts';
import type { RemoteStore } from './recording/files/remote.ts';
import { Turns } from './recording/files/turns.ts';
import { VerificationService } from './recording/files/verification.service.ts';

const PART_BYTES = 8 * 1024 * 1024;

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'recording' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: CarrierLog;
  /** For tests, in which eight megabytes are many. S3 wants five at least. */
  readonly partBytes?: number;
}

export async function openRecordingFiles({ config, db, clock, log, partBytes = PART_BYTES }: Parts): Promise<OpenedFiles> {
  const { recording: settings, dataDir, timeZone } = config;
  const root = settings.dir ?? join(dataDir, 'recordings');
  const [keys, store, turns, remote] = [new RecordingKeys(dataDir), new FilesStore(db), new Turns(), await remoteOf(settings)];
  const readings = new Readings({ root, keys, store, remote, prefix: settings.s3Prefix });
  const carrier = remote && new Carrier({ readings, store, remote, turns, clock, log, partBytes, keepLocalDays: settings.s3KeepLocalDays });
  const files = new RecordingFilesService({ root, keys, store, turns, readings, carrier, clock, log, encrypt: settings.encrypt });
  const checks = new VerificationService({ readings, store, remote, clock, log, timeZone, folder: (place) => files.of(place) });
  // With a bucket but the store `disk`, what lies there can still be read and removed; nothing more is carried there.
  const isCarrying = settings.store === 's3';
  return {
    files,
    condition: async () => ({
      upload: carrier && isCarrying ? await carrier.state() : null,
      broken: await store.broken(),
      checkedAt: await store.checkedAt(),
    }),
    async verify(only, onFile) {
      await files.idle();
      return checks.verify(only, onFile);
    },
    settled: () => files.idle(),
    rotateKey: () => rotateKey(keys, store),
    start() {
      files.start();
      checks.start();
      if (isCarrying) carrier?.start();
    },
    async close() {
      await checks.close();
      await files.close();
    },
  };
}

async function rotateKey(keys: RecordingKeys, store: FilesStore): Promise<number> {
  keys.rotate();
  let rewrapped = 0;
  for (const { id, sealedKey } of await store.sealedKeys()) {
    const again = sealedKey === null ? null : keys.rewrap(id, sealedKey);
    if (sealedKey === null || again === null) continue;
    await store.setSealedKey(id, sealedKey, again);
    rewrapped += 1;
  }
  return rewrapped;
}

async function remoteOf(settings: Config['recording']): Promise<RemoteStore | null> {
  const { s3Bucket: bucket, s3Endpoint: endpoint, s3Region: region, s3PathStyle: pathStyle, s3AccessKey, s3SecretKey } = settings;
  if (bucket === null) return null;
  const credentials = s3AccessKey && s3SecretKey ? { accessKeyId: plain(s3AccessKey), secretAccessKey: plain(s3SecretKey) } : null;
  const { S3Store } = await import('./adapters/s3-store.ts');
  return S3Store.open({ endpoint, region, bucket, pathStyle, credentials });
}

/** `loadConfig` has read every secret that is named by its file or variable. */
function plain(secret: NonNullable<Config['recording']['s3AccessKey']>): string {
  if (typeof secret !== 'string') throw new Error('The configuration was not loaded');
  return secret;
}
