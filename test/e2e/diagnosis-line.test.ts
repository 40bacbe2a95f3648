// Who sits behind a bad line is explained rightly on the page, over real lines; only where this machine lets us make networks.
import { resolve } from 'node:path';
import { LineClass } from '../bench/lines/line-class.ts';
import { whyNoNetworks } from '../support/net/programs.ts';
import { studentNames, teacherName } from './support/demo.ts';
import { expect, test } from './support/test.ts';

const why = whyNoNetworks();
const [arujan] = studentNames;
/** Some steps of ten seconds must be over. */
const someSteps = { timeout: 120_000 };

test.setTimeout(360_000);
test.skip(why !== null, why ?? '');

test('Z36 of who loses a fifth of all packets the page says: data lost, own connection, and nobody else', async ({
  browserName: _,
}, testInfo) => {
  const lesson = await LineClass.open(resolve(import.meta.dirname, '../..'), testInfo.outputPath('server.txt'));
  try {
    const began = Date.now();
    lesson.student.line.set({ delayMs: 15, lossPercent: 20 });
    const page = await lesson.teacher.visitor.context.newPage();
    await page.goto('/diagnosis?lang=en');
    const row = page.getByRole('row').filter({ hasText: arujan });
    await expect(row.first()).toContainText(/data lost on the way/i, someSteps);
    await expect(row.first()).toContainText('Own connection', someSteps);
    await expect(page.getByRole('row').filter({ hasText: teacherName })).toHaveCount(0);

    await row.first().getByRole('link', { name: arujan }).click();
    await expect(page.getByRole('heading', { level: 1, name: arujan })).toBeVisible(someSteps);
    await expect(page.getByText(/own internet connection, not from the class/)).toBeVisible(someSteps);
    const lost = page.getByRole('img', { name: /^Lost on the way to the person: from .* to (?:1[0-9]|2[0-9])%$/ });
    await expect(lost).toBeVisible(someSteps);
    // The line was fine before, and the page tells when it began.
    await expect(page.getByRole('cell', { name: /data lost on the way/i }).first()).toBeVisible();
    const at = Number(new URL(page.url()).searchParams.get('at'));
    expect(Math.abs(at - began)).toBeLessThan(20_000);
  } finally {
    await lesson.close();
  }
});
