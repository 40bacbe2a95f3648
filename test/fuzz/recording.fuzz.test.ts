// Whatever a sender sends, and whatever lies on the disk: the recorder and the readers of its format throw nothing and keep nothing for ever.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import { RecordingManifest } from '../../server/contract/recording.ts';
import type { SenderReport, TappedTrack } from '../../server/ports/tap.ts';
import { H264Depacketiser } from '../../server/recording/capture/depacketise-h264.ts';
import { vp8Depacketiser } from '../../server/recording/capture/depacketise-vp8.ts';
import { vp9Depacketiser } from '../../server/recording/capture/depacketise-vp9.ts';
import { RecordedTrack } from '../../server/recording/capture/recorded-track.ts';
import { parseRtp } from '../../server/recording/capture/rtp.ts';
import { senderReports } from '../../server/recording/capture/sender-reports.ts';
import { ParticipantClock } from '../../server/recording/capture/track-clock.ts';
import { extentOf, fragmentLine, line, type RecordingEvent, readEvents, readIndex } from '../../server/recording/format/format.ts';
import { foldManifest, openParts } from '../../server/recording/format/manifest.ts';

const numRuns = 300;
const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));
/** Payloads that get past the first look: of each codec's own beginnings. */
const beginnings = [
  [],
  [0x67, 0x42, 0xe0, 0x1f],
  [0x68, 0xce],
  [0x65, 0x88],
  [0x78, 0x00, 0x04],
  [0x7c, 0x85],
  [0x7c, 0x45],
  [0x10, 0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a],
  [0x90, 0x80, 0x80, 0x01],
  [0x8c, 0x83, 0x49],
  [0xb8, 0x00, 0x00],
  [0xf8],
  [0xff, 0xfe],
];
const payload = fc.tuple(fc.constantFrom(...beginnings), bytes(60)).map(([begin, rest]) => Buffer.concat([Buffer.from(begin), rest]));
const packet = fc.record({
  sequenceNumber: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 0xffff })),
  timestamp: fc.oneof(
    fc.integer({ min: 0, max: 20 }).map((n) => n * 3000),
    fc.nat(0xffffffff),
  ),
  ssrc: fc.constant(1),
  payloadType: fc.constant(96),
  marker: fc.boolean(),
  payload,
});

const rtp = ({ sequenceNumber, timestamp, ssrc, payloadType, marker, payload: content }: ReturnType<typeof samplePacket>): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt8(0x80, 0);
  head.writeUInt8((marker ? 0x80 : 0) | payloadType, 1);
  head.writeUInt16BE(sequenceNumber, 2);
  head.writeUInt32BE(timestamp, 4);
  head.writeUInt32BE(ssrc, 8);
  return Buffer.concat([head, content]);
};
const samplePacket = () => fc.sample(packet, 1)[0] ?? expect.fail();

