// Whatever a client writes into its RTP parameters, the worker that all classes share goes on.
import { expect, onTestFinished, test } from 'vitest';
import type { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import { MediaKind, RtpCapabilities, RtpParameters } from '../../server/contract/media.ts';
import type { TapListener } from '../../server/ports/tap.ts';
import { fewPeople, opus, vp8 } from '../contract/rtp-samples.ts';
import { Random } from '../fuzz/random.ts';
import { openRealEngine } from './real-engine.ts';

const lesson = LessonId.parse('lesson');
const deaf: TapListener = {
  packet: () => undefined,
  senderReport: () => undefined,
  producerPaused: () => undefined,
  producerResumed: () => undefined,
  ended: () => undefined,
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const numbers = [-1, 0, 0.5, 1.5, 255, 256, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 1e15, 1e300, -1e300];
const strings = ['', '\0', 'x'.repeat(256), 'L99T99', 'video/', 'video/rtx', 'audio/opus', 'nack'];
const values: readonly Json[] = [...numbers, ...strings, null, true, [], {}];
/** What nobody asked for, and what only some browsers send. */
const additions = ['maxBitrate', 'scaleResolutionDownBy', 'ssrc', 'rid', 'rtx', 'codecPayloadType', 'scalabilityMode', 'encrypt', 'apt'];

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** A copy in which something is other than it should be. */
function spoilt(value: Json, random: Random, chance: number): Json {
  if (random.chance(chance)) return random.one(values) ?? null;
  if (Array.isArray(value)) {
    const items: Json[] = value.map((item: Json) => spoilt(item, random, chance));
    const again = random.chance(chance) ? random.one(items) : undefined;
    return again === undefined ? items : [...items, again];
  }
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(() => !random.chance(chance / 2));
  const copy: Record<string, Json> = Object.fromEntries(fields.map(([key, field]) => [key, spoilt(field, random, chance)]));
  // More often than the rest: the schema lets fields pass that it does not know.
  const added = random.chance(chance * 10) ? random.one(additions) : undefined;
  if (added !== undefined) copy[added] = random.one(random.chance(0.5) ? numbers : values) ?? null;
  return copy;
}

/** Does all that a client and the recorder can do with such a track; refusals are as good as success. */
async function use(engine: MediasoupEngine, kind: MediaKind, parameters: Json, capabilities: Json): Promise<'used' | 'refused'> {
  const rtpParameters = RtpParameters.safeParse(parameters);
  const rtpCapabilities = RtpCapabilities.safeParse(capabilities);
  if (!rtpParameters.success || !rtpCapabilities.success) return 'refused';
  const room = await engine.openRoom(lesson, fewPeople);
  try {
    const [send, receive, tap] = [await room.openTransport('send'), await room.openTransport('receive'), await room.openTap()];
    const trackId = TrackId.parse('track');
    const source = kind === 'audio' ? 'microphone' : 'camera';
    const published = await send.publish({ trackId, kind, source, rtpParameters: rtpParameters.data, paused: true });
    await published.resume();
    await (await tap.attach(trackId, deaf)).resume();
    const subscribed = await receive.subscribe({ trackId, rtpCapabilities: rtpCapabilities.data });
    await subscribed?.setLayer(2);
    await subscribed?.resume();
    return 'used';
  } catch {
    return 'refused';
  } finally {
    room.close();
  }
}

async function opened() {
  const engine = await openRealEngine();
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(lesson, fewPeople);
  const capabilities = plain(room.rtpCapabilities);
  room.close();
  const [load] = await engine.load();
  const stillThere = async (): Promise<boolean> => {
    const again = await engine.openRoom(lesson, fewPeople);
    await again.openTransport('send');
    again.close();
    return (await engine.load())[0]?.pid === load?.pid;
  };
  return { engine, capabilities, stillThere };
}

test('no number in one field of an encoding harms the worker', async () => {
  const { engine, capabilities, stillThere } = await opened();
  const encodings = ['maxBitrate', 'scaleResolutionDownBy', 'ssrc', 'codecPayloadType'].flatMap((field) =>
    numbers.map((number) => ({ ssrc: 1111, [field]: number })),
  );
  for (const encoding of [...encodings, ...numbers.map((ssrc) => ({ ssrc: 1111, rtx: { ssrc } }))]) {
    await use(engine, 'video', plain({ ...vp8(1111), encodings: [encoding] }), capabilities);
    expect(await stillThere(), JSON.stringify(encoding)).toBe(true);
  }
});

test('nor do parameters and capabilities that are spoilt at random', async () => {
  const { engine, capabilities, stillThere } = await opened();
  const random = new Random(20_261);
  const outcomes = { used: 0, refused: 0 };
  for (let round = 0; round < 400; round += 1) {
    const kind = MediaKind.options[round % 2] ?? 'video';
    const parameters = spoilt(plain(kind === 'audio' ? opus(1111) : vp8(1, 2, 3)), random, 0.02);
    outcomes[await use(engine, kind, parameters, spoilt(capabilities, random, 0.002))] += 1;
    expect(await stillThere(), JSON.stringify(parameters)).toBe(true);
  }
  // Else the test would show nothing.
  expect(outcomes.used).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(50);
});
