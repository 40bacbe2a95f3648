// A real browser plays what the recorder writes: every container through MediaSource, from its beginning, from a later key frame, and over a change of size.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MemoryParts } from '../../server/recording/capture/testing/memory-parts.ts';
import type { ClipCodec } from '../../server/recording/capture/testing/rtp-source.ts';
import { chromiumArguments } from './browsers.ts';
import { type Clip, recordClips } from './recorded-clip.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.AUDITORIA_CHROMIUM || '/usr/bin/chromium',
    args: chromiumArguments,
  });
  page = await browser.newPage();
  await page.setContent(await readFile(join(import.meta.dirname, 'player.html'), 'utf8'));
});
afterAll(() => browser.close());

/** Sound loses some packets, so that concealment and silence are played too. */
const record = (codec: ClipCodec, startMs: number, clips: readonly Clip[]): Promise<MemoryParts> =>
  recordClips({ codec, startMs, isLost: (index) => codec === 'opus' && (index % 25 === 7 || (index > 50 && index < 70)) }, clips);

type Piece = { readonly mime: string; readonly base64: string };

const Seen = z.object({
  buffered: z.array(z.tuple([z.number(), z.number()])),
  reached: z.number(),
  frames: z.number(),
  size: z.tuple([z.number(), z.number()]),
  error: z.string(),
});

/** Appends, enters at `at` (seconds), plays a second, and tells what the browser saw. */
const play = async (pieces: readonly Piece[], at: number) => Seen.parse(await page.evaluate(`play(${JSON.stringify(pieces)}, ${at})`));

const piecesOf = (sink: MemoryParts, part: number, fromFragment = 0): Piece[] => {
  const { header, fragments } = sink.parts[part] ?? { header: undefined, fragments: [] };
  if (!header) throw new Error(`no part ${part}`);
  return [header.bytes, ...fragments.slice(fromFragment).map((one) => one.bytes)].map((bytes) => ({
    mime: header.mime,
    base64: bytes.toString('base64'),
  }));
};

describe.each(['h264', 'vp8', 'vp9'] as const)('a recorded %s picture in Chromium', (codec) => {
  it('is one range at class time and plays from its beginning', async () => {
    const sink = await record(codec, 754_321, [{ seconds: 4 }]);
    const seen = await play(piecesOf(sink, 0), 754.4);
    expect(seen.buffered).toHaveLength(1);
    expect(seen.buffered[0]?.[0]).toBeCloseTo(754.321, 1);
    expect(seen.buffered[0]?.[1]).toBeCloseTo(758.321, 1);
    expect(seen.reached).toBeGreaterThan(755.3);
    expect(seen.frames).toBeGreaterThan(0);
    expect(seen.size).toEqual([320, 240]);
  });

  it('can be entered at any fragment that begins on a key frame', async () => {
    const sink = await record(codec, 60_000, [{ seconds: 6 }]);
    const fragments = sink.parts[0]?.fragments ?? [];
    const entry = fragments.findIndex((one, index) => index > 0 && one.key);
    const time = (fragments[entry]?.timeMs ?? 0) / 1000;
    expect(time).toBeCloseTo(62, 1);
    const seen = await play(piecesOf(sink, 0, entry), time);
    expect(seen.buffered[0]?.[0]).toBeCloseTo(time, 1);
    expect(seen.reached).toBeGreaterThan(time + 0.9);
    expect(seen.frames).toBeGreaterThan(0);
  });

  it('goes on over a change of its size, both parts in one source buffer', async () => {
    const sink = await record(codec, 10_000, [{ seconds: 2 }, { seconds: 2, size: '640x480' }]);
    const seen = await play([...piecesOf(sink, 0), ...piecesOf(sink, 1)], 11.5);
    expect(seen.buffered).toHaveLength(1);
    expect(seen.reached).toBeGreaterThan(12.4);
    expect(seen.size).toEqual([640, 480]);
  });
});

describe('recorded sound in Chromium', () => {
  it('is one range at class time, losses and silence included, and plays', async () => {
    const sink = await record('opus', 754_321, [{ seconds: 4 }]);
    const seen = await play(piecesOf(sink, 0), 755);
    expect(seen.buffered).toHaveLength(1);
    expect(seen.buffered[0]?.[0]).toBeCloseTo(754.321, 1);
    expect(seen.buffered[0]?.[1]).toBeCloseTo(758.321, 1);
    expect(seen.reached).toBeGreaterThan(755.9);
    expect(seen.error).toBe('');
  });
});
