// Sends what is to be sent, a few at a time, and tries again what did not go; the database knows at every moment what was done.
import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../contract/ids.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { MailOutcome, MailPort, OutgoingMail } from '../ports/mail.ts';
import type { PushOutcome, PushPort } from '../ports/push.ts';
import type { AudienceStore, Reachable, ToldLesson } from './audience.store.ts';
import { calendarMessage } from './calendar-message.ts';
import { digestOf, mailOf, settingsPath } from './compose-mail.ts';
import { pushDigestOf, pushOf, secondsUntil } from './compose-push.ts';
import type { EventStore } from './event.store.ts';
import { DIGEST_FROM, isUrgent, type NotificationEvent, pauseMs } from './notification.ts';
import type { Channel, Delivery, Device, OutboxStore } from './outbox.store.ts';
import { type Told, usualLanguage, wordsOf } from './words.ts';

interface Options {
  readonly store: OutboxStore;
  readonly events: EventStore;
  readonly audience: AudienceStore;
  readonly mail: MailPort | null;
  readonly push: PushPort | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
  /** Where browsers reach us, without a slash at the end. */
  readonly origin: () => string;
}

/** Deliveries that go out together, with what is known of them. */
interface Parcel {
  readonly personId: string;
  readonly target: string;
  readonly batch: string;
  readonly deliveries: readonly Delivery[];
}
interface Known {
  readonly people: ReadonlyMap<string, Reachable>;
  readonly events: ReadonlyMap<string, NotificationEvent>;
  readonly lessons: ReadonlyMap<string, ToldLesson>;
  readonly devices: ReadonlyMap<string, Device>;
}
type Outcome = MailOutcome | PushOutcome | { readonly as: 'nobody' };

const LOOK_MS = 5000;
const AT_ONCE = { mail: 60, push: 100 };
const SIDE_BY_SIDE = { mail: 3, push: 10 };
const DAY_MS = 24 * 3_600_000;

