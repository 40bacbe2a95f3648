// Builds the outbox: what of the traces goes to other systems, if any are configured.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import type { Fact, FactBus } from './facts.ts';
import type { Log } from './log.ts';
import { lrsReceiver } from './outbox/lrs.ts';
import { outboxHttp } from './outbox/outbox.http.ts';
import { type OutboxFigures, OutboxService } from './outbox/outbox.service.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { SurroundingsStore } from './outbox/surroundings.store.ts';
import { surroundingsOf } from './outbox/surroundings.ts';
import { webhookReceiver } from './outbox/webhook.ts';
import type { Clock } from './ports/clock.ts';
import type { AlsoWrite } from './trace/trace.store.ts';

export interface Outbox {
  readonly service: OutboxService;
  readonly routers: readonly Router[];
  /** For the trace; none when nobody is told. */
  readonly alsoWrite: AlsoWrite | undefined;
  /** What happens in the rooms goes out soon, and not only at the next look. */
  listen(rooms: FactBus<Fact>): void;
  figures(): Promise<OutboxFigures[]>;
  start(): void;
  /** What was begun is done. */
  settled(): Promise<void>;
  /** Before the database. Safe twice. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Pick<Config, 'publicUrl' | 'records'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  /** Missing: by chance. */
  readonly random?: () => number;
}

export async function openOutbox({ config, db, clock, log, audit, random = Math.random }: Parts): Promise<Outbox> {
  const { records, publicUrl } = config;
  const store = new OutboxStore(db);
  const instance = await store.instance();
  const now = () => clock.now();
  const lrs = lrsOf(records);
  const receivers = [
    // The settings have been checked for a public address where there is an LRS.
    ...(lrs === null ? [] : [lrsReceiver(lrs, { instance, origin: publicUrl ?? '', language: records.language }, now)]),
    ...records.webhooks.map((one) => webhookReceiver({ ...one, secret: plain(one.secret) }, instance, now)),
  ];
  const sources = { store, surroundings: new SurroundingsStore(db), names: records.people === 'names' };
  const service = await OutboxService.open({
    ...{ store, receivers, audit, clock, log, random },
    surroundings: (events) => surroundingsOf(events, { ...sources, now: clock.now() }),
    ...{ keepDays: records.keepDays, undeliveredDays: records.undeliveredDays },
  });
  return {
    service,
    routers: [outboxHttp(service)],
    alsoWrite: receivers.length === 0 ? undefined : (trx, entries) => store.append(trx, entries),
    listen: (rooms) => rooms.listen('outbox', () => service.heard()),
    figures: () => service.figures(),
    start: () => service.start(),
    settled: () => service.settled(),
    close: () => service.close(),
  };
}

function lrsOf({ lrsUrl, lrsUser, lrsPassword }: Config['records']) {
  return lrsUrl === null ? null : { url: lrsUrl, user: lrsUser, password: lrsPassword === null ? null : plain(lrsPassword) };
}

/** The settings were read with their secrets. */
function plain(secret: string | object): string {
  if (typeof secret !== 'string') throw new Error('A secret of the settings was not read');
  return secret;
}
