// A microphone that gives nothing and a camera that is dark or stands still are on the situation centre's board within half a minute; good ones never are.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Situation, type TroubleKind } from '../../server/contract/situation.ts';
import { type PictureName, pictureFile, type SoundName, soundFile } from '../media/devices/files.ts';
import { test as base, expect } from './support/test.ts';
import { Visitor } from './support/visitor.ts';

const signals: readonly TroubleKind[] = ['no-sound', 'black', 'frozen'];
const withinMs = 30_000;

interface Teaching {
  /** A teacher in class, with these as camera and microphone. */
  readonly teach: (url: string, picture: PictureName, sound: SoundName) => Promise<Visitor>;
}

const test = base.extend<Teaching>({
  teach: async ({ browserName: _ }, use, testInfo) => {
    const folder = await mkdtemp(join(tmpdir(), 'devices-'));
    const opened: { close(): Promise<void> }[] = [];
    const { launchOptions } = testInfo.project.use;
    await use(async (url, picture, sound) => {
      const [camera, microphone] = await Promise.all([pictureFile(folder, picture, true), soundFile(folder, sound)]);
      const files = [`--use-file-for-fake-video-capture=${camera}`, `--use-file-for-fake-audio-capture=${microphone}`];
      const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), ...files] });
      opened.push(browser);
      const teacher = await Visitor.open(browser, url);
      await teacher.attend('teacher');
      return teacher;
    });
    for (const browser of opened) await browser.close();
    await rm(folder, { recursive: true });
  },
});

test.setTimeout(120_000);

/** What the board says of sound and picture in the teacher's own class. */
async function troubles({ page }: Visitor): Promise<readonly TroubleKind[]> {
  const answer = await page.request.get('/api/situation');
  const { lessons } = Situation.parse(await answer.json());
  const kinds = lessons.flatMap((lesson) => lesson.troubles).filter(({ until }) => until === null);
  return kinds.flatMap(({ kind }) => (signals.includes(kind) ? [kind] : []));
}

test('W41, W47, W52 a silent microphone and a black camera', async ({ server, teach }) => {
  const teacher = await teach(server.url, 'black', 'noughts');
  await expect.poll(() => troubles(teacher), { timeout: withinMs }).toEqual(['no-sound', 'black']);
});

test('W48, W52 a picture that stands, while the voice is well', async ({ server, teach }) => {
  const teacher = await teach(server.url, 'standing', 'voice');
  await expect.poll(() => troubles(teacher), { timeout: withinMs }).toEqual(['frozen']);
});

test('W42 a good camera, and a microphone in a quiet room in which nobody speaks', async ({ server, teach }) => {
  const teacher = await teach(server.url, 'person', 'very quiet room');
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    expect(await troubles(teacher)).toEqual([]);
    await teacher.page.waitForTimeout(1_000);
  }
});
