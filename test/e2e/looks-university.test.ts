// How the university's own pages look: the calendar, the weekly lessons, the catalogue, imports and keys, with their windows.
import { asJson, type University } from '../support/full-size-university.ts';
import { applied, uploaded } from './support/imports.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

/** Two files of one source: the second has something new, something changed and something less. */
const faculty = { id: 'f-1', name: 'Тарих және халықаралық қатынастар факультеті' };
const before: University = {
  faculties: [faculty],
  groups: [
    { id: 'g-1', faculty: 'f-1', name: 'ТР-26-1' },
    { id: 'g-2', faculty: 'f-1', name: 'ТР-26-2' },
  ],
  courses: [{ id: 'c-1', faculty: 'f-1', code: 'HIS2201', title: 'Ортағасырлық тарих', credits: 4, hours: 120 }],
  people: [{ id: 's-1', name: 'Әміров Ғалым Серікұлы', roles: 'student', groups: 'g-1' }],
};
const after: University = {
  faculties: [faculty],
  groups: [
    { id: 'g-1', faculty: 'f-1', name: 'ТР-26-1 (қазақша)' },
    { id: 'g-3', faculty: 'f-1', name: 'ТР-26-3' },
  ],
  courses: [{ id: 'c-1', faculty: 'f-1', code: 'HIS2202', title: 'Ортағасырлық Қазақстан тарихы', credits: 5, hours: 150 }],
  people: [
    { id: 's-1', name: 'Әміров Ғалым Серікұлы', roles: 'student', groups: 'g-1, g-3' },
    { id: 's-2', name: 'Тёмина Юлия Сергеевна', roles: 'student', groups: 'g-3' },
  ],
};
const faulty: University = {
  faculties: [faculty],
  groups: [
    { id: 'g-1', faculty: 'f-9', name: 'ТР-26-1' },
    { id: 'g-1', faculty: 'f-1', name: '' },
  ],
  series: [
    { id: 'w-1', term: 'autumn', course: 'c-7', kind: 'бірдеңе', teacher: 't-1', weekday: 'someday', startsAt: '25:61', endsAt: '10:50' },
  ],
};

for (const { language, theme } of views) {
  test(`the pages of the university are whole, translated and accessible (${language}, ${theme})`, async ({
    server,
    visitor,
  }, testInfo) => {
    test.setTimeout(300_000);
    // One pass in the dark is enough for pages made of parts that are looked at elsewhere too.
    const options = { testInfo, language, axe: theme === 'dark' };
    const admin = await visitor(server, { language, theme });
    await admin.signIn('admin');
    const { page } = admin;
    const dialog = page.getByRole('dialog');
    const looksInto = async (name: string, button: string, lookOptions = options) => {
      await admin.button(button).first().click();
      await expect(dialog).toBeVisible(patience);
      await look(admin, name, lookOptions);
      await closes(admin);
    };
    const edit = (name: string) => admin.words('university.edit').replace('{name}', name);
    await admin.goTo('/university?view=calendar');
    await expect(page.getByText('50 минут')).toBeVisible(patience);
    await look(admin, 'calendar', options);
    await looksInto('calendar-term', admin.words('calendar.term.add'));
    await looksInto('calendar-bells', admin.words('calendar.bells.add'));
    await test.step('days that are taught as others', async () => {
      await admin.says('calendar.day.add').first().click();
      await admin.chooses('calendar.field.kind', 'calendar.kind.moved');
      await look(admin, 'calendar-day', options);
      await closes(admin);
    });

    await test.step('weekly lessons', async () => {
      await section(admin, 'series');
      await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible(patience);
      await look(admin, 'series', options);
      await admin.says('series.add').click();
      await expect(dialog).toBeVisible(patience);
      await look(admin, 'series-new', options);
      await admin.picks('timetable.find.course', 'Базы данных');
      await page.getByRole('textbox', { name: admin.words('timetable.field.title') }).fill('Нормальные формы');
      await admin.picks('timetable.find.teacher', 'Сейітова');
      await admin.picks('timetable.find.group', 'ИС-23-1');
      await admin.says('app.save').click();
      await expect(page.getByRole('checkbox', { name: admin.words('timetable.conflict.despite') })).toBeVisible(patience);
      await look(admin, 'series-clash', options);
      await closes(admin);
    });

    for (const [id, add] of [
      ['departments', 'department'],
      ['programmes', 'programme'],
      ['courses', 'course'],
      ['groups', 'group'],
      ['streams', 'stream'],
      ['places', 'place'],
    ] as const) {
      await test.step(id, async () => {
        await section(admin, id);
        await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible(patience);
        // All lists are of one kind, and so are their forms.
        const once = { ...options, axe: options.axe && id === 'programmes' };
        await look(admin, id, once);
        await looksInto(`${id}-new`, admin.words(`university.${add}.add`), once);
      });
    }
    await section(admin, 'courses');
    await looksInto('course', edit('Базы данных'));

    await test.step('imports', async () => {
      await section(admin, 'import');
      await expect(admin.says('import.upload.send')).toBeVisible(patience);
      await look(admin, 'import', options);
      const first = await uploaded(admin, server.url, { name: 'qyrkuiek.json', source: 'Univer', body: asJson(before) }, 'ready');
      await applied(admin, server.url, first);
      const second = await uploaded(admin, server.url, { name: 'qazan.json', source: 'Univer', body: asJson(after) }, 'ready');
      const third = await uploaded(admin, server.url, { name: 'qarasha.json', source: 'Platonus', body: asJson(faulty) }, 'faulty');
      await admin.goTo(`/university?view=import&import=${second}`);
      await expect(admin.says('import.apply')).toBeVisible(patience);
      for (const samples of await page.getByRole('group').locator('summary').all()) await samples.click();
      await look(admin, 'import-ready', options);
      await admin.goTo(`/university?view=import&import=${third}`);
      await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible(patience);
      await look(admin, 'import-faulty', options);
      await admin.says('import.back').click();
      await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible(patience);
      await look(admin, 'imports', options);
    });

    await test.step('keys of other systems', async () => {
      await section(admin, 'keys');
      await admin.says('keys.add').click();
      await page.getByRole('textbox', { name: admin.words('keys.name') }).fill('Platonus');
      await look(admin, 'keys-new', options);
      await admin.says('app.add').click();
      await expect(admin.says('keys.copy')).toBeVisible(patience);
      await look(admin, 'keys-added', options);
      await closes(admin);
      await look(admin, 'keys', options);
    });
  });
}

async function section(
  who: Visitor,
  id: 'series' | 'import' | 'keys' | 'departments' | 'programmes' | 'courses' | 'groups' | 'streams' | 'places',
) {
  const { page } = who;
  await page.getByRole('link', { name: who.words(`university.${id}`), exact: true }).click();
  await expect(page.getByRole('region', { name: who.words(`university.${id}`), exact: true }).first()).toBeVisible(patience);
}

async function closes({ page }: Visitor) {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0, patience);
}