export class OutboxService {
  readonly #options: Options;
  readonly #timers: Timer[] = [];
  #work: Promise<void> | null = null;
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    const { clock } = this.#options;
    this.#timers.push(
      clock.every(LOOK_MS, () => this.look()),
      clock.every(DAY_MS, () => void this.#forget()),
    );
    this.look();
  }

  /** Sends what is due, unless that is going on already. */
  look(): void {
    if (this.#closed || this.#work !== null) return;
    this.#work = Promise.all([this.#send('mail'), this.#send('push')])
      .catch((error: unknown) => this.#options.log.error({ error }, 'Notifications could not be sent; tried again'))
      .then(() => {
        this.#work = null;
      });
  }

  async settled(): Promise<void> {
    while (this.#work !== null) await this.#work;
  }

  /** What is on its way is finished first. Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.splice(0)) timer.cancel();
    await this.settled();
    this.#options.mail?.close();
    this.#options.push?.close();
  }

  async #send(channel: Channel): Promise<void> {
    const { clock, store } = this.#options;
    if (this.#options[channel] === null) return;
    while (!this.#closed) {
      const due = await store.due(channel, clock.now(), AT_ONCE[channel]);
      const parcels = await this.#parcels(due);
      if (parcels.length === 0) return;
      const known = await this.#knownOf(channel, parcels);
      if (!(await this.#sendAll(channel, parcels, known))) return;
    }
  }

  /** N6: whoever is to be told much at once is sent one message. */
  async #parcels(due: readonly Delivery[]): Promise<Parcel[]> {
    const now = this.#options.clock.now();
    const parcels: Parcel[] = [];
    for (const [, own] of Map.groupBy(due, ({ personId, target }) => `${personId} ${target}`)) {
      const isFresh = (one: Delivery) => one.attempts === 0 && one.batch === one.id && !isUrgent(one.kind);
      const fresh = own.filter(isFresh);
      const together = fresh.length >= DIGEST_FROM && fresh.some((one) => one.nextAt <= now) ? fresh : [];
      const [head] = together;
      if (head !== undefined) {
        await this.#options.store.join(
          together.map((one) => one.id),
          head.id,
        );
        parcels.push({ personId: head.personId, target: head.target, batch: head.id, deliveries: together });
      }
      const rest = own.filter((one) => !together.includes(one));
      for (const [batch, deliveries] of Map.groupBy(rest, (one) => one.batch)) {
        const [first] = deliveries;
        if (first !== undefined && first.nextAt <= now) parcels.push({ personId: first.personId, target: first.target, batch, deliveries });
      }
    }
    return parcels;
  }

  async #knownOf(channel: Channel, parcels: readonly Parcel[]): Promise<Known> {
    const { audience, events, store } = this.#options;
    const people = [...new Set(parcels.map((one) => one.personId))];
    const devices = channel === 'push' ? await store.devicesOf(people) : [];
    const known = await events.events(parcels.flatMap(({ deliveries }) => deliveries.map((one) => one.eventId)));
    return {
      events: known,
      people: await audience.reach(people),
      devices: new Map(devices.map((device) => [device.id, device])),
      // Only mails say how the lesson is now.
      lessons: channel === 'push' ? new Map() : await audience.lessons([...new Set([...known.values()].map((event) => event.lessonId))]),
    };
  }

  /** Answers whether the next ones may be tried at once. */
  async #sendAll(channel: Channel, parcels: readonly Parcel[], known: Known): Promise<boolean> {
    const queue = [...parcels];
    const sent: string[] = [];
    let down: string | null = null;
    const worker = async () => {
      for (let parcel = queue.shift(); parcel !== undefined; parcel = queue.shift()) {
        // Others get their turn between two messages, also where nothing has to be waited for.
        await setImmediate();
        const outcome: Outcome = down === null ? await this.#tried(channel, parcel, known) : { as: 'unreachable', why: down };
        if (outcome.as === 'unreachable') down = outcome.why;
        if (outcome.as === 'sent') sent.push(...parcel.deliveries.map((one) => one.id));
        else await this.#settle(parcel, outcome);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE[channel] }, worker));
    // Together, for on SQLite each write of its own waits for the disk.
    await this.#options.store.sent(sent, this.#options.clock.now());
    if (down !== null) this.#options.log.warn({ why: down }, 'The mail server cannot be reached; mails wait');
    return down === null;
  }

  /** One message that cannot be made must not hold up all others. */
  #tried(channel: Channel, parcel: Parcel, known: Known): Promise<Outcome> {
    return this.#sendOne(channel, parcel, known).catch((error: unknown) => {
      this.#options.log.error({ error, channel, batch: parcel.batch }, 'A message could not be made');
      return { as: 'later', why: 'internal error', afterMs: null };
    });
  }

  async #sendOne(channel: Channel, parcel: Parcel, known: Known): Promise<Outcome> {
    const now = this.#options.clock.now();
    const person = known.people.get(parcel.personId);
    if (person === undefined) return { as: 'nobody' };
    if (parcel.deliveries.every((one) => one.expiresAt <= now)) return { as: 'refused', why: 'too late' };
    return channel === 'mail' ? this.#sendMail(parcel, person, known) : this.#sendPush(parcel, person, known);
  }

  async #sendMail(parcel: Parcel, person: Reachable, known: Known): Promise<Outcome> {
    const { mail, origin, timeZone } = this.#options;
    const told = toldOf(parcel, known);
    const [first] = told;
    if (mail === null || person.email === null || first === undefined) return { as: 'nobody' };
    const language = person.language ?? usualLanguage;
    const frame = { name: person.name, words: wordsOf(language, timeZone), origin: origin() };
    const to = { name: person.name, address: person.email };
    const written = told.length === 1 ? mailOf(first, frame) : digestOf(told, frame);
    const message: OutgoingMail = {
      ...written,
      ...{ to, language, settingsUrl: origin() + settingsPath },
      messageId: `${parcel.batch}@${mail.from.address.split('@').at(-1) ?? 'localhost'}`,
      calendar: told.length === 1 ? this.#calendarOf(first, parcel, to, known) : null,
    };
    return mail.send(message);
  }

  #calendarOf(told: Told, { personId, deliveries: [delivery] }: Parcel, attendee: OutgoingMail['to'], known: Known) {
    const { mail, origin, timeZone } = this.#options;
    const event = delivery && known.events.get(delivery.eventId);
    const lesson = known.lessons.get(told.lessonId);
    if (mail === null || event === undefined || lesson === undefined) return null;
    const language = known.people.get(personId)?.language ?? usualLanguage;
    const isOut = event.meant.fromId === personId && lesson.teacherId !== personId;
    return calendarMessage({ kind: told.kind, isOut, lesson, attendee, organizer: mail.from, language, timeZone, origin: origin() });
  }

  async #sendPush(parcel: Parcel, person: Reachable, known: Known): Promise<Outcome> {
    const { clock, push, timeZone } = this.#options;
    const told = toldOf(parcel, known);
    const [first] = told;
    const device = known.devices.get(parcel.target);
    if (push === null || device === undefined || first === undefined) return { as: 'nobody' };
    const words = wordsOf(person.language ?? usualLanguage, timeZone);
    const left = secondsUntil(Math.max(...parcel.deliveries.map((one) => one.expiresAt)), clock.now());
    return push.send(device, told.length === 1 ? pushOf(first, words, left) : pushDigestOf(told, words, left));
  }

  /** N7 */
  async #settle({ deliveries, target }: Parcel, outcome: Exclude<Outcome, { as: 'sent' }>): Promise<void> {
    const { clock, store } = this.#options;
    const ids = deliveries.map((one) => one.id);
    const now = clock.now();
    switch (outcome.as) {
      case 'nobody':
        return store.drop(ids);
      case 'gone':
        await store.drop(ids);
        return store.removeDevices({ id: target });
      case 'refused':
        return store.failed(ids, outcome.why, now);
      case 'later':
      case 'unreachable': {
        const attempts = Math.max(...deliveries.map((one) => one.attempts)) + 1;
        const pause = pauseMs(attempts);
        const nextAt: Instant = now + Math.max(pause ?? 0, ('afterMs' in outcome && outcome.afterMs) || 0);
        const ends = Math.min(...deliveries.map((one) => one.expiresAt));
        return pause === null || nextAt >= ends ? store.failed(ids, outcome.why, now) : store.later(ids, outcome.why, nextAt);
      }
    }
  }

  async #forget(): Promise<void> {
    const { clock, log, store } = this.#options;
    const now = clock.now();
    await store
      .forget(now - 7 * DAY_MS, now - 30 * DAY_MS)
      .catch((error: unknown) => log.warn({ error }, 'Old deliveries were not removed'));
  }
}

function toldOf({ deliveries }: Parcel, { events }: Known): Told[] {
  return deliveries.flatMap(({ eventId, kind }) => {
    const event = events.get(eventId);
    return event === undefined ? [] : [{ kind, lessonId: event.lessonId, detail: event.detail }];
  });
}
