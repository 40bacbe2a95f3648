// A timetable comes in by a file, is changed with one action each, and what was changed reaches everybody; the class is held under the link it always had.
import { z } from 'zod';
import { asXlsx, type University } from '../support/full-size-university.ts';
import { MailServer } from '../support/mail-server.ts';
import { addedToDay, hourAndMinute, isoDay, weekdayOf } from './support/days.ts';
import { demoPassword, ServerProcess } from './support/server-process.ts';
import { test as base, expect } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

/** Changes of one minute are told in one mail. */
const untilTold = { timeout: 120_000 };

const title = 'Ұлы дала көшпелілері';
const people = {
  first: { id: 't-1', name: 'Оспанова Ләйла Маратқызы', signInName: 'l.ospanova' },
  busy: { id: 't-2', name: 'Қуанышев Самат Берікұлы', signInName: 's.quanyshev' },
  substitute: { id: 't-3', name: 'Тёмина Юлия Сергеевна', signInName: 'y.temina' },
  student: { id: 's-1', name: 'Әміров Ғалым', signInName: 'g.amirov' },
} as const;

const test = base.extend<{ mail: MailServer; university: ServerProcess }>({
  mail: async ({ browserName: _ }, use) => {
    const mail = await MailServer.open({ tls: false });
    await use(mail);
    await mail.close();
  },
  university: async ({ mail }, use) => {
    const server = await ServerProcess.openDemo(() => ({
      AUDITORIA_MAIL_HOST: '127.0.0.1',
      AUDITORIA_MAIL_PORT: String(mail.port),
      AUDITORIA_MAIL_SECURE: 'none',
      AUDITORIA_MAIL_FROM: 'class@university.test',
    }));
    await use(server);
    await server.close();
  },
});

test.setTimeout(300_000);

/** Tomorrow at ten two teachers teach; the third is free. */
function timetable(tomorrow: string): University {
  const weekly = { term: 'term', weekday: weekdayOf(tomorrow), kind: 'seminar', startsAt: '10:00', endsAt: '10:50' };
  const groups = ['1', '2'].map((n) => ({ id: `g-${n}`, faculty: 'f', name: `ТР-26-${n}` }));
  return {
    faculties: [{ id: 'f', name: 'Тарих факультеті' }],
    groups,
    people: [{ ...people.student, roles: 'student', groups: 'g-1', language: 'kk', email: 's-1@university.test' }],
    courses: [
      { id: 'c-1', faculty: 'f', code: 'HIS2201', title: 'Ортағасырлық тарих' },
      { id: 'c-2', faculty: 'f', code: 'HIS2202', title: 'Археология' },
    ],
    terms: [
      { id: 'term', year: '2026/2027', name: 'Күзгі семестр', startsOn: addedToDay(tomorrow, -30), endsOn: addedToDay(tomorrow, 60) },
    ],
    series: [
      { id: 'w-1', course: 'c-1', title, teacher: people.first.id, groups: 'g-1', ...weekly },
      { id: 'w-2', course: 'c-2', title: 'Қорғандар', teacher: people.busy.id, groups: 'g-2', ...weekly },
    ],
  };
}

const Lessons = z.object({ lessons: z.array(z.object({ id: z.string(), title: z.string(), startsAt: z.number() })) });
const People = z.object({ people: z.array(z.object({ id: z.string(), signInName: z.string() })) });

