// A whole server: a lesson is moved over HTTP, and its people hear of it in the app and by mail.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Config } from '../../config/schema.ts';
import { openApp } from '../../server/app.ts';
import { Deliveries, NotificationSettings, Notifications, UnreadNotifications } from '../../server/contract/notification.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openLog } from '../../server/log.ts';
import { fillCampus, lessonId, startsAt, studentId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMail } from '../support/fake-mail.ts';
import { FakeMedia } from '../support/fake-media.ts';

const HOUR = 3_600_000;
const password = 'four unrelated words';

it('N2 a lesson that is moved over HTTP is told to its students, who read it and switch the mails off', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-notification-'));
  const clock = new FakeClock(startsAt - 14 * HOUR);
  const mail = new FakeMail();
  const log = openLog({ level: 'silent', format: 'json' });
  const config = Config.parse({ dataDir, port: 0, publicUrl: 'https://class.university.test' });
  const app = await openApp(config, { clock, log, mail, media: new FakeMedia(), clientDir: null });
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  onTestFinished(async () => {
    await close();
    await app.close('server-stopped');
    await rm(dataDir, { recursive: true, force: true });
  });
  const ask = async (method: string, path: string, token: string | null, body?: object) => {
    const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
    return fetch(app.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };
  const tokenOf = async (answer: Response): Promise<string> => {
    return z.object({ token: z.string() }).parse(await answer.json()).token;
  };
  const admin = { signInName: 'admin', displayName: 'Admin', password };
  const adminToken = await tokenOf(
    await ask('POST', '/api/first-run', null, { choice: 'administrator', code: app.firstRunCode, person: admin }),
  );
  await fillCampus(db);
  const change = { password, email: 'one@university.test', language: 'kk' };
  expect((await ask('PATCH', `/api/people/${studentId(1)}`, adminToken, change)).status).toBe(200);
  const student = await tokenOf(await ask('POST', '/api/session', null, { name: studentId(1), password }));

  const to = { startsAt: startsAt + 2 * HOUR, endsAt: startsAt + 3 * HOUR };
  const moved = await ask('POST', `/api/lessons/${lessonId}/changes`, adminToken, { change: { type: 'move', ...to }, note: 'Жөндеу' });
  expect(moved.status).toBe(200);
  const unread = async () => UnreadNotifications.parse(await (await ask('GET', '/api/notifications/unread', student)).json()).unread;
  await expect.poll(unread).toBe(1);
  const { notifications } = Notifications.parse(await (await ask('GET', '/api/notifications', student)).json());
  expect(notifications).toMatchObject([
    { kind: 'lesson-moved', lessonId, detail: { ...to, from: { startsAt }, note: 'Жөндеу' }, read: false },
  ]);
  await ask('POST', '/api/notifications/read', student, { ids: [notifications[0]?.id] });
  expect(await unread()).toBe(0);

  const mailed = () => {
    clock.advance(30_000);
    return mail.taken.map((one) => [one.to.address, one.calendar?.method]);
  };
  await expect.poll(mailed).toEqual([['one@university.test', 'REQUEST']]);
  expect(mail.taken[0]?.text).toContain('https://class.university.test/lessons/lesson');

  const choices = [{ kind: 'lesson-moved', channel: 'mail', on: false }];
  const settings = NotificationSettings.parse(await (await ask('PATCH', '/api/notifications/settings', student, { choices })).json());
  expect(settings).toMatchObject({ mail: { available: true, address: 'one@university.test' }, push: { available: false, key: '' } });
  expect(settings.kinds[0]).toEqual({ kind: 'lesson-moved', inApp: true, mail: false, push: true });

  expect((await ask('GET', '/api/notifications/deliveries', student)).status).toBe(403);
  expect((await ask('GET', '/api/notifications', null)).status).toBe(401);
  const sent = async () => Deliveries.parse(await (await ask('GET', '/api/notifications/deliveries', adminToken)).json()).mail.sent;
  await expect.poll(sent).toBe(1);
});
