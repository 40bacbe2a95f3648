// Real encoders' packets through the recorders of pictures and sound: what ends up in the files is sound, whole and in time.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioRecorder } from './audio-recorder.ts';
import type { VideoDepacketiser } from './codec.ts';
import { H264Depacketiser } from './depacketise-h264.ts';
import { vp8Depacketiser } from './depacketise-vp8.ts';
import { vp9Depacketiser } from './depacketise-vp9.ts';
import { Incoming, type TimedPacket } from './incoming.ts';
import { timestampDistance } from './rtp.ts';
import { MemoryParts } from './testing/memory-parts.ts';
import { complaints, probe } from './testing/probe.ts';
import { type ClipCodec, clockRates, payloadTypes, rtpClip } from './testing/rtp-source.ts';
import { ParticipantClock, TrackClock } from './track-clock.ts';
import type { TrackRecorder } from './track-recorder.ts';
import { VideoRecorder } from './video-recorder.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'track-recorders-'));
});
afterAll(() => rm(directory, { recursive: true }));

const depacketisers: Record<'h264' | 'vp8' | 'vp9', () => VideoDepacketiser> = {
  h264: () => new H264Depacketiser(),
  vp8: () => vp8Depacketiser(),
  vp9: () => vp9Depacketiser(),
};

const recorderOf = (codec: ClipCodec, sink: MemoryParts): TrackRecorder =>
  codec === 'opus' ? new AudioRecorder(sink) : new VideoRecorder(depacketisers[codec](), sink);

/** Feeds packets as they would arrive, each at its own RTP time after `fromMs`; `drop` says which are lost. */
class Feed {
  readonly sink = new MemoryParts();
  readonly #incoming: Incoming;
  readonly #recorder: TrackRecorder;
  readonly #clockRate: number;
  nowMs = 0;
  #sequenceNumber = 65_500;
  #timestamp = 4_294_900_000;

  constructor(codec: ClipCodec, clock = new ParticipantClock()) {
    this.#clockRate = clockRates[codec];
    this.#incoming = new Incoming(new TrackClock(clock, this.#clockRate), payloadTypes[codec]);
    this.#recorder = recorderOf(codec, this.sink);
    this.#recorder.begin(0);
  }

