// A person in Firefox: the same steps as in Chromium, over WebDriver BiDi, since Playwright drives only a Firefox of its own.
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { demoPassword } from './server-process.ts';
import { wordsOf } from './words.ts';

const executablePath = process.env.AUDITORIA_FIREFOX || '/usr/bin/firefox-esr';
const words = wordsOf('en');
const timeout = 45_000;

/** As the browser reads it; 0 while there is no such picture. */
const framesOf = (selector: string): string =>
  `document.querySelector(${JSON.stringify(selector)})?.getVideoPlaybackQuality().totalVideoFrames ?? 0`;

export class FirefoxVisitor {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(): Promise<FirefoxVisitor> {
    const browser = await puppeteer.launch({
      ...{ browser: 'firefox', executablePath, headless: true },
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.autoplay.default': 0,
        'media.peerconnection.ice.loopback': true,
        'media.peerconnection.ice.obfuscate_host_addresses': false,
      },
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    return new FirefoxVisitor(browser, page);
  }

  async signIn(url: string, name: string): Promise<void> {
    await this.page.goto(`${url}/sign-in?lang=en`);
    await (await this.#field(words('identity.signIn.name'))).type(name);
    await (await this.#field(words('identity.signIn.password'))).type(demoPassword);
    await this.press(words('identity.signIn.button'));
    await this.page.waitForFunction(`location.pathname === '/'`, { timeout });
  }

  /** A button by its accessible name. */
  async press(name: string): Promise<void> {
    const button = await this.page.waitForSelector(`aria/${name}[role="button"]`, { timeout, visible: true });
    await button?.click();
  }

  async seesText(text: string): Promise<void> {
    await this.page.waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)})`, { timeout });
  }

  /** The frames that a picture shows go on. */
  async seesMove(selector: string): Promise<void> {
    await this.page.waitForSelector(selector, { timeout });
    const first = await this.#frames(selector);
    await this.page.waitForFunction(`(${framesOf(selector)}) > ${first + 5}`, { timeout });
  }

  /** A voice of the class comes in and is played. Debian's Firefox has no decoder for the live picture. */
  async hearsNow(): Promise<void> {
    const heard = `Math.max(0, ...[...document.querySelectorAll('audio')].filter(({ srcObject, muted }) => srcObject && !muted).map(({ currentTime }) => currentTime))`;
    const first = Number(await this.page.evaluate(heard));
    await this.page.waitForFunction(`${heard} > ${first + 1}`, { timeout });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #frames(selector: string): Promise<number> {
    return Number(await this.page.evaluate(framesOf(selector)));
  }

  async #field(name: string): Promise<ElementHandle> {
    const field = await this.page.waitForSelector(`aria/${name}`, { timeout, visible: true });
    if (!field) throw new Error(`There is no field ${name}`);
    return field;
  }
}
