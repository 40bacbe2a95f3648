// How the page on trouble in class looks: a hard morning, everybody who was there, one stay in which much went wrong, and nothing found.
import type { Page } from '@playwright/test';
import { showHardMorning } from './support/hard-morning.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';

const scrolled = (share: number) => (page: Page) =>
  page.evaluate(`scrollTo(0, ${share} * document.body.scrollHeight)`).then(() => undefined);

for (const { language, theme, axe } of views) {
  test(`the page on trouble in class is whole, translated and accessible (${language}, ${theme})`, async ({
    server,
    visitor,
  }, testInfo) => {
    test.setTimeout(240_000);
    const options = { testInfo, language, axe };
    const support = await visitor(server, { language, theme });
    const { page } = support;
    const title = page.getByRole('heading', { level: 1 });
    await support.signIn('admin');
    await support.goTo('/diagnosis?time=10:07');
    await expect(page.getByText(support.words('diagnosis.list.none'))).toBeVisible(patience);
    await look(support, 'diagnosis-nothing', options);

    await showHardMorning(page);
    await support.goTo('/diagnosis?time=10:07');
    await expect(page.getByText('10.24.16.0/24').first()).toBeVisible(patience);
    await page.getByText(support.words('diagnosis.where'), { exact: true }).click();
    await look(support, 'diagnosis', { ...options, again: scrolled(0) });
    await look(support, 'diagnosis-list', { ...options, axe: false, again: scrolled(0.5) });
    await page.getByRole('radio', { name: support.words('diagnosis.show.everybody') }).click();
    await expect(page.getByRole('heading', { name: support.words('diagnosis.list.everybody') })).toBeVisible(patience);
    await look(support, 'diagnosis-everybody', { ...options, again: scrolled(1) });

    await support.goTo('/diagnosis?stay=hard-0/p-0');
    await expect(title).toBeVisible(patience);
    await expect(page.getByRole('slider')).toBeVisible(patience);
    await look(support, 'diagnosis-stay', { ...options, again: scrolled(0) });
    await look(support, 'diagnosis-picture', { ...options, axe: false, again: (one) => one.getByRole('slider').scrollIntoViewIfNeeded() });
    const story = (one: Page) =>
      one.getByRole('heading', { name: support.words('diagnosis.story') }).evaluate((head) => head.scrollIntoView());
    await look(support, 'diagnosis-story', { ...options, axe: false, again: story });
    await page.locator('summary').last().click();
    await look(support, 'diagnosis-steps', { ...options, again: scrolled(1) });
  });
}
