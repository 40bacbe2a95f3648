// Builds the report of distance shares on the academic calendar and the weekly patterns.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { openLayout, readCalendar } from './app-layout.ts';
import { dateOf, dayNumber, localInstants } from './calendar/dates.ts';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import { sharesHttp } from './shares/shares.http.ts';
import { SharesService } from './shares/shares.service.ts';
import { SharesStore } from './shares/shares.store.ts';
import { SeriesStore } from './timetable/series.store.ts';

export function openShares({
  config,
  db,
  clock,
}: {
  readonly config: Pick<Config, 'shares' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
}): Router {
  const { timeZone, shares: rule } = config;
  const layout = openLayout({ db, timeZone, clock });
  const instantOf = localInstants(timeZone);
  const series = new SeriesStore(db);
  const service = new SharesService({
    ...{ store: new SharesStore(db), clock, rule },
    dayStart: (date, plus) => instantOf(dateOf(dayNumber(date) + plus), '00:00'),
    occurrences: async (wanted, facultyId) => layout.planner(await readCalendar(db)).occurrences({ ...wanted, facultyId }),
    groupsOf: async ({ groupIds, streamIds }) => [...new Set([...groupIds, ...(await series.groupsOfStreams(streamIds))])],
  });
  return sharesHttp(service);
}
