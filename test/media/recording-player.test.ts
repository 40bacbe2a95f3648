// The player itself, in Chromium and in Firefox, on recordings that say what time it is: in step, and never dead. Rules V80 to V84.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MemoryParts } from '../../server/recording/capture/testing/memory-parts.ts';
import { browsers, type TestBrowser } from './browsers.ts';
import { beeps, codedPictures } from './recorded-clip.ts';
import { RecordingWorld } from './recording-world.ts';

const Told = z.object({
  status: z.string(),
  positionMs: z.number(),
  classMs: z.number(),
  lengthMs: z.number(),
  behindMs: z.number().nullable(),
  shown: z.array(z.object({ trackId: z.string(), isReady: z.boolean(), missing: z.string().nullable() })),
  notes: z.array(z.string()),
  pitch: z.boolean(),
  loud: z.array(z.number()),
});
const Sample = z.object({ id: z.string(), now: z.number(), codeMs: z.number(), mediaMs: z.number(), soundMs: z.number() });

let world: RecordingWorld;
let clips: { sound: MemoryParts; small: MemoryParts; large: MemoryParts; late: MemoryParts };
beforeAll(async () => {
  world = await RecordingWorld.open();
  clips = {
    sound: await beeps(0, 14),
    small: await codedPictures(0, { seconds: 6 }, 'h264'),
    large: await codedPictures(6000, { seconds: 6, size: '640x480' }, 'h264'),
    late: await codedPictures(3000, { seconds: 8 }, 'vp8'),
  };
}, 120_000);
afterAll(() => world.close());

const share = (values: readonly number[], part: number) => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

/** What the server gives is the same to all browsers; what they make of damaged bytes is not. */
const harms: readonly (readonly [string, (file: string) => void])[] = [
  ['is not there', (file: string) => void world.faults.set(file, 'gone')],
  ['is cut short again and again', (file: string) => void world.faults.set(file, 'cut-short')],
  ['is damaged', (file: string) => world.files.get(file)?.bytes.fill(0, 3000)],
  ['has a damaged index', (file: string) => world.files.get(file.replace('mp4', 'jsonl'))?.bytes.fill('x', 40, 200)],
];

