// Works out of one event who has it in the list in the app, and which mails and pushes are to be sent.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { AudienceStore } from './audience.store.ts';
import type { EventStore, NewDelivery, Spread } from './event.store.ts';
import { expiryOf, isOn, isUrgent, type LessonPeople, MAIL_WAIT_MS, type NotificationEvent, PUSH_WAIT_MS, toldOf } from './notification.ts';
import type { Device } from './outbox.store.ts';

/** By which people can be reached. */
export interface Ways {
  readonly events: Pick<EventStore, 'choices'>;
  readonly audience: Pick<AudienceStore, 'reach'>;
  /** Of the people; only asked when `pushOn`. */
  readonly devicesOf: (personIds: readonly string[]) => Promise<Device[]>;
  readonly mailOn: boolean;
  readonly pushOn: boolean;
  readonly clock: Pick<Clock, 'now'>;
}

export async function spreadOf(event: NotificationEvent, people: LessonPeople, ways: Ways): Promise<Spread> {
  const { audience, clock, devicesOf, events, mailOn, pushOn } = ways;
  const told = toldOf(event, people);
  const ids = told.map((one) => one.personId);
  const choices = await events.choices(ids);
  const devices = pushOn ? Map.groupBy(await devicesOf(ids), (device) => device.personId) : new Map<string, Device[]>();
  const wantMail = mailOn ? told.filter(({ personId, kind }) => isOn(kind, 'mail', choices.get(personId))) : [];
  const reach = await audience.reach(wantMail.map((one) => one.personId));
  const now = clock.now();
  const expiresAt = expiryOf(event);
  const delivery = (personId: string, kind: NewDelivery['kind'], channel: NewDelivery['channel'], target: string): NewDelivery => {
    const waitMs = isUrgent(event.type) ? 0 : channel === 'mail' ? MAIL_WAIT_MS : PUSH_WAIT_MS;
    return { id: randomBytes(12).toString('base64url'), personId, kind, channel, target, nextAt: now + waitMs, expiresAt };
  };
  return {
    event,
    inApp: told.filter(({ personId, kind }) => isOn(kind, 'inApp', choices.get(personId))),
    deliveries: [
      ...wantMail.filter(({ personId }) => reach.get(personId)?.email).map(({ personId, kind }) => delivery(personId, kind, 'mail', '')),
      ...told.flatMap(({ personId, kind }) => {
        const own = choices.get(personId);
        const pushes = isOn(kind, 'push', own) ? (devices.get(personId) ?? []) : [];
        return pushes.map((device) => delivery(personId, kind, 'push', device.id));
      }),
    ],
  };
}