  /** Numbers go on from clip to clip, and wrap. */
  play(packets: readonly Buffer[], fromMs: number, drop: (index: number) => boolean = () => false): this {
    const first = packets[0]?.readUInt32BE(4) ?? 0;
    const base = (this.#timestamp + Math.round((fromMs * this.#clockRate) / 1000)) >>> 0;
    this.#deliver(this.#incoming.report({ ssrc: 1111, ntpMs: 5_000_000 + fromMs, rtpTimestamp: base }, fromMs));
    packets.forEach((packet, index) => {
      const bytes = Buffer.from(packet);
      const ticks = timestampDistance(first, packet.readUInt32BE(4));
      bytes.writeUInt16BE(this.#sequenceNumber, 2);
      bytes.writeUInt32BE((base + ticks) >>> 0, 4);
      this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
      this.wait(fromMs + (ticks / this.#clockRate) * 1000);
      if (!drop(index)) this.#deliver(this.#incoming.push(bytes, this.nowMs));
    });
    return this;
  }

  wait(untilMs: number): this {
    while (this.nowMs < untilMs) {
      this.nowMs = Math.min(untilMs, this.nowMs + 200);
      this.#deliver(this.#incoming.tick(this.nowMs));
      this.#recorder.tick(this.nowMs, this.nowMs);
    }
    return this;
  }

  off(): this {
    this.#deliver(this.#incoming.drain(this.nowMs));
    this.#recorder.end(this.nowMs);
    return this;
  }

  on(): this {
    this.#recorder.begin(this.nowMs);
    return this;
  }

  async file(part: number): Promise<string> {
    const path = join(directory, `${Math.random()}.${this.sink.parts[part]?.header.extension}`);
    await writeFile(path, this.sink.bytes(part));
    return path;
  }

  #deliver(packets: readonly TimedPacket[]): void {
    for (const packet of packets) this.#recorder.packet(packet, packet.capturedAtMs);
  }
}

const video = ['h264', 'vp8', 'vp9'] as const;

describe.each(video)('a %s picture', (codec) => {
  let clip: Buffer[] = [];
  beforeAll(async () => {
    clip = await rtpClip({ codec, seconds: 4, size: '322x242' });
  });

  it('is stored whole, with every frame at its time and nothing for a decoder to complain of', async () => {
    const feed = new Feed(codec).play(clip, 3000).off();
    const path = await feed.file(0);
    const { packets, width, height } = await probe(path);
    expect(feed.sink.parts).toHaveLength(1);
    expect([width, height]).toEqual([322, 242]);
    expect(packets).toHaveLength(100);
    packets.forEach((packet, index) => {
      expect(Math.abs(packet.timeMs - (3000 + index * 40))).toBeLessThanOrEqual(1.5);
      expect(packet.key).toBe(index % 50 === 0);
    });
    expect(await complaints(path)).toBe('');
  });

  it('is cut into fragments of about half a second that touch, a key frame always beginning one', () => {
    const { fragments } = new Feed(codec).play(clip, 0).off().sink.parts[0] ?? { fragments: [] };
    expect(fragments.filter((one) => one.key).map((one) => Math.round(one.timeMs / 10) * 10)).toEqual([0, 2000]);
    fragments.forEach((fragment, index) => {
      const next = fragments[index + 1];
      if (next) expect(fragment.timeMs + fragment.durationMs).toBeCloseTo(next.timeMs, 3);
      expect(fragment.durationMs).toBeLessThanOrEqual(600);
    });
  });

  it('shows the last good frame from a lost packet to the next key frame, which it asks for', async () => {
    const feed = new Feed(codec);
    const lost = clip.findIndex(
      (bytes, index) =>
        index > 0 && bytes.readUInt8(1) >= 128 && timestampDistance(clip[0]?.readUInt32BE(4) ?? 0, bytes.readUInt32BE(4)) >= 90_000 * 0.6,
    );
    feed.play(clip, 0, (index) => index === lost).off();
    const { packets } = await probe(await feed.file(0));
    expect(feed.sink.asked).toBeGreaterThan(0);
    expect(feed.sink.parts).toHaveLength(1);
    const times = packets.map((packet) => Math.round(packet.timeMs));
    const before = times.filter((time) => time < 1900).at(-1) ?? 0;
    expect(before).toBeLessThan(640);
    expect(times.filter((time) => time > before)[0]).toBeCloseTo(2000, -0.5);
    expect(await complaints(await feed.file(0))).toBe('');
  });

  it('ends its part where the camera goes off, and begins another at its true time when it is on again', async () => {
    const feed = new Feed(codec).play(clip, 0).wait(4100).off().wait(60_000).on().play(clip, 60_500).off();
    const [before, after] = feed.sink.spans();
    expect(before?.to).toBeCloseTo(4100, 0);
    expect(after?.from).toBeCloseTo(60_500, 0);
    expect((await probe(await feed.file(1))).packets[0]?.timeMs).toBeCloseTo(60_500, 0);
  });

  it('begins with nothing that was captured while it was off', () => {
    const feed = new Feed(codec).play(clip, 0).wait(4100).off().wait(6000).on().play(clip, 5900).off();
    expect(feed.sink.spans()[1]?.from).toBeCloseTo(7900, 0);
  });

  it('plays faster for a moment, never backwards, where its clock turns out to be earlier', async () => {
    const feed = new Feed(codec).play(clip, 0).play(clip, 3850).off();
    const times = (await probe(await feed.file(0))).packets.map((packet) => packet.timeMs);
    expect(times).toHaveLength(200);
    times.forEach((time, index) => {
      expect(time - (times[index - 1] ?? -40)).toBeGreaterThan(index === 100 ? 0.9 : 18);
    });
    expect(times.at(-1)).toBeCloseTo(3850 + 3960, -0.5);
  });

  it('asks for a key frame when no frame comes for a second, and ends the part when none comes at all', () => {
    const feed = new Feed(codec).play(clip, 0);
    const asked = feed.sink.asked;
    feed.wait(3960 + 1500);
    expect(feed.sink.asked).toBeGreaterThan(asked);
    expect(feed.sink.parts[0]?.closed).toBe(false);
    feed.wait(3960 + 2200);
    expect(feed.sink.parts[0]?.closed).toBe(true);
    expect(feed.sink.spans()[0]?.to).toBeLessThanOrEqual(3960 + 2000);
  });

  it('begins a new part when its size changes, without a hole between', async () => {
    const large = await rtpClip({ codec, seconds: 1, size: '640x480' });
    const feed = new Feed(codec).play(clip, 0).play(large, 4000).off();
    const [before, after] = feed.sink.spans();
    expect(feed.sink.parts.map(({ header }) => [header.width, header.height])).toEqual([
      [322, 242],
      [640, 480],
    ]);
    expect(before?.to).toBeCloseTo(after?.from ?? 0, 0);
    expect(await complaints(await feed.file(1))).toBe('');
  });
});

describe('sound', () => {
  let clip: Buffer[] = [];
  beforeAll(async () => {
    clip = await rtpClip({ codec: 'opus', seconds: 4 });
  });

  it('is stored packet by packet, each where the one before ended', async () => {
    const feed = new Feed('opus').play(clip, 1000).off();
    const { packets } = await probe(await feed.file(0));
    expect(packets).toHaveLength(clip.length);
    expect(packets[0]?.timeMs).toBeCloseTo(1000, 0);
    expect(await complaints(await feed.file(0))).toBe('');
  });

  it('has no hole where packets were lost, and keeps in step', async () => {
    const feed = new Feed('opus').play(clip, 0, (index) => index % 20 === 7 || (index > 60 && index < 90)).off();
    const { packets } = await probe(await feed.file(0));
    packets.forEach((packet, index) => {
      const next = packets[index + 1];
      if (next) expect(Math.abs(next.timeMs - packet.timeMs - 20)).toBeLessThan(0.5);
    });
    expect(packets).toHaveLength(clip.length);
    expect(await complaints(await feed.file(0))).toBe('');
  });

  it('goes on as silence while its sender sends nothing, and ends when the line is lost for long', () => {
    const feed = new Feed('opus').play(clip, 0).wait(10_000);
    expect(feed.sink.parts[0]?.closed).toBe(false);
    expect(feed.sink.spans()[0]?.to).toBeGreaterThan(8_500);
    feed.wait(4000 + 31_000);
    expect(feed.sink.parts[0]?.closed).toBe(true);
  });

  it('finds its place again after silence was filled in', () => {
    const feed = new Feed('opus').play(clip, 0).wait(10_000).play(clip, 10_000).off();
    expect(feed.sink.parts).toHaveLength(1);
    expect(feed.sink.spans()[0]?.to).toBeCloseTo(10_000 + 20 * clip.length, -1);
  });
});
