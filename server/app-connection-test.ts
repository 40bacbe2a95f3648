// Builds the connection test on the media engine and on the settings that say where browsers find it.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { announcedAddresses } from './adapters/mediasoup/listen-infos.ts';
import { listeningOf } from './app-media.ts';
import { connectionTestHttp } from './connection-test/connection-test.http.ts';
import { ReportService } from './connection-test/report.service.ts';
import { ReportStore } from './connection-test/report.store.ts';
import { TestRuns } from './connection-test/test-runs.ts';
import type { TestNeeds } from './contract/connection-test.ts';
import type { Database } from './database/tables.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { MediaEngine } from './ports/media.ts';

interface ConnectionTest {
  readonly router: Router;
  /** Before the media engine. Safe twice. */
  close(): void;
}

export function openConnectionTest(parts: {
  readonly config: Pick<Config, 'ice' | 'media' | 'host' | 'announcedIp' | 'retention'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: MediaEngine;
  readonly isPressed: () => boolean;
}): ConnectionTest {
  const { config, db, clock, log, engine, isPressed } = parts;
  const newId = () => randomBytes(18).toString('base64url');
  const runs = new TestRuns({
    ...{ engine, clock, newId, isPressed, ice: config.ice, needs: needsOf(config), keptDays: config.retention.connectionReportDays },
    failed: (error) => log.warn({ error }, 'Connection tests could not be looked after'),
  });
  const reports = new ReportService({ store: new ReportStore(db), clock, newId });
  return { router: connectionTestHttp(runs, reports), close: () => runs.close() };
}

function needsOf(config: Pick<Config, 'ice' | 'media' | 'host' | 'announcedIp'>): TestNeeds {
  const { portBase, workers } = config.media;
  const last = portBase + (workers || availableParallelism()) - 1;
  return {
    addresses: [...announcedAddresses(listeningOf(config))],
    ports: portBase === 0 ? null : [portBase, last],
    relays: [...config.ice.turn],
  };
}
