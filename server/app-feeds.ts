// Builds the calendar feeds and the printed week around the timetable.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Identity } from './app-identity.ts';
import type { Audit } from './audit/audit.service.ts';
import { CalendarStore } from './calendar/calendar.store.ts';
import type { Database } from './database/tables.ts';
import type { Peers } from './edge/http-peer.ts';
import { feedHttp } from './feeds/feed.http.ts';
import { FeedService } from './feeds/feed.service.ts';
import { FeedStore } from './feeds/feed.store.ts';
import type { Clock } from './ports/clock.ts';
import { printHttp } from './print/print.http.ts';
import { PrintService } from './print/print.service.ts';
import { AgendaStore } from './timetable/agenda.store.ts';

export function openFeeds({
  config,
  db,
  clock,
  peers,
  identity,
  audit,
}: {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly peers: Peers;
  readonly identity: Identity;
  readonly audit: Audit;
}): readonly Router[] {
  const { timeZone } = config;
  const agenda = new AgendaStore(db);
  const person = (id: Parameters<Identity['service']['person']>[0]) => identity.service.person(id);
  const feeds = new FeedService({ store: new FeedStore(db), agenda, person, audit, clock, timeZone });
  const calendar = new CalendarStore(db);
  const print = new PrintService({ agenda, person, clock, timeZone, calendar: () => calendar.read() });
  return [
    feedHttp(feeds, { callerOf: (request) => ({ origin: peers.originFor(request), address: peers.of(request).address }) }),
    printHttp(print),
  ];
}
