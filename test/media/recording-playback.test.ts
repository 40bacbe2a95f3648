// A real browser plays what the recorder writes: every container through MediaSource, from its beginning, from a later key frame, and over a change of size.
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioRecorder } from '../../server/recording/audio-recorder.ts';
import { H264Depacketiser } from '../../server/recording/depacketise-h264.ts';
import { Vp8Depacketiser } from '../../server/recording/depacketise-vp8.ts';
import { Vp9Depacketiser } from '../../server/recording/depacketise-vp9.ts';
import { parseRtp, timestampDistance } from '../../server/recording/rtp.ts';
import { MemoryParts } from '../../server/recording/testing/memory-parts.ts';
import { type ClipCodec, clockRates, rtpClip } from '../../server/recording/testing/rtp-source.ts';
import type { TrackRecorder } from '../../server/recording/track-recorder.ts';
import { VideoRecorder } from '../../server/recording/video-recorder.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['AUDITORIA_CHROMIUM'] || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
  });
  page = await browser.newPage();
});
afterAll(() => browser.close());

const recorders: Record<ClipCodec, (sink: MemoryParts) => TrackRecorder> = {
  h264: (sink) => new VideoRecorder(new H264Depacketiser(), sink),
  vp8: (sink) => new VideoRecorder(new Vp8Depacketiser(), sink),
  vp9: (sink) => new VideoRecorder(new Vp9Depacketiser(), sink),
  opus: (sink) => new AudioRecorder(sink),
};

/** Records clips one after the other, the first at `startMs`. Sound loses some packets, so that concealment and silence are played too. */
const record = async (codec: ClipCodec, startMs: number, clips: readonly { seconds: number; size?: string }[]): Promise<MemoryParts> => {
  const sink = new MemoryParts();
  const recorder = recorders[codec](sink);
  let from = startMs;
  for (const clip of clips) {
    const packets = await rtpClip({ codec, ...clip });
    const first = packets[0]?.readUInt32BE(4) ?? 0;
    packets.forEach((bytes, index) => {
      const packet = parseRtp(bytes);
      const isLost = codec === 'opus' && (index % 25 === 7 || (index > 50 && index < 70));
      if (!packet || isLost) return;
      const capturedAtMs = from + (timestampDistance(first, packet.timestamp) / clockRates[codec]) * 1000;
      recorder.packet({ ...packet, missing: 0, arrivedAtMs: capturedAtMs, capturedAtMs }, capturedAtMs);
    });
    from += clip.seconds * 1000;
  }
  recorder.end(from);
  return sink;
};

type Piece = { readonly mime: string; readonly base64: string };

/** Appends, enters at `at` (seconds), plays a second, and tells what the browser saw. */
const play = (pieces: readonly Piece[], at: number) =>
  page.evaluate(
    async ({ pieces, at }) => {
      const element = document.createElement(pieces[0]?.mime.startsWith('audio') ? 'audio' : 'video');
      document.body.replaceChildren(element);
      const once = (target: EventTarget, name: string) =>
        new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no ${name} in 15 s: ${element.error?.message}`)), 15_000);
          target.addEventListener(name, () => resolve(clearTimeout(timer)), { once: true });
        });
      const source = new MediaSource();
      element.src = URL.createObjectURL(source);
      await once(source, 'sourceopen');
      let mime = pieces[0]?.mime ?? '';
      if (!MediaSource.isTypeSupported(mime)) throw new Error(`${mime} is not supported`);
      const buffer = source.addSourceBuffer(mime);
      for (const piece of pieces) {
        if (piece.mime !== mime) buffer.changeType(piece.mime);
        mime = piece.mime;
        const appended = once(buffer, 'updateend');
        buffer.appendBuffer(Uint8Array.from(atob(piece.base64), (char) => char.charCodeAt(0)));
        await appended;
      }
      source.endOfStream();
      const buffered = Array.from({ length: buffer.buffered.length }, (_, i) => [buffer.buffered.start(i), buffer.buffered.end(i)]);
      const seeked = once(element, 'seeked');
      element.currentTime = at;
      await seeked;
      element.muted = true;
      const began = element.currentTime;
      await element.play();
      const deadline = Date.now() + 15_000;
      const end = Math.min(at + 1, (buffered.at(-1)?.[1] ?? 0) - 0.05);
      while (element.currentTime < end && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 30));
      const quality = element instanceof HTMLVideoElement ? element.getVideoPlaybackQuality() : undefined;
      const size = element instanceof HTMLVideoElement ? [element.videoWidth, element.videoHeight] : [];
      return { buffered, began, reached: element.currentTime, frames: quality?.totalVideoFrames, size, error: element.error?.message };
    },
    { pieces, at },
  );

const piecesOf = (sink: MemoryParts, part: number, fromFragment = 0): Piece[] => {
  const { header, fragments } = sink.parts[part] ?? { header: undefined, fragments: [] };
  if (!header) throw new Error(`no part ${part}`);
  return [header.bytes, ...fragments.slice(fromFragment).map((one) => one.bytes)].map((bytes) => ({ mime: header.mime, base64: bytes.toString('base64') }));
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
    expect(seen.error).toBeUndefined();
  });
});
