// What a person asks of their notifications, on each database.
import { beforeAll, describe, expect, it } from 'vitest';
import { NotificationDetail } from '../../server/contract/notification.ts';
import { Refused } from '../../server/contract/reply.ts';
import type { OpenDatabase } from '../../server/database/open.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import { EventStore } from '../../server/notification/event.store.ts';
import { NotificationService } from '../../server/notification/notification.service.ts';
import type { NotificationEvent } from '../../server/notification/notification.ts';
import { OutboxStore } from '../../server/notification/outbox.store.ts';
import { fillCampus, lessonId, startsAt, studentId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakePush } from '../support/fake-push.ts';
import { eachDatabase } from './databases.ts';

const detail = NotificationDetail.parse({
  ...{ title: 'Diffraction', courseTitle: 'Optics', startsAt, endsAt: startsAt + 1, from: null, before: null, after: null },
  ...{ place: null, teacherName: 'Name of teacher', note: '', recordingId: null },
});
const event = (id: string, at: number): NotificationEvent => ({
  ...{ id, type: 'lesson-cancelled', lessonId, at, byId: null, detail, meant: {} },
});
const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) };

eachDatabase((_name, open) => {
  let database: OpenDatabase;
  let events: EventStore;
  let outbox: OutboxStore;
  let service: NotificationService;
  const clock = new FakeClock(startsAt);
  const person = async (number: number) => {
    const found = await new PersonStore(database.db).byId(studentId(number));
    if (found === null) throw new Error('There is no such student');
    return found;
  };
  const tell = async (id: string, at: number, numbers: readonly number[]) => {
    await events.add([event(id, at)]);
    const inApp = numbers.map((number) => ({ personId: studentId(number), kind: 'lesson-cancelled' as const }));
    await events.spread([{ event: event(id, at), inApp, deliveries: [] }], at);
  };
  beforeAll(async () => {
    database = await open();
    await fillCampus(database.db);
    events = new EventStore(database.db);
    outbox = new OutboxStore(database.db);
    service = new NotificationService({ events, outbox, clock, mailOn: true, push: new FakePush() });
  });

  describe('the list in the app', () => {
    it('has the newest first, is one’s own, and counts what is unread', async () => {
      await tell('one', startsAt, [1, 2]);
      await tell('two', startsAt + 10, [1]);
      const { notifications, unread } = await service.list(await person(1));
      expect(notifications.map(({ id, read }) => [id, read])).toEqual([
        ['two', false],
        ['one', false],
      ]);
      expect(unread).toBe(2);
      expect(await service.unread(await person(2))).toEqual({ unread: 1, latestAt: startsAt });
      expect(await service.unread(await person(3))).toEqual({ unread: 0, latestAt: 0 });
    });

    it('N5 has the same event once', async () => {
      await tell('one', startsAt, [1, 2]);
      expect((await service.unread(await person(2))).unread).toBe(1);
    });

    it('is read by its owner only, one by one or up to a moment', async () => {
      expect(await service.read(await person(2), { ids: ['two', 'one'] })).toEqual({ unread: 0, latestAt: 0 });
      expect((await service.unread(await person(1))).unread).toBe(2);
      expect((await service.read(await person(1), { upTo: startsAt + 5 })).unread).toBe(1);
      expect((await service.read(await person(1), { upTo: startsAt + 10 })).unread).toBe(0);
    });
  });

  it('N4 keeps what was chosen, and only that', async () => {
    const kindOf = async (number: number) =>
      (await service.settings(await person(number))).kinds.find((one) => one.kind === 'lesson-moved');
    expect(await kindOf(1)).toEqual({ kind: 'lesson-moved', inApp: true, mail: true, push: true });
    await service.choose(await person(1), [{ kind: 'lesson-moved', channel: 'mail', on: false }]);
    await service.choose(await person(1), [{ kind: 'lesson-moved', channel: 'push', on: false }]);
    expect(await kindOf(1)).toEqual({ kind: 'lesson-moved', inApp: true, mail: false, push: false });
    await service.choose(await person(1), [{ kind: 'lesson-moved', channel: 'mail', on: true }]);
    expect(await kindOf(1)).toEqual({ kind: 'lesson-moved', inApp: true, mail: true, push: false });
    expect(await kindOf(2)).toEqual({ kind: 'lesson-moved', inApp: true, mail: true, push: true });
  });

  describe('N8 a device', () => {
    it('belongs to who used it last, and nobody else takes it away', async () => {
      const body = { endpoint: 'https://push.test/shared', keys, name: 'Chrome, Android' };
      const { id } = await service.subscribe(await person(1), body);
      expect((await service.settings(await person(1))).push.devices).toEqual([{ id, name: 'Chrome, Android', addedAt: startsAt }]);
      await service.subscribe(await person(2), body);
      expect((await service.settings(await person(1))).push.devices).toEqual([]);
      await service.removeDevice(await person(1), id);
      await service.unsubscribe(await person(1), body.endpoint);
      expect((await service.settings(await person(2))).push.devices).toHaveLength(1);
      await service.unsubscribe(await person(2), body.endpoint);
      expect((await service.settings(await person(2))).push.devices).toEqual([]);
    });

    it('is refused at an address that is no push service', async () => {
      const body = { endpoint: 'https://10.0.0.1/inside', keys, name: '' };
      await expect(service.subscribe(await person(1), body)).rejects.toThrow(Refused);
    });

    it('is one of ten at most: the oldest goes', async () => {
      for (let number = 0; number < 12; number += 1) {
        clock.advance(1000);
        await service.subscribe(await person(3), { endpoint: `https://push.test/${number}`, keys, name: `${number}` });
      }
      const { push } = await service.settings(await person(3));
      expect(push.devices.map((device) => device.name)).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
    });
  });

  it('N7 shows administrators what could not be delivered', async () => {
    await events.add([event('three', startsAt)]);
    const delivery = { id: 'd1', personId: studentId(1), kind: 'lesson-cancelled' as const, channel: 'mail' as const, target: '' };
    const times = { nextAt: startsAt, expiresAt: startsAt + 1000 };
    await events.spread([{ event: event('three', startsAt), inApp: [], deliveries: [{ ...delivery, ...times }] }], startsAt);
    expect((await service.deliveries()).mail).toEqual({ configured: true, waiting: 1, sent: 0, failed: 0 });
    expect((await outbox.due('mail', startsAt, 10)).map((one) => one.id)).toEqual(['d1']);
    await outbox.failed(['d1'], '550 no such user', startsAt + 5);
    const { mail, failed } = await service.deliveries();
    expect(mail).toEqual({ configured: true, waiting: 0, sent: 0, failed: 1 });
    expect(failed).toMatchObject([{ id: 'd1', channel: 'mail', attempts: 1, error: '550 no such user', person: { id: 'student1' } }]);
    await outbox.forget(0, startsAt + 10);
    expect((await service.deliveries()).failed).toEqual([]);
  });

  it('forgets what is older than it is kept, but not what still has to be sent', async () => {
    const delivery = { id: 'd2', personId: studentId(1), kind: 'lesson-cancelled' as const, channel: 'mail' as const, target: '' };
    await events.add([event('waiting', 5), event('old', 5)]);
    const deliveries = [{ ...delivery, nextAt: 6, expiresAt: startsAt }];
    await events.spread([{ event: event('waiting', 5), inApp: [], deliveries }], 5);
    await events.forgetBefore(10);
    expect([...(await events.events(['waiting', 'old'])).keys()]).toEqual(['waiting']);
  });
});
