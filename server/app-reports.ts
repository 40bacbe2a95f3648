// Builds the reports of attendance: the thread that reads them, their files, and the electronic journal.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { openAnswers } from './app-reports-answers.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import { ReportFiles } from './reports/files.service.ts';
import { journalHttp } from './reports/journal.http.ts';
import type { Keys } from './reports/reader.ts';
import { ReportThread } from './reports/report-thread.ts';
import { reportsHttp } from './reports/reports.http.ts';

export interface Reports {
  readonly routers: readonly Router[];
  /** Before the database is closed. Safe twice. */
  close(): Promise<void>;
}

export function openReports({
  config: { timeZone },
  db,
  where,
  clock,
  audit,
  keys,
}: {
  readonly config: Pick<Config, 'timeZone'>;
  readonly db: Kysely<Database>;
  /** The database, as openDatabase takes it; null, or in memory: no second connection sees it, and reports are read in place. */
  readonly where: string | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  /** Of other systems. */
  readonly keys: Keys;
}): Reports {
  const entry = new URL('./app-reports-worker.ts', import.meta.url);
  const answers =
    where === null || where === ':memory:'
      ? openAnswers({ db, timeZone, clock })
      : new ReportThread({ entry, data: { database: where, timeZone }, clock });
  const files = new ReportFiles({ audit, clock, timeZone });
  return {
    routers: [journalHttp({ answers, files, keys }), reportsHttp({ answers, files, keys })],
    close: () => answers.close(),
  };
}
