// For tests: Chromium and Firefox, as far as a page needs them: an address, and what its scripts answer.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';

export type TestPage = {
  readonly goTo: (address: string) => Promise<void>;
  readonly evaluate: (script: string) => Promise<unknown>;
};
export type TestBrowser = { readonly page: TestPage; readonly close: () => Promise<void> };

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

async function openChromium(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium',
    args: chromiumArguments,
  });
  const page = await browser.newPage();
  const goTo = async (address: string) => void (await page.goto(address));
  return { page: { goTo, evaluate: (script) => page.evaluate(script) }, close: () => browser.close() };
}

/** Firefox plays no sound where there is nothing that could be heard: it is given a sound server that throws all away. */
function soundServer(directory: string): { readonly address: string; readonly process: ChildProcess } {
  const socket = join(directory, 'sound.socket');
  const modules = [`module-native-protocol-unix auth-anonymous=1 socket=${socket}`, 'module-null-sink norewinds=1'];
  const process = spawn('pulseaudio', ['-n', '--exit-idle-time=-1', '--use-pid-file=no', ...modules.flatMap((one) => ['-L', one])], {
    stdio: 'ignore',
    env: { ...globalThis.process.env, XDG_RUNTIME_DIR: directory, HOME: directory },
  });
  return { address: `unix:${socket}`, process };
}

async function openFirefox(): Promise<TestBrowser> {
  const directory = await mkdtemp(join(tmpdir(), 'firefox-'));
  const sound = soundServer(directory);
  const browser = await launch({
    env: { ...process.env, PULSE_SERVER: sound.address, PULSE_LATENCY_MSEC: '30' },
    browser: 'firefox',
    executablePath: process.env.AUDITORIA_FIREFOX || '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 },
  });
  const page = await browser.newPage();
  const goTo = async (address: string) => void (await page.goto(address));
  const close = async () => {
    await browser.close();
    sound.process.kill();
    await rm(directory, { recursive: true, force: true });
  };
  return { page: { goTo, evaluate: (script) => page.evaluate(script) }, close };
}

export const browsers = { Chromium: openChromium, Firefox: openFirefox } as const;
