// Builds what reads the audit log, hands out one's own data, and removes what was kept long enough.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { auditHttp } from './audit/audit.http.ts';
import type { AuditService } from './audit/audit.service.ts';
import type { PersonId } from './contract/ids.ts';
import type { Database } from './database/tables.ts';
import { HistoryStore } from './diagnosis/history.store.ts';
import { lockedPeople, PersonStore } from './identity/person.store.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { privacyHttp } from './privacy/privacy.http.ts';
import { PrivacyService } from './privacy/privacy.service.ts';
import { PrivacyStore } from './privacy/privacy.store.ts';

export interface Privacy {
  readonly routers: readonly Router[];
  /** Safe twice. */
  close(): Promise<void>;
}

export function openPrivacy(parts: {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: AuditService;
  readonly gone: (id: PersonId) => Promise<void>;
  readonly checkComplete: () => void;
}): Privacy {
  const { config, db, clock, log, audit, gone, checkComplete } = parts;
  const { timeZone, retention: rules } = config;
  const service = new PrivacyService({
    ...{
      store: new PrivacyStore(db, lockedPeople),
      quality: new HistoryStore(db),
      accounts: new PersonStore(db),
      audit,
      rules,
      timeZone,
      gone,
      checkComplete,
      clock,
      log,
    },
  });
  return {
    routers: [auditHttp(audit, timeZone), privacyHttp(service)],
    close: () => service.close(),
  };
}
