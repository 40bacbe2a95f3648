// Builds notifications: what happens is heard, written down, and told in the app, by mail and by push.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { WebPush } from './adapters/web-push.ts';
import type { CapacityPeak } from './contract/capacity.ts';
import type { Instant } from './contract/ids.ts';
import type { SpaceNews } from './contract/notification.ts';
import type { Database } from './database/tables.ts';
import type { Fact, FactBus, TimetableFact } from './facts.ts';
import { secretKey } from './identity/secrets.ts';
import type { Log } from './log.ts';
import { AudienceStore } from './notification/audience.store.ts';
import { EventStore } from './notification/event.store.ts';
import { notificationHttp } from './notification/notification.http.ts';
import { NotificationService } from './notification/notification.service.ts';
import { OutboxService } from './notification/outbox.service.ts';
import { OutboxStore } from './notification/outbox.store.ts';
import { TellingService } from './notification/telling.service.ts';
import type { Clock } from './ports/clock.ts';
import type { MailPort } from './ports/mail.ts';
import type { PushPort } from './ports/push.ts';

export interface Notifying {
  readonly routers: readonly Router[];
  /** K12: to whom it is told on the ways that each has chosen. */
  readonly calls: {
    call(of: Parameters<TellingService['hearCall']>[0]): void;
    /** Who was called to a lesson, and when last. */
    calledTo(lessonId: string): Promise<Map<string, Instant>>;
  };
  /** Administrators are told that space for recordings runs out. */
  spaceLow(news: SpaceNews): void;
  /** Administrators are told that the next hours will be heavy. */
  capacityNear(peak: CapacityPeak): void;
  /** Finds what was missed, and begins to send. */
  start(): Promise<void>;
  /** All that was heard is written down, and what is due was sent. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly config: Pick<Config, 'timeZone'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly mail: MailPort | null;
  readonly push: PushPort | null;
  readonly plan: FactBus<TimetableFact>;
  readonly rooms: FactBus<Fact>;
  readonly origin: () => string;
}

export function openNotification({ config, db, clock, log, mail, push, plan, rooms, origin }: Parts): Notifying {
  const events = new EventStore(db);
  const audience = new AudienceStore(db);
  const store = new OutboxStore(db);
  const outbox = new OutboxService({ store, events, audience, mail, push, clock, log, timeZone: config.timeZone, origin });
  const telling = new TellingService({
    ...{ events, audience, clock, log },
    devicesOf: (ids) => store.devicesOf(ids),
    mailOn: mail !== null,
    pushOn: push !== null,
    written: () => outbox.look(),
  });
  plan.listen('notification', (fact) => telling.hear(fact));
  rooms.listen('notification', (fact) => {
    if (fact.type === 'recording-stopped') telling.hearRecording(fact);
  });
  const service = new NotificationService({ events, outbox: store, clock, mailOn: mail !== null, push });
  return {
    routers: [notificationHttp(service)],
    calls: { call: (of) => telling.hearCall(of), calledTo: (lessonId) => events.calledTo(lessonId) },
    spaceLow: (news) => telling.hearSpace(news),
    capacityNear: (peak) => telling.hearCapacity(peak),
    async start() {
      await telling.start();
      outbox.start();
    },
    async settled() {
      await telling.settled();
      await outbox.settled();
    },
    async close() {
      await telling.close();
      await outbox.close();
    },
  };
}

/** Null: not wanted. */
export function pushOf({ push, mail, publicUrl, dataDir }: Pick<Config, 'push' | 'mail' | 'publicUrl' | 'dataDir'>): PushPort | null {
  if (push.send === 'off') return null;
  const address = push.contact ?? (mail.from === null ? publicUrl : `mailto:${mail.from}`);
  return new WebPush({
    secret: secretKey(dataDir, 'push'),
    // RFC 8292 asks for a way to reach us, and some push services refuse without one.
    contact: address?.startsWith('https:') || address?.startsWith('mailto:') ? address : 'mailto:postmaster@localhost',
    hosts: push.hosts,
    connections: 10,
  });
}
