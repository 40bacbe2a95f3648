// Looks at a page as it is: keeps a picture of it in both sizes, and checks what must hold on every page.
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { overflowOf, textsOf } from './in-page.ts';
import type { Visitor } from './visitor.ts';
import { type Language, showsKey } from './words.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
] as const;

/** One language in the dark; axe has then seen both themes, and the third language need not be asked again. */
export const views: readonly { readonly language: Language; readonly theme: 'light' | 'dark'; readonly axe: boolean }[] = [
  { language: 'en', theme: 'light', axe: true },
  { language: 'ru', theme: 'dark', axe: true },
  { language: 'kk', theme: 'light', axe: false },
];

export interface LookOptions {
  readonly testInfo: TestInfo;
  readonly language: Language;
  /** Brings the page back to what is to be seen after its size changed: on a phone panels close. */
  readonly again?: (page: Page) => Promise<void>;
  /** Left out where axe has looked at the same page in the same theme already. */
  readonly axe?: boolean;
}

/** Faults are soft: one page that is wrong keeps nobody from seeing the others. */
export async function look(visitor: Visitor, name: string, { testInfo, language, again, axe = true }: LookOptions): Promise<void> {
  const { page } = visitor;
  for (const size of sizes) {
    await page.setViewportSize(size);
    await again?.(page);
    const where = `${name}, ${language}, ${size.width} px`;
    await page.screenshot({
      path: join(testInfo.project.outputDir, 'looks', `${name}-${language}-${size.width}.png`),
      animations: 'disabled',
    });
    expect.soft(await page.evaluate(overflowOf), `${where}: nothing sticks out to the right`).toEqual([]);
    expect.soft((await page.evaluate(textsOf)).filter(showsKey), `${where}: every text is translated`).toEqual([]);
    await expect.soft(page.locator('html'), where).toHaveAttribute('lang', language);
    if (axe) expect.soft(await violationsOf(page), `${where}: axe finds nothing serious`).toEqual([]);
  }
  await page.setViewportSize(sizes[0]);
  expect.soft(visitor.complaints.splice(0), `${name}, ${language}: nothing in the console, nothing from elsewhere`).toEqual([]);
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)}: ${failureSummary ?? ''}`));
}
