// Builds the registers around the timetable and the trace: their rules, corrections and signatures, excuses, and the judging of lessons that are over.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { newId } from './app-layout.ts';
import { attendanceHttp } from './attendance/attendance.http.ts';
import { AttendanceService } from './attendance/attendance.service.ts';
import { Changes } from './attendance/changes.ts';
import { ExcusalsService } from './attendance/excusals.service.ts';
import { ExcusalsStore } from './attendance/excusals.store.ts';
import { ExpectedStore } from './attendance/expected.store.ts';
import { FinishService } from './attendance/finish.service.ts';
import { FinisherService } from './attendance/finisher.service.ts';
import { OneByOne } from './attendance/one-by-one.ts';
import { RegisterActsService } from './attendance/register-acts.service.ts';
import { registerSettingsHttp } from './attendance/register-settings.http.ts';
import { Registers, type Viewing } from './attendance/registers.service.ts';
import { ResultsStore } from './attendance/results.store.ts';
import { RulePreviewService } from './attendance/rule-preview.service.ts';
import { RulesService } from './attendance/rules.service.ts';
import { RulesStore } from './attendance/rules.store.ts';
import { UnjudgedStore } from './attendance/unjudged.store.ts';
import type { Audit } from './audit/audit.service.ts';
import { AttendanceRule } from './contract/attendance.ts';
import type { LessonId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import type { FactBus, TimetableFact } from './facts.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { RosterStore } from './timetable/roster.store.ts';
import type { TimetableService } from './timetable/timetable.service.ts';
import { TimetableStore } from './timetable/timetable.store.ts';
import type { TraceService } from './trace/trace.service.ts';
import type { TraceStore } from './trace/trace.store.ts';

/** While classes run, judging rests so long between two lessons. */
const restMs = 100;

export interface Attendance {
  readonly service: AttendanceService;
  /** What judged lessons add up to. */
  readonly results: ResultsStore;
  readonly routers: readonly Router[];
  readonly finisher: FinisherService;
  /** Something was watched of a lesson: it is judged again where the rule counts that. */
  watched(lessonId: LessonId): Promise<void>;
  /** Hears which rooms are closed for good, and which lessons were changed. */
  listen(rooms: FactBus, plan: FactBus<TimetableFact>): void;
  /** Safe twice. */
  close(): Promise<void>;
}

export function openAttendance(parts: {
  readonly config: Pick<Config, 'attendance' | 'room' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly timetable: TimetableService;
  readonly trace: Pick<TraceService, 'append'>;
  readonly traceStore: TraceStore;
  readonly viewing: Viewing;
  readonly areClassesRunning: () => boolean;
}): Attendance {
  const { config, db, clock, log, audit, timetable, trace, traceStore, viewing, areClassesRunning } = parts;
  const { room: door, timeZone } = config;
  const plan = new TimetableStore(db);
  const find = (id: string) => plan.find(id);
  const rest = () => new Promise<void>((next) => (areClassesRunning() ? setTimeout(next, restMs) : setImmediate(next)));
  const [unjudged, results, lessons, ruleStore] = [new UnjudgedStore(db), new ResultsStore(db), new OneByOne(), new RulesStore(db)];
  const changes = new Changes();
  const stale = () => finisher.wake();
  const rosters = new RosterStore(db);
  const rules = new RulesService({
    ...{ store: ruleStore, tiesOf: (id: string) => rosters.tiesOf(id), timeZone, audit, clock, newId, changes, stale },
    fallback: AttendanceRule.parse(config.attendance),
  });
  const excusalStore = new ExcusalsStore(db);
  const registers = new Registers({
    ...{ trace: traceStore, roster: (id: LessonId) => timetable.roster(id), expected: new ExpectedStore(db), excusals: excusalStore },
    ...{ isExpired: (id: string) => unjudged.isExpired(id), book: () => rules.book(), changes, door, timeZone, viewing },
  });
  const service = new AttendanceService({ timetable, registers, observersTold: door.observersTold });
  const finish = new FinishService({ find, registers, results, unjudged, trace, lessons, changes, clock });
  const finisher: FinisherService = new FinisherService({ finish, unjudged, door, timeZone, clock, log, rest });
  const acts = new RegisterActsService({
    ...{ timetable, attendance: service, registers, finish, trace, audit, lessons, clock },
    onUnwritten(lessonId, error) {
      log.error({ error, lessonId }, 'The results of a lesson could not be written, and are tried again');
      finisher.changed(lessonId);
    },
  });
  const excusals = new ExcusalsService({ store: excusalStore, timeZone, audit, clock, newId, changes, turns: lessons, stale });
  const preview = new RulePreviewService({ rules, store: ruleStore, registers, find, clock, rest });
  return {
    ...{ service, results, finisher },
    routers: [attendanceHttp({ attendance: service, acts, clock, timeZone }), registerSettingsHttp({ rules, preview, excusals })],
    async watched(lessonId) {
      const record = await find(lessonId);
      if (record !== null && (await rules.book()).ruleFor(record).rule.viewing.counts === 'asynchronous') finisher.changed(lessonId);
    },
    listen(rooms, changes) {
      rooms.listen('attendance', (fact) => {
        if (fact.type === 'room-closed' && fact.reason !== 'empty' && fact.reason !== 'server-stopped') finisher.ask(fact.lessonId);
      });
      changes.listen('attendance', (fact) => finisher.changed(fact.lessonId));
    },
    close: () => finisher.close(),
  };
}
