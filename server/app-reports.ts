// Builds the reports of attendance: their rights, their sums, their files, and the electronic journal.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import { FacultyReports } from './reports/faculty.service.ts';
import { ReportFiles } from './reports/files.service.ts';
import { journalHttp } from './reports/journal.http.ts';
import { JournalService } from './reports/journal.service.ts';
import { JournalStore } from './reports/journal.store.ts';
import { LessonsStore } from './reports/lessons.store.ts';
import { NamesStore } from './reports/names.store.ts';
import { Periods } from './reports/periods.ts';
import type { Keys } from './reports/reader.ts';
import { reportsHttp } from './reports/reports.http.ts';
import { ReportsService } from './reports/reports.service.ts';
import { ResultsStore } from './reports/results.store.ts';
import { ReportRights } from './reports/rights.service.ts';
import { RightsStore } from './reports/rights.store.ts';

export interface Reports {
  readonly routers: readonly Router[];
  readonly reports: ReportsService;
  readonly faculties: FacultyReports;
  readonly journal: JournalService;
}

export function openReports({
  config: { timeZone },
  db,
  clock,
  audit,
  keys,
}: {
  readonly config: Pick<Config, 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  /** Of other systems. */
  readonly keys: Keys;
}): Reports {
  const names = new NamesStore(db);
  const stores = { names, lessons: new LessonsStore(db), results: new ResultsStore(db) };
  const rights = new ReportRights({ store: new RightsStore(db), names });
  const periods = new Periods({ timeZone, terms: () => names.terms(), clock });
  const reports = new ReportsService({ stores, rights, periods });
  const faculties = new FacultyReports({ stores, rights, periods });
  const journal = new JournalService({ store: new JournalStore(db), names, rights, periods });
  const files = new ReportFiles({ audit, clock, timeZone });
  return {
    routers: [journalHttp({ journal, files, keys }), reportsHttp({ reports, faculties, files, keys })],
    reports,
    faculties,
    journal,
  };
}