describe.each(Object.entries(browsers))('in %s', (name, open) => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await open();
    await browser.page.goTo(world.address);
  });
  afterAll(() => browser.close());
  beforeEach(() => world.reset());

  const told = async () => Told.parse(await browser.page.evaluate('told()'));
  const samples = async () => z.array(Sample).parse(await browser.page.evaluate('measured()'));
  const start = (options: object) => browser.page.evaluate(`start(${JSON.stringify(options)})`);
  const toItsEnd = async (options: object = {}) => {
    await start({ speed: 3, ...options });
    await expect.poll(async () => (await told()).status, { timeout: 40_000, interval: 250 }).toBe('ended');
    return told();
  };
  const class14s = () => {
    world.add('teacher', 'microphone', clips.sound);
    world.add('teacher', 'screen', clips.small, clips.large);
    world.add('anna', 'camera', clips.late);
  };

  // A machine that does other things at the same time drops frames.
  it.each([1, 2])('V80 all pictures are within 40 ms of the sound at speed %d, which keeps its pitch', { retry: 2 }, async (speed) => {
    class14s();
    await start({ speed });
    await expect.poll(async () => (await told()).classMs, { timeout: 30_000, interval: 250 }).toBeGreaterThan(10_000);
    const { pitch, loud } = await told();
    expect(pitch).toBe(true);
    expect(loud).toEqual([speed]);
    const all = await samples();
    const settled = all.filter(({ now }) => now - (all[0]?.now ?? 0) > 700);
    expect(new Set(settled.map(({ id }) => id))).toEqual(new Set(['teacher-screen', 'anna-camera']));
    // What is burned in is what the browser says it shows; Firefox hands out the picture of the frame before.
    const burned = settled.map(({ codeMs, mediaMs }) => Math.abs(codeMs - mediaMs));
    expect(share(burned, 0.9)).toBeLessThanOrEqual(41);
    const apart = settled.map(({ mediaMs, soundMs }) => mediaMs - soundMs);
    console.info(
      `${name}, speed ${speed}: ${apart.length} frames, median ${share(apart, 0.5).toFixed(1)} ms, p95 ${share(apart.map(Math.abs), 0.95).toFixed(1)} ms`,
    );
    expect(share(apart.map(Math.abs), 0.95)).toBeLessThan(40);
  });

  it('V81 a part change, a late track and an empty gap are played to the end', async () => {
    class14s();
    world.gaps = [{ fromMs: 14_100, toMs: 30_000, why: 'server' }];
    world.add('boris', 'microphone', await beeps(30_000, 2));
    const { lengthMs, notes } = await toItsEnd();
    expect(lengthMs).toBeLessThan(17_000);
    expect(notes).toContain('server');
    const shown = new Set((await samples()).map(({ id }) => id));
    expect(shown).toEqual(new Set(['teacher-screen', 'anna-camera']));
  });

  it.each(harms.filter(([what]) => name === 'Chromium' || what === 'is damaged'))(
    'V81 a part whose file %s is played over, and said to be missing',
    async (_, harm) => {
      class14s();
      const [, large] = world.tracks[1]?.parts ?? [];
      if (!large) throw new Error('no second part');
      harm(large.file);
      const { notes } = await toItsEnd({ openAtMs: 4500 });
      expect(notes.join()).toMatch(/(missing|undecodable) teacher/);
    },
  );

  it('V82 of cut parts only bytes of allowed fragments are asked for, and pictures nobody wants not at all', async () => {
    class14s();
    const sound = world.tracks[0];
    const [whole] = sound?.parts ?? [];
    if (!sound || !whole) throw new Error('no sound');
    const lines = (world.files.get(whole.index)?.bytes.toString().trim().split('\n') ?? []).map((line) =>
      z.array(z.number()).parse(JSON.parse(line)),
    );
    const kept = lines.filter(([fromMs = 0, lengthMs = 0]) => fromMs + lengthMs <= 4000 || fromMs >= 9000);
    world.files.set(whole.index, {
      mime: 'application/jsonl',
      bytes: Buffer.from(kept.map((line) => `${JSON.stringify(line)}\n`).join('')),
    });
    sound.parts = [
      { ...whole, endMs: 4000 },
      { ...whole, startMs: kept.find(([fromMs = 0]) => fromMs >= 9000)?.[0] ?? 9000 },
    ];
    world.cuts = [{ fromMs: 4000, toMs: 9000 }];
    await start({ saver: 'sound', speed: 3 });
    await expect.poll(async () => (await told()).status, { timeout: 20_000 }).toBe('ended');
    expect(new Set(world.asked.map(({ file }) => file))).toEqual(new Set([whole.file]));
    const allowed = (byte: number) => byte < whole.initBytes || kept.some(([, , at = 0, bytes = 0]) => at <= byte && byte < at + bytes);
    for (const { first, last } of world.asked) expect([allowed(first), allowed(last), last - first < 60_000]).toEqual([true, true, true]);
    const spanned = world.asked.filter(({ first, last }) =>
      lines.some(([fromMs = 0, , at = 0]) => fromMs >= 4000 && fromMs < 9000 && at >= first && at <= last),
    );
    expect(spanned).toEqual([]);
  });

  it('V83 a recording that still runs is played from its beginning, tells how far behind it is, and goes on as it grows', async () => {
    class14s();
    const began = performance.now();
    world.writtenMs = () => 5000 + (performance.now() - began);
    await start({ grows: true });
    await expect.poll(async () => (await told()).status, { timeout: 10_000 }).toBe('playing');
    const early = await told();
    expect(early.classMs).toBeLessThan(3000);
    expect(early.behindMs ?? 0).toBeGreaterThan(3000);
    await expect.poll(async () => (await told()).classMs, { timeout: 30_000, interval: 250 }).toBeGreaterThan(6500);
    await browser.page.evaluate('seekClass(0)');
    await expect.poll(async () => (await told()).behindMs ?? 0, { timeout: 10_000 }).toBeGreaterThan(8000);
  });

  it('V84 when the right to watch goes away, it stops and says why', async () => {
    class14s();
    for (const { parts } of world.tracks) for (const { file } of parts) world.faults.set(file, 'refused');
    await start({});
    await expect.poll(async () => (await told()).notes, { timeout: 10_000 }).toContain('trouble not-allowed no-longer');
    expect((await told()).status).toBe('waiting');
  });
});
