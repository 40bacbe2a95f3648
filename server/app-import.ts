// Builds the imports: their thread with its turns to write, their store and calls, the keys of other systems.
import { join } from 'node:path';
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import { LessonId, PersonId } from './contract/ids.ts';
import type { OpenDatabase } from './database/open.ts';
import type { Database } from './database/tables.ts';
import type { FactBus, TimetableFact } from './facts.ts';
import { SignInLimits, type Tries } from './identity/sign-in-limits.ts';
import { ApiKeyService } from './import/api-key.service.ts';
import { ApiKeyStore } from './import/api-key.store.ts';
import { apiKeysHttp } from './import/api-keys.http.ts';
import { importHttp } from './import/import.http.ts';
import { ImportService, type Tell } from './import/import.service.ts';
import { ImportFiles } from './import/import-files.ts';
import { ImportJobStore } from './import/import-job.store.ts';
import { ImportThread } from './import/import-thread.ts';
import { ImportTurns } from './import/import-turns.ts';
import { PutService } from './import/put.service.ts';
import { templateHttp } from './import/template.http.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';

export interface Imports {
  /** Of other systems, for whatever else they may call. */
  readonly keys: Pick<ApiKeyService, 'isKey' | 'require'>;
  readonly routers: readonly Router[];
  /** What a crash left is put in order; before the first call. */
  begin(): Promise<void>;
  /** What is being written is finished; before the database is closed. Safe twice. */
  close(): Promise<void>;
}

/** In the trace of a room: nobody did it, the plan says so. */
const server = PersonId.parse('server');

/** Per quarter of an hour. A key that was right from there before is let in all the same. */
const wrongKeys: Tries = { perNameAndAddress: 100, perName: 100, perAddress: 100 };

export function openImports({
  config,
  where = config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite'),
  db,
  holdWriting,
  clock,
  log,
  audit,
  bus,
  planChanged,
  shutOut,
  areClassesRunning = () => false,
}: {
  readonly config: Pick<Config, 'dataDir' | 'databaseUrl' | 'timeZone'>;
  /** The database, as openDatabase takes it; missing: the one of the settings. */
  readonly where?: string;
  readonly db: Kysely<Database>;
  readonly holdWriting: OpenDatabase['holdWriting'];
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly audit: Audit;
  readonly bus: FactBus<TimetableFact>;
  /** A room may be open already: teachers come early. */
  readonly planChanged: (lessonId: LessonId, by: PersonId) => Promise<void>;
  /** The account was disabled. */
  readonly shutOut: (id: PersonId) => Promise<void>;
  /** Then an import takes its time. */
  readonly areClassesRunning?: () => boolean;
}): Imports {
  const thread = new ImportThread({
    entry: new URL('./app-import-worker.ts', import.meta.url),
    database: where,
    lendTurn: (until) => holdWriting(until),
    isHurried: areClassesRunning,
  });
  const tell: Tell = ({ facts = [], disabledIds = [], lessonIds = [] }) => {
    bus.publish(facts);
    for (const lessonId of new Set([...facts.map((fact) => fact.lessonId), ...lessonIds.map((id) => LessonId.parse(id))]))
      planChanged(lessonId, server).catch((error: unknown) => log.error({ error, lessonId }, 'A room did not learn of its new plan'));
    for (const id of disabledIds)
      shutOut(PersonId.parse(id)).catch((error: unknown) =>
        log.error({ error, personId: id }, 'A person whom an import disabled was not shown out of a room'),
      );
  };
  const files = new ImportFiles({ folder: join(config.dataDir, 'imports') });
  const parts = { files, thread, turns: new ImportTurns(thread), clock, audit, tell, timeZone: config.timeZone };
  const service = new ImportService({ ...parts, store: new ImportJobStore(db), log });
  const keys = new ApiKeyService({ store: new ApiKeyStore(db), tries: new SignInLimits(wrongKeys), clock, audit });
  return {
    keys,
    // The template first: its path would fit that of one import.
    routers: [templateHttp(), importHttp(service), apiKeysHttp(keys, new PutService(parts))],
    begin: () => service.begin(),
    close: () => service.close(),
  };
}
