// Builds the plan of the university: the academic calendar, weekly patterns and the lessons laid out from them, the catalogue.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import { newId, openLayout, readCalendar } from './app-layout.ts';
import type { Audit } from './audit/audit.service.ts';
import { calendarHttp } from './calendar/calendar.http.ts';
import { CalendarService } from './calendar/calendar.service.ts';
import { CalendarStore } from './calendar/calendar.store.ts';
import { PersonId } from './contract/ids.ts';
import { alone } from './database/alone.ts';
import type { Database } from './database/tables.ts';
import type { FactBus, TimetableFact } from './facts.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { catalogueHttp } from './timetable/catalogue.http.ts';
import { CatalogueService, type CatalogueStores } from './timetable/catalogue.service.ts';
import { CatalogueStore } from './timetable/catalogue.store.ts';
import { CourseService } from './timetable/catalogue-courses.service.ts';
import { CourseStore } from './timetable/catalogue-courses.store.ts';
import { GroupService } from './timetable/catalogue-groups.service.ts';
import { GroupStore } from './timetable/catalogue-groups.store.ts';
import { OpenRooms } from './timetable/catalogue-people.service.ts';
import { findConflicts } from './timetable/conflicts.store.ts';
import type { LayoutService } from './timetable/layout.service.ts';
import { LayoutStore } from './timetable/layout.store.ts';
import { MembershipStore } from './timetable/membership.store.ts';
import { PlaceService } from './timetable/places.service.ts';
import { PlaceStore } from './timetable/places.store.ts';
import { seriesHttp } from './timetable/series.http.ts';
import { SeriesService, type SeriesStores } from './timetable/series.service.ts';
import { SeriesStore } from './timetable/series.store.ts';
import { SeriesListStore } from './timetable/series-list.store.ts';
import { StreamService } from './timetable/streams.service.ts';
import { StreamStore } from './timetable/streams.store.ts';
import type { LiveRooms } from './timetable/timetable.service.ts';

export interface Plan {
  readonly layout: LayoutService;
  readonly routers: readonly Router[];
  /** Lays out what a crash, or an import, has left waiting. Resolves when it has, or when the plan is closed. */
  catchUp(): Promise<void>;
  /** Resolves when nothing is being laid out any longer. Safe twice. */
  close(): Promise<void>;
}

export interface PlanParts {
  readonly db: Kysely<Database>;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly bus: FactBus<TimetableFact>;
  readonly live: Pick<LiveRooms, 'planChanged'>;
  /** How many percent of each field of study may be taught at a distance. */
  readonly fields: Readonly<Record<string, number>>;
}

/** In the trace of a room: nobody did it, the plan says so. */
const server = PersonId.parse('server');

export function openPlan({ db, timeZone, clock, log, audit, bus, live, fields }: PlanParts): Plan {
  const running = new Set<Promise<unknown>>();
  const publish = (facts: readonly TimetableFact[]) => {
    bus.publish(facts);
    for (const lessonId of new Set(facts.map((fact) => fact.lessonId))) {
      // A room may be open already: teachers come early.
      live.planChanged(lessonId, server).catch((error: unknown) => log.error({ error, lessonId }, 'A room did not learn of its new plan'));
    }
  };
  const layout = openLayout({ db, timeZone, clock, publish });
  const layOut = () => {
    const run = layout.layOut();
    const ended = run.finally(() => running.delete(ended));
    running.add(ended);
    return ended;
  };

  const calendar = new CalendarService({
    ...{ calendar: new CalendarStore(db), layOut, audit, clock, timeZone, newId },
    alone: (work) => alone(db, (trx) => work({ calendar: new CalendarStore(trx), patterns: new SeriesStore(trx) })),
  });
  const series = new SeriesService({
    ...{ stores: seriesStores(db), layout, publish, audit, clock, newId },
    alone: (work) => alone(db, (trx) => work(seriesStores(trx))),
  });
  const stores = catalogueStores(db);
  const parts = {
    ...{ stores, audit, newId, layOut },
    alone: <T>(work: (inside: CatalogueStores) => Promise<T>) => alone(db, (trx) => work(catalogueStores(trx))),
    rooms: new OpenRooms({ memberships: stores.memberships, planChanged: (id, by) => live.planChanged(id, by), clock }),
  };
  const catalogue = catalogueHttp({
    catalogue: new CatalogueService(parts, fields),
    courses: new CourseService(parts),
    groups: new GroupService(parts),
    streams: new StreamService(parts),
    places: new PlaceService(parts),
  });
  return {
    layout,
    routers: [calendarHttp(calendar), seriesHttp(series), catalogue],
    async catchUp() {
      await layOut();
    },
    async close() {
      layout.close();
      await Promise.allSettled(running);
    },
  };
}

function seriesStores(db: Kysely<Database>): SeriesStores {
  return {
    series: new SeriesStore(db),
    list: new SeriesListStore(db),
    layout: new LayoutStore(db, readCalendar),
    conflicts: (wanted) => findConflicts(db, wanted),
  };
}

function catalogueStores(db: Kysely<Database>): CatalogueStores {
  return {
    catalogue: new CatalogueStore(db),
    courses: new CourseStore(db),
    groups: new GroupStore(db),
    streams: new StreamStore(db),
    places: new PlaceStore(db),
    memberships: new MembershipStore(db),
    series: new SeriesStore(db),
  };
}
