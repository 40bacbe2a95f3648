// How the situation centre looks: the board when all is well and when much is wrong, the wall from near and from a distance, past slots and summaries.
import { join } from 'node:path';
import { showBoard } from './support/busy-board.ts';
import { isoDay } from './support/days.ts';
import { look, views } from './support/look.ts';
import { expect, test } from './support/test.ts';
import { patience } from './support/visitor.ts';
import { cutOff, smallestLetters } from './support/wall-look.ts';

const wall = { width: 1920, height: 1080 };
const dayMs = 86_400_000;

for (const { language, theme, axe } of views) {
  test(`the situation centre is whole, translated and accessible (${language}, ${theme})`, async ({ server, visitor }, testInfo) => {
    test.setTimeout(240_000);
    const options = { testInfo, language, axe };
    // Made of the same parts.
    const plain = { ...options, axe: false };
    const watcher = await visitor(server, { language, theme });
    const { page } = watcher;
    await watcher.signIn('coordinator');

    await test.step('the board: as it is, busy, and calm', async () => {
      await watcher.goTo('/situation');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible(patience);
      await look(watcher, 'situation', plain);
      await showBoard(page);
      await watcher.goTo('/situation');
      await expect(page.getByRole('heading', { level: 3 })).toHaveCount(14, patience);
      await look(watcher, 'situation-busy', options);
      await showBoard(page, { calm: true });
      await watcher.goTo('/situation?state=running');
      await expect(page.getByRole('listitem').nth(40)).toBeVisible(patience);
      await look(watcher, 'situation-calm', plain);
      await watcher.goTo('/situation?q=%3F%3F%3F');
      await expect(watcher.says('situation.clear')).toBeVisible(patience);
      await look(watcher, 'situation-nothing', plain);
    });

    await test.step('the wall, also from a distance', async () => {
      await showBoard(page);
      await page.setViewportSize(wall);
      await watcher.goTo('/situation/wall');
      for (let number = 1; number <= 5; number += 1) {
        await expect(page.getByRole('main').getByRole('listitem').nth(5)).toBeVisible(patience);
        const path = join(testInfo.project.outputDir, 'looks', `wall-${number}-${language}.png`);
        const picture = await page.screenshot({ path, animations: 'disabled' });
        if (number === 1) await fromAfar(picture, join(testInfo.project.outputDir, 'looks', `wall-afar-${language}.png`));
        expect.soft(await page.evaluate(smallestLetters), `wall ${number}, ${language}: legible`).toBeGreaterThanOrEqual(40);
        expect.soft(await page.evaluate(cutOff), `wall ${number}, ${language}: nothing is cut off`).toEqual([]);
        await page.keyboard.press('ArrowRight');
      }
      await look(watcher, 'wall', options);
    });

    await test.step('the summary of a week', async () => {
      await page.unrouteAll();
      await watcher.goTo(`/situation/summary?by=week&day=${isoDay(Date.now() - 7 * dayMs)}`);
      await expect(page.getByRole('table').first().getByRole('row').nth(1)).toBeVisible(patience);
      await look(watcher, 'situation-summary', options);
      await watcher.goTo(`/situation/summary?day=2026-01-01`);
      await expect(page.getByText(watcher.words('situation.summary.empty.title'))).toBeVisible(patience);
      await look(watcher, 'situation-summary-empty', plain);
    });

    /** The same picture at a quarter of its size. */
    async function fromAfar(picture: Buffer, path: string): Promise<void> {
      const small = await watcher.context.newPage();
      await small.setViewportSize({ width: wall.width / 4, height: wall.height / 4 });
      await small.setContent(`<body style="margin:0"><img width="100%" src="data:image/png;base64,${picture.toString('base64')}">`);
      await small.screenshot({ path });
      await small.close();
    }
  });
}
