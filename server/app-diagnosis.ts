// Builds the quality history of everybody in class, and what answers questions about it.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import { stepMs } from './contract/diagnosis.ts';
import { isDatabaseAway } from './database/away.ts';
import type { Database } from './database/tables.ts';
import { diagnosisHttp } from './diagnosis/diagnosis.http.ts';
import { DiagnosisService, type DiagnosisServiceOptions } from './diagnosis/diagnosis.service.ts';
import type { LineHearer } from './diagnosis/hearing.ts';
import { HistoryStore } from './diagnosis/history.store.ts';
import { QualityWatch, type QualityWatchOptions } from './diagnosis/quality-watch.ts';
import { Refusals } from './diagnosis/refusals.ts';
import { SearchStore } from './diagnosis/search.store.ts';
import type { FactBus } from './facts.ts';
import { hints } from './hints.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';

export interface Diagnosis {
  readonly router: Router;
  readonly hearer: LineHearer;
  listen(bus: FactBus): void;
  /** Minutes and refusals that the database did not take. */
  lost(): number;
  /** When the rooms are closed, and before the database. Safe twice. */
  close(): Promise<void>;
}

export async function openDiagnosis(parts: {
  readonly config: { readonly retention: Pick<Config['retention'], 'qualityDays'>; readonly room: Pick<Config['room'], 'observersTold'> };
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly trace: DiagnosisServiceOptions['trace'];
  readonly standing: QualityWatchOptions['standing'];
}): Promise<Diagnosis> {
  const { config, db, clock, log, audit, trace, standing } = parts;
  const history = new HistoryStore(db);
  await history.closeOpen();
  const failed = (error: unknown) => {
    if (isDatabaseAway(error)) log.warn({ error }, 'Quality histories were not written, as the database is away');
    else log.error({ error, hint: hints.databaseOnce }, 'Quality histories could not be written');
  };
  const watch = new QualityWatch({
    ...{ clock, standing, failed, nextId: await history.nextId() },
    write: (batch) => history.write(batch),
  });
  const refusals = new Refusals();
  let lostRefusals = 0;
  const writeRefusals = async () => {
    const taken = refusals.take(clock.now());
    await history.writeRefusals(taken).catch((error: unknown) => {
      lostRefusals += taken.length;
      failed(error);
    });
  };
  const timer = clock.every(stepMs, () => void writeRefusals());
  const flush = async () => {
    await Promise.all([watch.flush(), writeRefusals()]);
  };
  const service = new DiagnosisService({
    ...{ store: new SearchStore(db), trace, audit, clock, flush, keptDays: config.retention.qualityDays },
    observersTold: config.room.observersTold,
  });
  return {
    router: diagnosisHttp(service),
    hearer: {
      measured: ({ ref }, { send, receive }, readings) => {
        // While nothing comes from a device its figures are old.
        if (readings !== null) watch.measured(ref, send, receive);
      },
      reported: (ref, report) => watch.reported(ref, report),
      refused: (turned) => refusals.note(turned, clock.now()),
    },
    listen: (bus) => bus.listen('quality history', (fact) => watch.onFact(fact)),
    lost: () => watch.lost + lostRefusals,
    async close() {
      timer.cancel();
      await watch.close();
      await writeRefusals();
    },
  };
}
