// Who is told what, on which channel and in which language; and that nothing is lost or told twice when something breaks.
import ICAL from 'ical.js';
import type { Updateable } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { SmtpMail } from '../../server/adapters/smtp-mail.ts';
import { LessonId, RecordingId } from '../../server/contract/ids.ts';
import type { RecordingTable } from '../../server/database/tables-recordings.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { assistantId, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeMail } from '../support/fake-mail.ts';
import { FakePush } from '../support/fake-push.ts';
import { cert } from '../support/localhost-certificate.ts';
import { MailServer } from '../support/mail-server.ts';
import { addressOf, Notified, origin } from '../support/notified.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let open: Notified | null = null;
afterEach(async () => {
  const faults = open?.faults ?? [];
  await open?.close();
  open = null;
  expect(faults).toEqual([]);
});

async function withPost(students?: number) {
  const mail = new FakeMail();
  const push = new FakePush();
  open = await Notified.open({ mail: () => mail.reopened(), push: () => push }, students);
  return { notified: open, mail, push };
}

function eventIn(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content));
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('no event');
  return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(component), component };
}

describe('N2 a lesson that is moved by hand', () => {
  it('is told by mail to each of its people but the one who did it, in their language, with both times', async () => {
    const { notified, mail } = await withPost();
    await notified.move(2 * HOUR, { note: 'The room is being painted' });
    await notified.pass(2 * MINUTE);
    expect(mail.taken.map((one) => one.to.address).sort()).toEqual(
      [assistantId, studentId(1), studentId(2), studentId(3), studentId(4)].map(addressOf).sort(),
    );
    const [kk] = mail.to(addressOf(studentId(1)));
    const [ru] = mail.to(addressOf(studentId(2)));
    const [en] = mail.to(addressOf(studentId(3)));
    const [none] = mail.to(addressOf(studentId(4)));
    expect(kk?.subject).toBe('Уақыты ауысты: Diffraction');
    expect(kk?.text).toContain('2026 ж. 7 қыркүйек, дүйсенбі, 10:00–10:50');
    expect(ru?.subject).toBe('Перенос: Diffraction');
    expect(ru?.text).toContain('Было: понедельник, 7 сентября 2026 г., 08:00–08:50');
    expect(ru?.text).toContain('Стало: понедельник, 7 сентября 2026 г., 10:00–10:50');
    expect(en?.text).toContain('Reason: The room is being painted');
    expect(en?.text).toContain(`${origin}/lessons/${lessonId}`);
    expect(en?.text).toContain(`${origin}/notifications/settings`);
    expect(none?.language).toBe('ru');
    expect(en?.html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(await notified.lists()).toEqual([assistantId, ...[1, 2, 3, 4, 5].map(studentId)].map((id) => `${id} lesson-moved`).sort());
  });

  it('moves it in the calendar of whoever reads the mail, by the same event with a higher number', async () => {
    const box = await MailServer.open();
    open = await Notified.open({
      mail: () =>
        new SmtpMail({
          ...{ host: 'localhost', port: box.port, secure: 'starttls', user: null, password: null, replyTo: null, connections: 2, ca: cert },
          from: { name: 'Auditoria', address: 'class@university.test' },
        }),
    });
    const arrived = async (count: number) => {
      await open?.pass(2 * MINUTE);
      expect(box.received).toHaveLength(count);
      return box.received.filter((one) => one.to === addressOf(studentId(2))).at(-1);
    };
    await open.move(2 * HOUR);
    const first = await arrived(5);
    const part = first?.mail.attachments.find((one) => one.filename === 'lesson.ics');
    const text = typeof part?.content === 'string' ? part.content : new TextDecoder().decode(part?.content);
    const { method, event, component } = eventIn(text);
    expect(first?.raw).toMatch(/text\/calendar;[\s\S]*?method=REQUEST/i);
    expect(method).toBe('REQUEST');
    expect(event.startDate.toJSDate().getTime()).toBe(startsAt + 2 * HOUR);
    expect(event.sequence).toBe(1);
    expect(event.organizer).toBe('mailto:class@university.test');
    expect(component.getFirstPropertyValue('attendee')).toBe(`mailto:${addressOf(studentId(2))}`);

    await open.cancel();
    const second = await arrived(10);
    const off = second?.mail.attachments.find((one) => one.filename === 'lesson.ics');
    const cancelled = eventIn(typeof off?.content === 'string' ? off.content : new TextDecoder().decode(off?.content));
    expect(cancelled.method).toBe('CANCEL');
    expect(cancelled.event.uid).toBe(event.uid);
    expect(cancelled.event.sequence).toBe(2);
    await open.stop();
    await box.close();
  });

  it('N4 is not mailed to whoever has switched that off, and stays in the app', async () => {
    const { notified, mail } = await withPost();
    await notified.choose(studentId(1), 'lesson-moved', 'mail', false);
    await notified.choose(studentId(2), 'lesson-moved', 'inApp', false);
    await notified.move(2 * HOUR);
    await notified.pass(2 * MINUTE);
    expect(mail.to(addressOf(studentId(1)))).toEqual([]);
    expect(mail.to(addressOf(studentId(2)))).toHaveLength(1);
    expect(await notified.lists()).toContain('student1 lesson-moved');
    expect(await notified.lists()).not.toContain('student2 lesson-moved');
  });

  it('is not told to whose account is disabled, even if that happened after', async () => {
    const { notified, mail } = await withPost();
    await notified.db.updateTable('person').set({ disabled: 1 }).where('id', '=', studentId(1)).execute();
    await notified.move(2 * HOUR);
    await notified.settled();
    await notified.db.updateTable('person').set({ disabled: 1 }).where('id', '=', studentId(2)).execute();
    await notified.pass(2 * MINUTE);
    expect(mail.taken.map((one) => one.to.address).sort()).toEqual([assistantId, studentId(3), studentId(4)].map(addressOf).sort());
    expect(await notified.lists()).not.toContain('student1 lesson-moved');
    expect((await notified.deliveries()).filter((one) => one.state === 'waiting')).toEqual([]);
  });

  it('shows titles and reasons in mails as they were written', async () => {
    const { notified, mail } = await withPost();
    await notified.db.updateTable('lesson').set({ title: '<b>Light</b> & "waves"' }).execute();
    await notified.move(HOUR, { note: '<script>alert(1)</script>' });
    await notified.pass(2 * MINUTE);
    const [one] = mail.to(addressOf(studentId(3)));
    expect(one?.subject).toBe('Moved: <b>Light</b> & "waves"');
    expect(one?.html).not.toMatch(/<script|<b>/);
    expect(one?.html).toContain('&lt;script&gt;');
  });
});

describe('N2 a substituted teacher', () => {
  it('hears of it as well as the new one, the old one with the lesson taken from the calendar', async () => {
    const { notified, mail } = await withPost();
    await notified.substitute(strangerId);
    await notified.pass(2 * MINUTE);
    const [old] = mail.to(addressOf(teacherId));
    const [fresh] = mail.to(addressOf(strangerId));
    expect(old?.subject).toBe('Another teacher: Diffraction');
    expect(old?.text).toContain('Name of teacher → Name of stranger');
    expect(old?.calendar?.method).toBe('CANCEL');
    expect(fresh?.subject).toBe('Занятие ведёте Вы: Diffraction');
    expect(fresh?.calendar?.method).toBe('REQUEST');
    expect(mail.to(addressOf(studentId(3)))[0]?.subject).toBe('Another teacher: Diffraction');
    expect(mail.to(addressOf(studentId(3)))[0]?.calendar?.method).toBe('REQUEST');
  });
});

describe('N3 an import', () => {
  it('tells only of the next fourteen days', async () => {
    const { notified, mail } = await withPost();
    await notified.addLesson('far', notified.clock.now() + 20 * DAY);
    await notified.move(HOUR, { lessonId: LessonId.parse('far'), by: null });
    await notified.move(HOUR, { by: null });
    await notified.pass(2 * MINUTE);
    expect(mail.to(addressOf(studentId(3))).map((one) => one.subject)).toEqual(['Moved: Diffraction']);
    expect(mail.to(addressOf(teacherId))).toHaveLength(1);
  });

  it('tells nothing of lessons that are over', async () => {
    const { notified, mail } = await withPost();
    await notified.addLesson('past', notified.clock.now() - DAY);
    await notified.move(HOUR, { lessonId: LessonId.parse('past') });
    await notified.pass(2 * MINUTE);
    expect(mail.taken).toEqual([]);
    expect(await notified.lists()).toEqual([]);
  });
});

describe('N6 much at once', () => {
  it('is one mail for one person', async () => {
    const { notified, mail } = await withPost();
    for (const number of [1, 2, 3, 4, 5]) await notified.addLesson(`l${number}`, startsAt + number * HOUR);
    for (const number of [1, 2, 3, 4, 5]) {
      await notified.move(DAY, { lessonId: LessonId.parse(`l${number}`) });
      await notified.pass(5000);
    }
    await notified.pass(2 * MINUTE);
    const [one, ...more] = mail.to(addressOf(studentId(2)));
    expect(more).toEqual([]);
    expect(one?.subject).toBe('5 изменений в Вашем расписании');
    expect(one?.text.match(/Перенос: Lesson l\d/g)).toHaveLength(5);
    expect(one?.calendar).toBeNull();
  });

  it('stays one mail, with the same id, when it has to be tried again', async () => {
    const { notified, mail } = await withPost();
    for (const number of [1, 2, 3, 4]) await notified.addLesson(`l${number}`, startsAt + number * HOUR);
    const ids: string[] = [];
    mail.answer = ({ messageId, to }) => {
      if (to.address !== addressOf(studentId(2))) return { as: 'sent' };
      ids.push(messageId);
      return ids.length < 3 ? { as: 'later', why: 'full' } : { as: 'sent' };
    };
    for (const number of [1, 2, 3, 4]) await notified.move(DAY, { lessonId: LessonId.parse(`l${number}`) });
    await notified.pass(10 * MINUTE);
    expect(mail.to(addressOf(studentId(2)))).toHaveLength(1);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(3);
  });
});

describe('N5 what was written down', () => {
  it('is sent once when the server stops between writing and sending', async () => {
    const { notified, mail } = await withPost();
    await notified.move(HOUR);
    await notified.stop();
    expect(mail.taken).toEqual([]);
    await notified.start();
    await notified.pass(5 * MINUTE);
    await notified.stop();
    await notified.start();
    await notified.pass(5 * MINUTE);
    expect(mail.taken).toHaveLength(5);
    expect(new Set(mail.taken.map((one) => one.messageId)).size).toBe(5);
  });

  it('is found again when the server died before it heard of the change', async () => {
    const { notified, mail } = await withPost();
    await notified.move(HOUR, { quietly: true, note: 'Unheard' });
    await notified.stop();
    await notified.start();
    await notified.pass(2 * MINUTE);
    expect(mail.taken).toHaveLength(5);
    expect(mail.to(addressOf(studentId(3)))[0]?.text).toContain('Reason: Unheard');
    expect(mail.to(addressOf(studentId(3)))[0]?.text).toContain('Was: Monday');
  });

  it('is told once although it is heard from two sides', async () => {
    const { notified, mail } = await withPost();
    await notified.move(HOUR);
    await notified.pass(2 * MINUTE);
    await notified.stop();
    await notified.start();
    await notified.pass(2 * MINUTE);
    expect(mail.taken).toHaveLength(5);
    expect(await notified.lists()).toHaveLength(6);
  });
});

describe('N7 mail that does not go', () => {
  it('is tried again, ever later, until the mail server is back', async () => {
    const { notified, mail } = await withPost();
    mail.answer = () => ({ as: 'unreachable', why: 'no answer' });
    await notified.move(30 * HOUR);
    await notified.pass(3 * HOUR);
    expect(mail.tried).toBeLessThan(40);
    mail.answer = () => ({ as: 'sent' });
    await notified.pass(3 * HOUR + MINUTE);
    expect(mail.taken).toHaveLength(5);
  });

  it('is a dead letter at once when it is refused for good, and keeps no other back', async () => {
    const { notified, mail } = await withPost();
    mail.answer = ({ to }) => (to.address === addressOf(studentId(1)) ? { as: 'refused', why: '550 no such user' } : { as: 'sent' });
    await notified.move(HOUR);
    await notified.pass(2 * MINUTE);
    expect(mail.taken).toHaveLength(4);
    const failed = (await notified.deliveries()).filter((one) => one.state === 'failed');
    expect(failed).toMatchObject([{ person_id: 'student1', attempts: 1, error: '550 no such user' }]);
    await notified.pass(2 * HOUR);
    expect(mail.tried).toBe(5);
  });

  it('is given up after about a day', async () => {
    const { notified, mail } = await withPost(1);
    mail.answer = () => ({ as: 'later', why: 'full' });
    await notified.move(50 * HOUR);
    await notified.pass(25 * HOUR);
    expect((await notified.deliveries()).every((one) => one.state === 'failed' && one.error === 'full')).toBe(true);
    expect(mail.tried).toBeLessThan(2 * 9);
  });
});

describe('N8 push', () => {
  const phone = 'https://push.test/phone0001';
  const laptop = 'https://push.test/laptop01';

  it('reaches every device of a person, in their language, and opens the lesson', async () => {
    const { notified, push } = await withPost();
    await notified.device(studentId(1), phone);
    await notified.device(studentId(1), laptop);
    await notified.move(HOUR);
    await notified.pass(MINUTE);
    expect(push.taken).toHaveLength(2);
    const [one] = push.to(phone);
    expect(one?.payload).toMatchObject({ title: 'Уақыты ауысты: Diffraction', path: `/lessons/${lessonId}`, language: 'kk' });
    expect(one?.payload.body).toContain('09:00–09:50');
    expect(one?.message.ttlSeconds).toBeGreaterThan(DAY / 1000 - 300);
  });

  it('forgets a device that has withdrawn it', async () => {
    const { notified, push } = await withPost();
    await notified.device(studentId(1), phone);
    await notified.device(studentId(1), laptop);
    push.answer = ({ endpoint }) => (endpoint === phone ? { as: 'gone' } : { as: 'sent' });
    await notified.move(HOUR);
    await notified.pass(MINUTE);
    expect(push.to(laptop)).toHaveLength(1);
    const devices = await notified.db.selectFrom('push_device').select('endpoint').execute();
    expect(devices).toEqual([{ endpoint: laptop }]);
  });
});

describe('N9 a lesson that starts soon', () => {
  const phone = 'https://push.test/phone0001';

  it('is told ten minutes before, once, also over a restart, and is in no list', async () => {
    const { notified, push, mail } = await withPost();
    await notified.device(studentId(3), phone);
    await notified.pass(14 * HOUR - 11 * MINUTE);
    expect(push.taken).toEqual([]);
    await notified.pass(2 * MINUTE);
    await notified.stop();
    await notified.start();
    await notified.pass(8 * MINUTE);
    expect(push.taken).toHaveLength(1);
    expect(push.taken[0]?.payload.title).toBe('Starts soon: Diffraction');
    expect(push.taken[0]?.message).toMatchObject({ urgency: 'high' });
    expect(push.taken[0]?.message.ttlSeconds).toBeLessThanOrEqual(15 * 60);
    expect(mail.taken).toEqual([]);
    expect(await notified.lists()).toEqual([]);
  });

  it('is told again at its new time when it is moved', async () => {
    const { notified, push } = await withPost();
    await notified.device(studentId(3), phone);
    await notified.pass(14 * HOUR - 9 * MINUTE);
    await notified.move(2 * HOUR);
    await notified.pass(2 * HOUR);
    expect(push.taken.map((one) => one.payload.title)).toEqual([
      'Starts soon: Diffraction',
      'Moved: Diffraction',
      'Starts soon: Diffraction',
    ]);
  });

  it('is not told of a cancelled one', async () => {
    const { notified, push } = await withPost();
    await notified.device(studentId(3), phone);
    await notified.cancel();
    await notified.pass(14 * HOUR);
    expect(push.taken.map((one) => one.payload.title)).toEqual(['Cancelled: Diffraction']);
  });

  it('stores nothing for those who asked for nothing', async () => {
    const { notified } = await withPost();
    await notified.pass(14 * HOUR);
    expect(await notified.deliveries()).toEqual([]);
  });
});

describe('N2 a recording', () => {
  const ended = async (notified: Notified, change: Updateable<RecordingTable> = {}) => {
    const recordingId = RecordingId.parse('recording1');
    const at = notified.clock.now();
    await new RecordingStore(notified.db).add({ id: recordingId, lessonId, startedAt: at, startedBy: teacherId, directory: 'recording1' });
    await notified.db
      .updateTable('recording')
      .set({ state: 'ended', ended_at: at, ...change })
      .execute();
    notified.rooms.publish([{ type: 'recording-stopped', lessonId, at, recordingId, by: teacherId, reason: 'stopped' }]);
    await notified.settled();
  };

  it.each([
    ['hidden', { hidden: 1 }],
    ['to be seen later', { visible_from: startsAt + DAY }],
    ['in the trash already', { trashed_at: 1 }],
  ])('that is %s is told to those who teach, and to no student', async (_, change) => {
    const { notified } = await withPost();
    await ended(notified, change);
    expect(await notified.lists()).toEqual([`${assistantId} recording-ready`]);
  });

  it('is told in the app when it is ready, and leads there', async () => {
    const { notified } = await withPost();
    await ended(notified);
    expect(await notified.lists()).toEqual([assistantId, ...[1, 2, 3, 4, 5].map(studentId)].map((id) => `${id} recording-ready`).sort());
  });
});
