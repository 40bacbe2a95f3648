// Builds the situation centre's board: the watch over the lessons of now, what was kept of earlier ones, and the files of both.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Instant, LessonId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import type { FactBus, TimetableFact } from './facts.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { BoardService } from './situation/board.service.ts';
import { SituationFiles } from './situation/files.service.ts';
import { SituationHistory } from './situation/history.service.ts';
import { SituationLessons } from './situation/lessons.store.ts';
import { ObservingService } from './situation/observing.service.ts';
import { situationHttp } from './situation/situation.http.ts';
import { SituationStore } from './situation/situation.store.ts';
import { SummaryService } from './situation/summary.service.ts';
import { tallyOf } from './situation/tally.ts';
import { SituationWatch } from './situation/watch.service.ts';
import { RosterStore } from './timetable/roster.store.ts';

export interface Situation {
  readonly routers: readonly Router[];
  /** How many lessons of now are in which state, and have which trouble: for metrics. */
  figures(): ReturnType<typeof tallyOf>;
  /** Before anybody comes in. */
  start(): Promise<void>;
  listen(rooms: FactBus, plan: FactBus<TimetableFact>): void;
  /** When the rooms are closed. Safe twice. */
  close(): Promise<void>;
}

export function openSituation(parts: {
  readonly config: Pick<Config, 'room' | 'situation' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  /** Of the server that ran before. */
  readonly aliveAt: () => Promise<Instant | null>;
}): Situation {
  const { config, db, clock, log, audit, aliveAt } = parts;
  const { room: door, situation: settings, timeZone } = config;
  const [lessons, store, rosters] = [new SituationLessons(db), new SituationStore(db), new RosterStore(db)];
  const rosterSizes = (ids: readonly string[]) => rosters.sizes(ids);
  const watch = new SituationWatch({ clock, log, lessons, store, rosterSizes, settings, door, aliveAt });
  const history = new SituationHistory({ watch, lessons, store, rosterSizes, settings });
  const board = new BoardService({ ...{ clock, watch, history, lessons, settings, door, timeZone }, observersTold: door.observersTold });
  const summary = new SummaryService({ clock, history, lessons, settings, door, timeZone });
  const files = new SituationFiles({ board, summary, audit, clock, timeZone });
  const titleOf = async (id: LessonId) => (watch.entry(id)?.lesson ?? (await lessons.find([id]))[0]?.lesson)?.title ?? '';
  const observing = new ObservingService({ audit, log, told: door.observersTold, titleOf });
  return {
    routers: [situationHttp({ board, summary, files })],
    figures: () => tallyOf(watch.now(), clock.now()),
    start: () => watch.start(),
    listen(rooms, plan) {
      rooms.listen('situation', (fact) => {
        watch.onFact(fact);
        observing.onFact(fact);
      });
      plan.listen('situation', (fact) => watch.onPlan(fact));
    },
    async close() {
      await observing.close();
      await watch.close();
    },
  };
}