describe('whatever comes from the network', () => {
  it.each([
    ['H.264', () => new H264Depacketiser()],
    ['VP8', vp8Depacketiser],
    ['VP9', vp9Depacketiser],
  ])('V9 %s packets make pictures or nothing', (_, make) => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 60 }), (packets) => {
        const depacketiser = make();
        let taken = 0;
        let given = 0;
        for (const one of packets) {
          taken += one.payload.length + 8;
          const frame = depacketiser.push(one);
          given += frame?.data.length ?? 0;
          if (frame?.config) expect(frame.config.width * frame.config.height).toBeGreaterThan(0);
        }
        // Nothing is made of nothing: each piece is given out at most once, with a length before it.
        expect(given).toBeLessThanOrEqual(taken * 4);
      }),
      { numRuns },
    );
  });

  it('V9 RTP and RTCP of any bytes are packets, reports or nothing', () => {
    fc.assert(
      fc.property(bytes(80), (any) => {
        const read = parseRtp(any);
        if (read) expect(read.payload.length).toBeLessThanOrEqual(any.length);
        expect(senderReports(any).length).toBeLessThanOrEqual(any.length / 28);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['video/H264', 'video/VP8', 'video/VP9', 'audio/opus'])(
    'V9 a track of %s lives through any packets, reports and pauses, in order of time',
    async (mimeType) => {
      const step = fc.oneof(
        { weight: 8, arbitrary: packet.map((one) => ({ what: 'packet' as const, bytes: rtp(one) })) },
        { weight: 1, arbitrary: bytes(40).map((any) => ({ what: 'packet' as const, bytes: any })) },
        {
          weight: 1,
          arbitrary: fc
            .record({ ssrc: fc.constant(1), ntpMs: fc.double({ noNaN: true, min: 0, max: 1e13 }), rtpTimestamp: fc.nat(0xffffffff) })
            .map((report: SenderReport) => ({ what: 'report' as const, report })),
        },
        { weight: 1, arbitrary: fc.constantFrom('tick', 'off', 'on', 'pause', 'resume').map((what) => ({ what })) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(step, fc.integer({ min: 0, max: 400 })), { maxLength: 120 }), async (steps) => {
          let now = 1_700_000_000_000;
          let written = 0;
          let from = 0;
          let taken = 0;
          const faults: unknown[] = [];
          const track = new RecordedTrack(
            {
              info: {
                trackId: TrackId.parse('t'),
                participantId: ParticipantId.parse('p'),
                name: 'A',
                source: mimeType.startsWith('a') ? 'microphone' : 'camera',
              },
              startedAt: now,
              now: () => now,
              clock: new ParticipantClock(),
              sink: {
                partOpened: ({ startMs }) => {
                  from = startMs;
                },
                fragment: ({ timeMs, durationMs, bytes: fragment }) => {
                  expect(timeMs).toBeGreaterThanOrEqual(from - 1);
                  expect(durationMs).toBeGreaterThan(0);
                  from = timeMs;
                  written += fragment.length;
                },
                partClosed: () => undefined,
              },
              onEnded: () => undefined,
              onFault: (error) => faults.push(error),
            },
            true,
          );
          const nothing = async () => undefined;
          const tapped: TappedTrack = {
            ...{
              trackId: track.info.trackId,
              kind: 'video',
              mimeType,
              clockRate: mimeType.startsWith('a') ? 48_000 : 90_000,
              payloadType: 96,
            },
            ...{
              ssrc: 1,
              parameters: {},
              producerPaused: false,
              resume: nothing,
              pause: nothing,
              requestKeyFrame: nothing,
              close: nothing,
            },
          };
          await track.attach({ attach: async () => tapped, close: nothing });
          for (const [one, laterMs] of steps) {
            now += laterMs;
            if (one.what === 'packet' && 'bytes' in one) {
              taken += one.bytes.length;
              track.packet(one.bytes, now);
            } else if (one.what === 'report' && 'report' in one) track.senderReport(one.report);
            else if (one.what === 'tick') track.tick();
            else if (one.what === 'off') track.producerPaused();
            else if (one.what === 'on') track.producerResumed();
            else if (one.what === 'pause') await track.pause();
            else if (one.what === 'resume') await track.resume();
          }
          await track.close();
          expect(faults).toEqual([]);
          // Headers, and silence for as long as time went by: no more than in proportion.
          expect(written).toBeLessThan(20_000 + taken * 20 + (now - 1_700_000_000_000) * 20);
        }),
        { numRuns: 150 },
      );
    },
    30_000,
  );
});

const session = { format: 1 as const, id: RecordingId.parse('r'), lessonId: LessonId.parse('l'), startedAt: 1, startedBy: null };
const at = fc.integer({ min: 0, max: 100_000 });
const file = fc.integer({ min: 1, max: 5 }).map((number) => ({ file: `p000${number}.mp4`, index: `p000${number}.jsonl` }));
const event: fc.Arbitrary<RecordingEvent> = fc.oneof(
  fc.record({ at, name: fc.string() }).map(
    (one): RecordingEvent => ({
      type: 'track',
      trackId: TrackId.parse('t'),
      participantId: ParticipantId.parse('p'),
      source: 'camera',
      ...one,
    }),
  ),
  fc
    .record({ at, startMs: at, initBytes: fc.integer({ min: 1, max: 900 }), file })
    .map(({ file: names, ...one }): RecordingEvent => ({ type: 'part', trackId: TrackId.parse('t'), mime: 'video/mp4', ...names, ...one })),
  fc
    .record({ at, endMs: at, bytes: fc.integer({ min: 1, max: 9000 }), file })
    .map(({ file: names, ...one }): RecordingEvent => ({ type: 'part-end', file: names.file, ...one })),
  fc
    .record({ at, fromMs: at, toMs: at, why: fc.constantFrom('recorder' as const, 'server' as const) })
    .map((one): RecordingEvent => ({ type: 'gap', ...one })),
  fc.record({ at, type: fc.constantFrom('paused' as const, 'resumed' as const) }),
  at.map((when): RecordingEvent => ({ type: 'end', at: when, reason: 'stopped' })),
);
/** What was written, with one piece of it replaced by something else. */
const damaged = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(
      text,
      fc.nat(400),
      fc.nat(40),
      fc.oneof(
        fc.string(),
        bytes(20).map((any) => any.toString('latin1')),
      ),
    )
    .map(([whole, from, length, other]) => whole.slice(0, from) + other + whole.slice(from + length));

describe('whatever lies on the disk', () => {
  it('V9 an index is read as far as it is one', () => {
    const lines = fc
      .array(fc.tuple(at, at, at, at, fc.boolean()), { maxLength: 20 })
      .map((all) => all.map((one) => line(fragmentLine(...one))).join(''));
    fc.assert(
      fc.property(damaged(lines), (text) => {
        expect(readIndex(text).length).toBeLessThanOrEqual(text.split('\n').length);
        const extent = extentOf(text);
        if (extent) expect(extent.bytes).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('V9 any events make a manifest that keeps to the contract', () => {
    const events = fc.array(event, { maxLength: 30 });
    fc.assert(
      fc.property(events, damaged(events.map((all) => all.map(line).join(''))), (all, text) => {
        for (const read of [all, readEvents(text)]) {
          const manifest = RecordingManifest.parse(foldManifest(session, read, new Map()));
          for (const { fromMs, toMs } of [...manifest.gaps, ...manifest.pauses]) expect(toMs).toBeGreaterThanOrEqual(fromMs);
          expect(openParts(read).length).toBeLessThanOrEqual(read.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
