// A person in a browser of their own: signs in, comes to class, and looks and listens as a person does.
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import {
  bodiesSoFar,
  countPeers,
  framesOfPeersAfter,
  holdPeers,
  isFocused,
  outlineOf,
  type SentBody,
  type Voice,
  voicesNow,
} from './in-page.ts';
import { demoPassword } from './server-process.ts';
import { type Language, type Words, wordsOf } from './words.ts';

export interface VisitorOptions {
  readonly language?: Language;
  readonly size?: { readonly width: number; readonly height: number };
  readonly theme?: 'light' | 'dark';
}

/** A busy machine with four browsers is slow, but not this slow. */
export const patience = { timeout: 30_000 };

export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of in its console, and what it asked of other hosts. */
  readonly complaints: string[] = [];
  /** The product's words in this visitor's language. */
  readonly words: Words;
  readonly #language: Language;

  private constructor(page: Page, language: Language, url: string) {
    this.page = page;
    this.context = page.context();
    this.#language = language;
    this.words = wordsOf(language);
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // That nobody is signed in is no fault of the page, though the browser notes every answer above 399.
      const isAnswer = message.text().includes('status of 401') && message.location().url.endsWith('/api/me');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (/^(http|ws)s?:$/.test(asked.protocol) && asked.host !== new URL(url).host) this.complaints.push(`foreign: ${request.url()}`);
    });
  }

  static async open(browser: Browser, url: string, { language = 'en', size, theme }: VisitorOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      permissions: ['camera', 'microphone'],
      viewport: size ?? { width: 1280, height: 800 },
      colorScheme: theme ?? 'light',
    });
    await context.addInitScript(holdPeers);
    return new Visitor(await context.newPage(), language, url);
  }

  button(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  /** A button by the key of its word. */
  says(key: string, within?: Locator): Locator {
    return this.button(this.words(key), within);
  }

  /** Opens an address of the product in this visitor's language. */
  async goTo(path: string): Promise<void> {
    const url = new URL(path, 'http://any');
    url.searchParams.set('lang', this.#language);
    await this.page.goto(`${url.pathname}${url.search}${url.hash}`);
  }

  /** Of a field that finds by what is typed, by the key of its label. */
  async picks(field: string, typed: string): Promise<void> {
    await this.page.getByRole('combobox', { name: this.words(field) }).fill(typed);
    const option = this.page.getByRole('option', { name: typed }).first();
    await expect(option).toBeVisible(patience);
    // What comes from the server in the midst of a click may take the option from under it.
    await expect(async () => {
      if (await option.isVisible()) await option.click({ timeout: 3_000 });
      await expect(option).toBeHidden({ timeout: 1_000 });
    }).toPass(patience);
  }

  /** Of a list that opens, both by the keys of their words. */
  async chooses(field: string, option: string): Promise<void> {
    await this.page.getByRole('button', { name: this.words(field) }).click();
    await this.page.getByRole('option', { name: this.words(option) }).click();
  }

  async signIn(name: string, password = demoPassword): Promise<void> {
    await this.goTo('/sign-in');
    await this.page.getByRole('textbox', { name: this.words('identity.signIn.name'), exact: true }).fill(name);
    await this.page.getByLabel(this.words('identity.signIn.password'), { exact: true }).fill(password);
    await this.says('identity.signIn.button').click();
    await expect(this.page).toHaveURL(/\/(\?.*)?$/);
  }

  /** From the timetable, by the one button of the lesson that runs. */
  async enterClass(): Promise<void> {
    await this.says('timetable.enter').click();
    await expect(this.says('room.join')).toBeVisible(patience);
  }

  /** From the lobby; four cameras at once are more than two cores can carry, so most students come without. */
  async joinClass({ camera }: { readonly camera: boolean }): Promise<void> {
    const withCamera = this.page.getByRole('switch', { name: this.words('room.lobby.camera.with') });
    if ((await withCamera.isChecked()) !== camera) await this.page.getByText(this.words('room.lobby.camera.with')).click();
    await expect(withCamera).toBeChecked({ checked: camera });
    await this.says('room.join').click();
    await expect(this.says('room.leave')).toBeVisible(patience);
  }

  /** Signs in and goes all the way to the class; who teaches shows their face. */
  async attend(name: string): Promise<void> {
    await this.signIn(name);
    await this.enterClass();
    await this.joinClass({ camera: name === 'teacher' });
  }

  /** The picture of a person, on the stage. */
  picture(name: string, source: 'camera' | 'screen'): Locator {
    const label = source === 'camera' ? name : this.words('room.tile.screenOf').replace('{name}', name);
    return this.page
      .locator(`[data-participant][data-source="${source}"]`)
      .and(this.page.getByRole('figure', { name: label, exact: true }))
      .locator('video');
  }

  /** Frames are drawn, one after the other. How many a second is the machine's business. */
  async seesMove(picture: Locator): Promise<void> {
    await expect(picture).toBeVisible(patience);
    const first = await framesOf(picture);
    await expect.poll(() => framesOf(picture), patience).toBeGreaterThan(first + 5);
  }

  /** How many media connections the page has made so far. */
  connections(): Promise<number> {
    return this.page.evaluate(countPeers);
  }

  /** A picture is drawn that came over a connection made after the first so many. */
  async seesOverNewConnection(after: number): Promise<void> {
    await expect.poll(() => this.page.evaluate(framesOfPeersAfter, after), { ...patience, intervals: [100] }).toBeGreaterThan(1);
  }

  voices(): Promise<readonly Voice[]> {
    return this.page.evaluate(voicesNow);
  }

  /** Sound that is not silence arrives from at least so many voices at once. */
  async hears(count: number): Promise<void> {
    let before = await this.voices();
    await expect
      .poll(async () => {
        const now = await this.voices();
        const grown = now.filter(({ ssrc, energy }) => energy > (before.find((voice) => voice.ssrc === ssrc)?.energy ?? 0));
        before = now;
        return grown.length;
      }, patience)
      .toBeGreaterThanOrEqual(count);
  }

  /** No more voices than so many arrive: not even a packet of another. */
  async hearsAtMost(count: number): Promise<void> {
    let before = await this.voices();
    await expect
      .poll(
        async () => {
          const now = await this.voices();
          const grown = now.filter(({ ssrc, packets }) => packets > (before.find((voice) => voice.ssrc === ssrc)?.packets ?? 0));
          before = now;
          return grown.length;
        },
        { ...patience, intervals: [1_000] },
      )
      .toBeLessThanOrEqual(count);
  }

  /** Opens a panel beside the stage, or over it on a phone, unless it is open. */
  async openPanel(panel: 'people' | 'chat' | 'hands'): Promise<void> {
    const tab = this.page.getByRole('tab', { name: this.words(`room.${panel}`) });
    const quick = { timeout: 3_000 };
    // A page whose size has just changed may be about to close its panel.
    await expect(async () => {
      if (!(await tab.isVisible())) await this.says('room.chat').click(quick);
      await tab.click(quick);
      await expect(tab).toHaveAttribute('aria-selected', 'true', quick);
    }).toPass(patience);
  }

  /** Nothing beside the stage, whatever the size of the page. */
  async closePanels(): Promise<void> {
    const close = this.says('room.panel.close');
    if (await close.isVisible()) await close.click();
  }

  /** By the Tab key, as often as a patient person would press it; what has the focus must be seen to have it. */
  async tabsTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate(isFocused)) break;
      await this.page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
    expect(await target.evaluate(outlineOf), 'the focus is seen').not.toBe('none');
  }

  /** All that the page was sent so far, as it came over the wire. */
  bodies(): Promise<readonly SentBody[]> {
    return this.page.evaluate(bodiesSoFar);
  }

  /** Someone's row in the list of people. */
  person(name: string): Locator {
    return this.page
      .getByRole('list', { name: this.words('room.people') })
      .getByRole('listitem')
      .filter({ hasText: name });
  }

  /** Does something about someone, from their row in the list of people. */
  async choose(name: string, what: string): Promise<void> {
    await this.openPanel('people');
    await this.button(this.words('room.person.options').replace('{name}', name)).click();
    await this.page.getByRole('menuitem', { name: what }).click();
  }

  async writes(text: string): Promise<void> {
    await this.openPanel('chat');
    await this.page.getByRole('textbox', { name: this.words('room.chat.message'), exact: true }).fill(text);
    await this.says('room.chat.send').click();
  }

  async reads(text: string): Promise<void> {
    await this.openPanel('chat');
    await expect(this.page.getByRole('log').getByText(text, { exact: true })).toBeVisible(patience);
  }
}

function framesOf(picture: Locator): Promise<number> {
  return picture.evaluate(
    (video: { getVideoPlaybackQuality(): { totalVideoFrames: number } }) => video.getVideoPlaybackQuality().totalVideoFrames,
  );
}
