// What a coordinator or an administrator enters on the pages of the university is what is taught: calendar, bells, weekly lessons, structure, imports, keys.
import type { Locator } from '@playwright/test';
import { Lessons } from '../../server/contract/timetable.ts';
import { addedToDay, hourAndMinute, isoDay, weekdayOf } from './support/days.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

const course = 'Базы данных';
/** Far from everything that the demo has planned. */
const far = addedToDay(isoDay(Date.now()), 2000);
const monday = addedToDay(far, 8 - weekdayOf(far));
const term = { name: 'Күзгі семестр', first: monday, last: addedToDay(monday, 27) };

test('weekly lessons follow the term, the bells and the special days that are entered, and a clash is seen before it is saved', async ({
  server,
  visitor,
}) => {
  const admin = await visitor(server);
  await admin.signIn('admin');
  const { page } = admin;
  const dialog = page.getByRole('dialog').last();
  const lessons = (title: string) => lessonsOf(admin, title);

  await test.step('a year, a term and bells', async () => {
    await admin.goTo('/university?view=calendar');
    await admin.says('calendar.year.add').click();
    await entersSpan(dialog, 'Алдағы жыл', monday, addedToDay(monday, 270));
    await saves(admin);
    await expect(page.getByRole('heading', { name: 'Academic year Алдағы жыл' })).toBeVisible(patience);
    await admin.says('calendar.term.add').first().click();
    await entersSpan(dialog, term.name, term.first, term.last);
    await saves(admin);
    await expect(
      page
        .getByRole('row', { name: new RegExp(term.name) })
        .getByRole('cell')
        .last(),
    ).toHaveText('4', patience);
    await admin.says('calendar.bells.add').click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Кампус');
    await entersBell(dialog, '09:00', '09:50');
    await saves(admin);
    await expect(page.getByRole('region', { name: 'Кампус' })).toBeVisible(patience);
  });

  await test.step('a lesson of odd weeks is held in two weeks of four', async () => {
    await page.getByRole('link', { name: admin.words('university.series'), exact: true }).click();
    await addsWeekly(admin, { title: 'Тақ апта', teacher: 'Сейітова' });
    await admin.chooses('series.weeks', 'series.weeks.odd');
    await saves(admin);
    await picksFrom(page.getByRole('button', { name: 'Term' }), term.name);
    await expect(row(admin, 'Тақ апта').getByRole('cell').last()).toHaveText('2', patience);
    expect((await lessons('Тақ апта')).map(({ startsAt }) => isoDay(startsAt))).toEqual([monday, addedToDay(monday, 14)]);
  });

  await test.step('another of the same teacher clashes: that is said with what it clashes with, and saved only despite it', async () => {
    await addsWeekly(admin, { title: 'Апта сайын', teacher: 'Сейітова' });
    await admin.says('app.save').click();
    const despite = page.getByText(admin.words('timetable.conflict.despite'));
    await expect(despite).toBeInViewport(patience);
    await expect(page.getByRole('link', { name: /Тақ апта/ })).toHaveCount(2);
    await despite.click();
    await saves(admin);
    await expect(row(admin, 'Апта сайын').getByRole('cell').last()).toHaveText('4', patience);
  });

  await test.step('other bells move the lessons, and a holiday takes one away', async () => {
    await page.getByRole('link', { name: admin.words('university.calendar'), exact: true }).click();
    await admin.says('calendar.edit', page.getByRole('region', { name: 'Кампус' })).click();
    await entersBell(dialog, '10:15', '11:05');
    await saves(admin);
    await expect
      .poll(async () => (await lessons('Апта сайын')).map(({ startsAt }) => hourAndMinute(startsAt)), patience)
      .toEqual(Array.from({ length: 4 }, () => '10:15'));
    await admin.says('calendar.day.add').click();
    await entersSpan(dialog, 'Ректор күні', monday, monday);
    await saves(admin);
    await expect.poll(async () => (await lessons('Апта сайын')).length, patience).toBe(3);
    expect(await lessons('Тақ апта')).toHaveLength(1);
  });

  await test.step('a weekly lesson that is removed takes its lessons with it', async () => {
    await page.getByRole('link', { name: admin.words('university.series'), exact: true }).click();
    await expect(admin.says('series.add')).toBeVisible(patience);
    await picksFrom(page.getByRole('button', { name: 'Term' }), term.name);
    await row(admin, 'Тақ апта').getByRole('button').click();
    await admin.says('app.remove').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await expect(row(admin, 'Тақ апта')).toHaveCount(0, patience);
    expect(await lessons('Тақ апта')).toHaveLength(0);
  });
  expect(admin.complaints).toEqual([]);
});

