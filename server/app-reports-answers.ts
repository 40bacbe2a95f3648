// Builds what answers reports on a given connection: used in place, and by the thread of reports.
import type { Kysely } from 'kysely';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import { AnswersService } from './reports/answers.service.ts';
import { FacultyReports } from './reports/faculty.service.ts';
import { JournalService } from './reports/journal.service.ts';
import { JournalStore } from './reports/journal.store.ts';
import { LessonsStore } from './reports/lessons.store.ts';
import { NamesStore } from './reports/names.store.ts';
import { Periods } from './reports/periods.ts';
import { ReportsService } from './reports/reports.service.ts';
import { ResultsStore } from './reports/results.store.ts';
import { ReportRights } from './reports/rights.service.ts';
import { RightsStore } from './reports/rights.store.ts';

export function openAnswers({
  db,
  timeZone,
  clock,
}: {
  readonly db: Kysely<Database>;
  readonly timeZone: string;
  readonly clock: Pick<Clock, 'now'>;
}): AnswersService {
  const names = new NamesStore(db);
  const stores = { names, lessons: new LessonsStore(db), results: new ResultsStore(db) };
  const rights = new ReportRights({ store: new RightsStore(db), names });
  const periods = new Periods({ timeZone, terms: () => names.terms(), clock });
  return new AnswersService({
    reports: new ReportsService({ stores, rights, periods }),
    faculties: new FacultyReports({ stores, rights, periods }),
    journal: new JournalService({ store: new JournalStore(db), names, rights, periods }),
  });
}
