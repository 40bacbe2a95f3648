// Builds what signs the trace, proves it and hands it out.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { TimetableService } from './timetable/timetable.service.ts';
import { TraceExportService } from './trace/export.service.ts';
import { HeadsStore } from './trace/heads.store.ts';
import { KeyFiles } from './trace/key-files.ts';
import { ProofService } from './trace/proof.service.ts';
import { ProofStore } from './trace/proof.store.ts';
import { SealingService } from './trace/sealing.service.ts';
import { traceHttp } from './trace/trace.http.ts';
import { Witness } from './trace/witness.ts';

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
}

export interface Evidence {
  /** Signs the days that were missed; then every night. */
  readonly sealing: SealingService;
  readonly proofs: ProofService;
  readonly exports: TraceExportService;
  routers(timetable: Pick<TimetableService, 'mayOpenRegister' | 'record'>): readonly Router[];
}

export function openEvidence({ config: { dataDir, timeZone }, db, clock, log, audit }: Parts): Evidence {
  const [heads, trace, files, witness] = [new HeadsStore(db), new ProofStore(db), new KeyFiles(dataDir), new Witness(dataDir)];
  const sealing = new SealingService({ store: heads, files, witness, clock, log, timeZone });
  const proofs = new ProofService({ heads, trace, files, witness, clock, timeZone });
  const exports = new TraceExportService({ heads, trace, sealing, audit, clock });
  return {
    sealing,
    proofs,
    exports,
    routers: (timetable) => [
      traceHttp({
        proofs,
        exports,
        openLesson: async (person, id) => ((await timetable.mayOpenRegister(id, person)) ? (await timetable.record(id)).title : null),
      }),
    ],
  };
}