test('the structure is entered by hand, a faulty file is told by line and changes nothing, and a key opens the door until it is revoked', async ({
  server,
  visitor,
}) => {
  const admin = await visitor(server);
  await admin.signIn('admin');
  const { page } = admin;
  const dialog = page.getByRole('dialog').last();
  const adds = async (what: 'programme' | 'stream' | 'place', fill: () => Promise<void>, name: string) => {
    await admin.goTo(`/university?view=${what}s`);
    await admin.says(`university.${what}.add`).click();
    await fill();
    await admin.says('app.add').click();
    await expect(page.getByRole('dialog')).toHaveCount(0, patience);
    await expect(page.getByRole('rowheader', { name })).toBeVisible(patience);
  };
  const types = (field: string, text: string) => dialog.getByRole('textbox', { name: field, exact: true }).fill(text);

  await test.step('a programme, a stream and a classroom', async () => {
    await adds(
      'programme',
      async () => {
        await types('Name of the programme', 'Киберқауіпсіздік');
        await types('Code', '6B06301');
        await picksFrom(dialog.getByRole('button', { name: 'Field of study' }), 'Other fields');
      },
      'Киберқауіпсіздік',
    );
    await adds(
      'stream',
      async () => {
        await types('Name of the stream', 'ИС-23');
        await admin.picks('timetable.find.group', 'ИС-23-1');
        await admin.picks('timetable.find.group', 'ИС-23-2');
      },
      'ИС-23',
    );
    await adds(
      'place',
      async () => {
        await types('Building', 'Зертхана ғимараты');
        await types('Number or name', '7');
      },
      '7',
    );
  });

  await test.step('a file with mistakes', async () => {
    await admin.goTo('/university?view=import');
    const csv = 'id,faculty,name\ng-1,f-9,ТР-26-1\ng-1,f-9,\n';
    const file = { name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole('textbox', { name: 'Source' }).fill('Platonus');
    await admin.says('import.upload.send').click();
    await expect(page.getByText(/must be corrected in the file first/)).toBeVisible(patience);
    await expect(page.getByRole('row', { name: /^2 faculty Nothing has the id “f-9”/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /^3 name A value is missing/ })).toBeVisible();
    await expect(admin.says('import.apply')).toHaveCount(0);
    await admin.says('import.discard').click();
    await expect(page.getByRole('row', { name: /groups\.csv Discarded/ })).toBeVisible(patience);
  });

  await test.step('a key', async () => {
    await admin.goTo('/university?view=keys');
    await admin.says('keys.add').click();
    await types('Name', 'Platonus');
    await admin.says('app.add').click();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    expect(secret).toMatch(/^auditoria_\S{20,}$/);
    const brings = async () => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ items: [{ id: 'f-1', name: 'Тарих факультеті' }] });
      return (await fetch(`${server.url}/api/timetable/faculties`, { method: 'PUT', headers, body })).status;
    };
    expect(await brings()).toBe(200);
    await admin.says('app.close').click();
    await page.reload();
    await expect(page.getByRole('row', { name: /^Platonus/ })).toBeVisible(patience);
    await expect(page.getByText(secret)).toHaveCount(0);
    await admin.says('keys.revoke').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByRole('row', { name: /^Platonus/ }).getByText('Revoked', { exact: true })).toBeVisible(patience);
    expect(await brings()).toBe(401);
  });
  expect(admin.complaints).toEqual([]);
});

async function lessonsOf(who: Visitor, title: string) {
  const from = Date.parse(`${monday}T00:00:00+05:00`);
  const query = new URLSearchParams({ from: String(from), to: String(from + 28 * 24 * 3_600_000), groupId: 'demo-group-1' });
  const { lessons } = Lessons.parse(await (await who.page.request.get(`/api/lessons?${query}`)).json());
  return lessons.filter((lesson) => lesson.title === title);
}

/** In the term and by the bells that the test has made; not saved yet. */
async function addsWeekly(who: Visitor, { title, teacher }: { readonly title: string; readonly teacher: string }): Promise<void> {
  const dialog = who.page.getByRole('dialog').last();
  await who.says('series.add').click();
  await who.picks('timetable.find.course', course);
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue(course);
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await who.picks('timetable.find.teacher', teacher);
  await who.picks('timetable.find.group', 'ИС-23-1');
  await picksFrom(dialog.getByRole('button', { name: 'Term' }), term.name);
  await picksFrom(dialog.getByRole('button', { name: 'Bell schedules' }), 'Кампус');
}

async function entersSpan(dialog: Locator, name: string, first: string, last: string): Promise<void> {
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByLabel('First day').fill(first);
  await dialog.getByLabel('Last day').fill(last);
}

async function entersBell(dialog: Locator, start: string, end: string): Promise<void> {
  await dialog.getByRole('textbox', { name: '1: start' }).fill(start);
  await dialog.getByRole('textbox', { name: '1: end' }).fill(end);
}

async function picksFrom(list: Locator, option: string): Promise<void> {
  await list.click();
  await list.page().getByRole('option', { name: option }).click();
}

async function saves(who: Visitor): Promise<void> {
  await who.says('app.save').click();
  await expect(who.page.getByRole('dialog')).toHaveCount(0, patience);
}

function row(who: Visitor, title: string): Locator {
  return who.page.getByRole('row').filter({ has: who.page.getByRole('rowheader', { name: title }) });
}
