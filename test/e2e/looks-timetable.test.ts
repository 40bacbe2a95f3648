// How the whole timetable looks: weeks of groups and faculties, courses, shares of distance teaching, changes of lessons, and what tells of them.
import { Lessons } from '../../server/contract/timetable.ts';
import { addedToDay, hourAndMinute, isoDay, weekdayOf } from './support/days.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience, type Visitor } from './support/visitor.ts';

for (const { language, theme } of views) {
  test(`the whole timetable is whole, translated and accessible (${language}, ${theme})`, async ({ server, visitor }, testInfo) => {
    test.setTimeout(300_000);
    // Once is enough, in the light: the dark is looked at on other pages made of the same parts.
    const options = { testInfo, language, axe: language === 'en' };
    const coordinator = await visitor(server, { language, theme });
    await coordinator.signIn('coordinator');
    const { page } = coordinator;
    const lesson = await lessonOfNextWeek(coordinator);
    const week = isoDay(lesson.startsAt);

    await test.step('weeks', async () => {
      await coordinator.goTo('/timetable');
      await expect(page.getByRole('heading', { name: coordinator.words('timetable.whole.empty.title') })).toBeVisible(patience);
      await look(coordinator, 'week-nothing-chosen', options);
      await coordinator.goTo(`/timetable?group=demo-group-1&week=${week}`);
      await expect(page.getByRole('button', { name: lesson.title }).first()).toBeVisible(patience);
      await look(coordinator, 'week-group', options);
      await coordinator.goTo(`/timetable?faculty=${lesson.facultyId}&week=${week}`);
      await expect(page.getByRole('button', { name: lesson.title }).first()).toBeVisible(patience);
      await look(coordinator, 'week-faculty', options);
    });

    await test.step('the calendar elsewhere', async () => {
      await coordinator.says('timetable.feed.button').click();
      await expect(page.getByRole('dialog')).toBeVisible(patience);
      await look(coordinator, 'feed-first', options);
      await coordinator.says('timetable.guests.make').click();
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible(patience);
      await look(coordinator, 'feed', options);
      await page.keyboard.press('Escape');
    });

    await test.step('a course, and the shares', async () => {
      await coordinator.goTo(`/courses/${lesson.course.id}`);
      await expect(page.getByRole('tabpanel').getByText(lesson.title).first()).toBeVisible(patience);
      await look(coordinator, 'course-page', options);
      await coordinator.goTo('/shares');
      await expect(page.getByRole('table').getByRole('row').nth(2)).toBeVisible(patience);
      await look(coordinator, 'shares', options);
    });

    await test.step('changes, with whom they concern and what they clash with', async () => {
      await coordinator.goTo(`/?lesson=${lesson.id}`);
      await expect(coordinator.says('timetable.change.move.short')).toBeVisible(patience);
      await look(coordinator, 'lesson-of-coordinator', options);
      await coordinator.says('timetable.change.cancel.short').click();
      await expect(page.getByRole('dialog').last()).toBeVisible(patience);
      await look(coordinator, 'change-cancel', options);
      await coordinator.says('app.close').last().click();
      await coordinator.says('timetable.change.move.short').click();
      await page.getByLabel(coordinator.words('timetable.field.date')).fill(isoDay(lesson.other.startsAt));
      for (const [field, at] of [
        ['start', lesson.other.startsAt],
        ['end', lesson.other.endsAt],
      ] as const) {
        await page.getByRole('textbox', { name: coordinator.words(`timetable.field.${field}`), exact: true }).fill(hourAndMinute(at));
      }
      await page.getByRole('textbox', { name: coordinator.words('timetable.note') }).fill('Аудитория жөнделуде');
      const despite = page.getByRole('checkbox', { name: coordinator.words('timetable.conflict.despite') });
      await expect(despite).toBeVisible(patience);
      await look(coordinator, 'change-clash', options);
      await page.getByText(coordinator.words('timetable.conflict.despite')).click();
      await coordinator.says('timetable.change.move.save').click();
      await expect(coordinator.says('timetable.change.move.save')).toHaveCount(0, patience);
      await look(coordinator, 'lesson-changed', options);
    });

    await test.step('who is told of it', async () => {
      const student = await visitor(server, { language, theme });
      await student.signIn('student1');
      await student.page.locator('.bell').click();
      await expect(student.page.getByRole('dialog').getByRole('listitem').first()).toBeVisible(patience);
      await look(student, 'notifications', options);
    });
  });
}

/** A lecture of the next full week, and another of the same groups at another time. */
async function lessonOfNextWeek(who: Visitor) {
  const from = Date.parse(`${addedToDay(isoDay(Date.now()), 8 - weekdayOf(isoDay(Date.now())))}T00:00:00+05:00`);
  const query = new URLSearchParams({ from: String(from), to: String(from + 6 * 24 * 3_600_000), groupId: 'demo-group-1' });
  const { lessons } = Lessons.parse(await (await who.page.request.get(`/api/lessons?${query}`)).json());
  const [one, other] = lessons.filter(({ kind }) => kind === 'lecture');
  if (one === undefined || other === undefined) throw new Error('There are no two lectures in the next week');
  return { ...one, other };
}