/** Staff is not a coordinator's to bring: the student-record system does that, here with the rights of an administrator. */
async function bringTeachers(administrator: Visitor, url: string): Promise<void> {
  const items = [people.first, people.busy, people.substitute].map((one) => ({
    ...one,
    ...{ roles: 'teacher', language: 'ru', email: `${one.id}@university.test` },
  }));
  const answer = await administrator.page.request.put('/api/timetable/people', { data: { items }, headers: { origin: url } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Imported people have no password here: the university's own sign-in is another test's matter. */
async function givePasswords(administrator: Visitor, url: string): Promise<void> {
  const { request } = administrator.page;
  for (const { signInName } of [people.substitute, people.student]) {
    const found = People.parse(await (await request.get(`/api/people?search=${signInName}`)).json());
    const id = found.people.find((one) => one.signInName === signInName)?.id;
    const answer = await request.patch(`/api/people/${id}`, { data: { password: demoPassword }, headers: { origin: url } });
    expect(answer.status()).toBe(200);
  }
}

/** The button of the window that is open over the lesson. */
function saves(who: Visitor, change: 'substitute' | 'move') {
  const dialog = who.page.getByRole('dialog', { name: who.words(`timetable.change.${change}`), exact: true });
  return who.button(who.words(`timetable.change.${change}.save`), dialog);
}

test('a coordinator imports a timetable, substitutes a teacher and moves a lesson; all hear of it, and it is held under its link', async ({
  university,
  mail,
  visitor,
}) => {
  const now = Date.now();
  const tomorrow = isoDay(now + 24 * 3_600_000);
  const administrator = await visitor(university);
  await administrator.signIn('admin');
  await bringTeachers(administrator, university.url);
  const coordinator = await visitor(university);
  await coordinator.signIn('coordinator');

  await test.step('the file is compared before anything changes, and then applied', async () => {
    await coordinator.goTo('/university?view=import');
    const file = { name: 'univer.xlsx', mimeType: 'application/octet-stream', buffer: await asXlsx(timetable(tomorrow)) };
    await coordinator.page.locator('input[type="file"]').setInputFiles(file);
    await coordinator.page.getByRole('textbox', { name: 'Source' }).fill('Univer');
    await coordinator.says('import.upload.send').click();
    await expect(coordinator.page.getByText(coordinator.words('import.outcome.ready'))).toBeVisible(patience);
    const weekly = coordinator.page.getByRole('row', { name: /^Weekly lessons/ });
    await expect(weekly.getByRole('cell')).toHaveText(['2', '0', '0', '0']);
    await coordinator.says('import.apply').click();
    await expect(coordinator.page.getByText(coordinator.words('import.outcome.done'))).toBeVisible(patience);
  });

  await givePasswords(administrator, university.url);
  const student = await visitor(university, { language: 'kk' });
  await student.signIn(people.student.signInName);
  const answer = await student.page.request.get(`/api/lessons?from=${now}&to=${now + 3 * 24 * 3_600_000}`);
  const lesson = Lessons.parse(await answer.json()).lessons.find((one) => one.title === title);
  if (lesson === undefined) throw new Error('The student has no lesson from the file');
  const feed = z
    .object({ url: z.string() })
    .parse(
      await (
        await student.page.request.post('/api/feeds', { data: { of: 'person', language: 'kk' }, headers: { origin: university.url } })
      ).json(),
    );

  await coordinator.goTo(`/?lesson=${lesson.id}`);
  await test.step('who teaches at that time already is refused as a substitute, with what they teach', async () => {
    await coordinator.says('timetable.change.substitute.short').click();
    await coordinator.picks('timetable.change.substitute.who', people.busy.name);
    await expect(coordinator.page.getByText(`Teacher ${people.busy.name} is busy`)).toBeVisible(patience);
    await expect(coordinator.page.getByText('Қорғандар', { exact: false })).toBeVisible();
    await expect(saves(coordinator, 'substitute')).toBeDisabled();
  });

  await test.step('who is free is taken', async () => {
    await coordinator.picks('timetable.change.substitute.who', people.substitute.name);
    await saves(coordinator, 'substitute').click();
    await expect(coordinator.page.getByRole('dialog').getByText(people.substitute.name).first()).toBeVisible(patience);
  });

  const start = now + 6 * 60_000;
  await test.step('the lesson is moved to a few minutes from now', async () => {
    await coordinator.says('timetable.change.move.short').click();
    await coordinator.page.getByLabel('Date').fill(isoDay(start));
    await coordinator.page.getByRole('textbox', { name: 'Start', exact: true }).fill(hourAndMinute(start));
    await coordinator.page.getByRole('textbox', { name: 'End', exact: true }).fill(hourAndMinute(start + 50 * 60_000));
    await coordinator.page.getByRole('textbox', { name: 'Note' }).fill('Аудитория жөнделуде');
    await saves(coordinator, 'move').click();
    await expect(coordinator.page.getByText(/^Moved from/).first()).toBeVisible(patience);
  });

  await test.step('the student has it by mail, in Kazakh, with an invitation that calendars understand', async () => {
    // Both changes in one mail, or each in its own: that is the clock's business.
    const told = () => lettersTo(mail, 's-1@university.test').some(({ text }) => text?.includes('Аудитория жөнделуде'));
    await expect.poll(told, untilTold).toBe(true);
    await expect.poll(() => hasInvitation(mail, 's-1@university.test'), untilTold).toBe(true);
    await expect.poll(() => mail.received.some(({ to }) => to === 't-3@university.test'), untilTold).toBe(true);
  });

  await test.step('and in the week, and in the calendar feed', async () => {
    await student.goTo('/?view=week');
    await expect(student.page.getByRole('button', { name: new RegExp(title) }).first()).toBeVisible(patience);
    const calendar = await (await fetch(feed.url)).text();
    expect(calendar.replace(/\r\n[ \t]/g, '')).toContain(`${university.url}/lessons/${lesson.id}`);
    const stamp = new Date(Math.floor(start / 60_000) * 60_000).toISOString().replace(/[-:]|\.\d{3}/g, '');
    expect(calendar).toContain(stamp);
  });

  await test.step('the class is held under the same link, led by the substitute', async () => {
    const teacher = await visitor(university);
    await teacher.signIn(people.substitute.signInName);
    await teacher.goTo(`/lessons/${lesson.id}`);
    await teacher.joinClass({ camera: true });
    await student.goTo(`/lessons/${lesson.id}`);
    await student.joinClass({ camera: false });
    await student.seesMove(student.picture(people.substitute.name, 'camera'));
    const own: unknown = await (await teacher.page.request.get(`/api/lessons/${lesson.id}`)).json();
    expect(own).toMatchObject({ role: 'teacher', teacher: { displayName: people.substitute.name } });
  });
});

function lettersTo(mail: MailServer, address: string) {
  return mail.received.filter(({ to }) => to === address).map((one) => one.mail);
}

function hasInvitation(mail: MailServer, address: string): boolean {
  return lettersTo(mail, address).some(({ attachments }) => attachments.some(({ mimeType }) => mimeType === 'text/calendar'));
}
