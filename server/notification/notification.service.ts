// A person's own notifications: the list, what they want to be told of, their devices; for administrators, what could not be delivered.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Person } from '../contract/identity.ts';
import type {
  Deliveries,
  NotificationChoice,
  NotificationSettings,
  Notifications,
  PushDevice,
  PushSubscribe,
  ReadNotifications,
  UnreadNotifications,
} from '../contract/notification.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { PushPort } from '../ports/push.ts';
import type { EventStore } from './event.store.ts';
import { settingsOf } from './notification.ts';
import type { OutboxStore } from './outbox.store.ts';
import { isOfServer } from './server-news.ts';

type Unread = z.infer<typeof UnreadNotifications>;

interface Options {
  readonly events: EventStore;
  readonly outbox: OutboxStore;
  readonly clock: Clock;
  readonly mailOn: boolean;
  readonly push: PushPort | null;
}

const MOST_DEVICES = 10;

export class NotificationService {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async list(person: Person): Promise<z.input<typeof Notifications>> {
    const { events } = this.#options;
    const [notifications, { unread }] = await Promise.all([events.newest(person.id), events.unread(person.id)]);
    return { notifications, unread };
  }

  unread(person: Person): Promise<Unread> {
    return this.#options.events.unread(person.id);
  }

  async read(person: Person, which: ReadNotifications): Promise<Unread> {
    await this.#options.events.read(person.id, which, this.#options.clock.now());
    return this.unread(person);
  }

  async settings(person: Person): Promise<NotificationSettings> {
    const { events, mailOn, outbox, push } = this.#options;
    const choices = (await events.choices([person.id])).get(person.id) ?? new Map();
    return {
      kinds: settingsOf(choices).filter(({ kind }) => !isOfServer(kind) || person.roles.includes('administrator')),
      mail: { available: mailOn, address: person.email },
      push: { available: push !== null, key: push?.publicKey ?? '', devices: push === null ? [] : await outbox.ownDevices(person.id) },
    };
  }

  async choose(person: Person, choices: readonly NotificationChoice[]): Promise<NotificationSettings> {
    await this.#options.events.choose(person.id, choices);
    return this.settings(person);
  }

  /** N8 */
  async subscribe(person: Person, { endpoint, keys, name }: PushSubscribe): Promise<PushDevice> {
    const { clock, outbox, push } = this.#options;
    if (push === null) throw new Refused('not-found', 'This server sends no push messages');
    if (!push.accepts(endpoint)) throw new Refused('bad-request', 'This push service is not known here');
    const id = createHash('sha256').update(endpoint).digest('base64url');
    const own = await outbox.ownDevices(person.id);
    for (const old of own.filter((device) => device.id !== id).slice(MOST_DEVICES - 1)) await outbox.removeDevices({ id: old.id });
    const createdAt = clock.now();
    await outbox.addDevice({ id, personId: person.id, endpoint, p256dh: keys.p256dh, auth: keys.auth, name, createdAt });
    return { id, name, addedAt: createdAt };
  }

  unsubscribe(person: Person, endpoint: string): Promise<void> {
    return this.#options.outbox.removeDevices({ personId: person.id, endpoint });
  }

  removeDevice(person: Person, id: string): Promise<void> {
    return this.#options.outbox.removeDevices({ personId: person.id, id });
  }

  async deliveries(): Promise<Deliveries> {
    const { mailOn, outbox, push } = this.#options;
    const counts = await outbox.counts();
    return {
      mail: { configured: mailOn, ...counts.mail },
      push: { configured: push !== null, ...counts.push },
      failed: await outbox.lastFailed(),
    };
  }
}
