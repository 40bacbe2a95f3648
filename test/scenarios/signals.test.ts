// What those who lead send is watched: a silent microphone, a dark or standing picture is told within 25 seconds, and when it is over.
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackId, TransportId } from '../../server/contract/ids.ts';
import type { FactOf } from '../../server/facts.ts';
import type { PictureWeight } from '../../server/ports/media.ts';
import { lessonId } from '../support/campus.ts';
import { Classroom } from '../support/classroom.ts';
import { type FakePublished, silentStats } from '../support/fake-media.ts';
import type { Visitor } from '../support/people.ts';

const frames = (bytes: number): number[] => Array.from({ length: 70 }, () => bytes);
const layer = (width: number, keyFrame: number, bytes: number) => ({ width, height: (width * 9) / 16, keyFrame, frames: frames(bytes) });
const shown: PictureWeight = { smallest: layer(240, 2_900, 15), largest: layer(960, 22_700, 1_200) };
const dark: PictureWeight = { smallest: layer(240, 127, 15), largest: layer(960, 1_567, 15) };
const noughts = -127;

let classroom: Classroom;
let told: FactOf<'signal-changed'>[];
/** What each device sends. */
let sending: Sending[];

interface Sending {
  readonly transportId: TransportId;
  readonly trackId: TrackId;
  readonly source: 'microphone' | 'camera' | 'screen';
  /** Bytes a second. */
  bytes: number;
  /** Of a microphone. */
  level: number;
  sent: number;
}

beforeEach(async () => {
  classroom = await Classroom.open();
  told = [];
  sending = [];
  classroom.running.rooms.bus.listen('test', (fact) => void (fact.type === 'signal-changed' && told.push(fact)));
});

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

const engineRoom = () => classroom.media.rooms.get(lessonId) ?? expect.fail('The room has media.');
const track = (trackId: TrackId): FakePublished => engineRoom().tracks.get(trackId) ?? expect.fail('The track is published.');
const signals = () => told.map(({ source, signal }) => `${source} ${signal}`);

async function sends(visitor: Visitor, source: Sending['source'], bytes: number, on?: TransportId): Promise<Sending> {
  const transportId = on ?? (await visitor.ask('media:open', { direction: 'send' })).id;
  const { trackId } = await visitor.publishOn(transportId, source);
  const one = { transportId, trackId, source, bytes, level: -45, sent: 0 };
  sending.push(one);
  return one;
}

/** Time passes, and what is live is counted and heard as a media worker does it. */
async function pass(seconds: number, { isCut = false } = {}): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 0.5) {
    for (const transport of engineRoom().transports) {
      const own = sending.filter(({ transportId }) => transportId === transport.parameters.id);
      for (const one of own) if (!isCut && track(one.trackId).paused === false) one.sent += one.bytes / 2;
      const tracks = own.map(({ trackId, source, sent }) => ({
        trackId,
        source,
        bytes: sent,
        smallestBytes: sent,
        packets: sent,
        score: 10,
        jitterMs: 1,
      }));
      const bytesIn = isCut ? transport.figures.bytesIn : transport.figures.bytesIn + 50;
      transport.figures = { ...silentStats, bpsIn: 8_000, bytesIn, tracks };
    }
    classroom.clock.advance(500);
    for (let turn = 0; turn < 4; turn += 1) await setImmediate();
    const isLevelDue = (classroom.clock.now() / 1_000) % 5 === 0;
    for (const { trackId, level, bytes } of sending)
      if (isLevelDue && !isCut && bytes > 0 && !track(trackId).paused) track(trackId).hear?.(level);
  }
}

describe('a microphone', () => {
  it('W41, W44, W52 that gives noughts is told within 25 seconds, and that it is heard again at once', async () => {
    const teacher = await classroom.teacher();
    const voice = await sends(teacher, 'microphone', 4_000);
    await pass(60);
    expect(signals()).toEqual([]);
    voice.level = noughts;
    const mutedAt = classroom.clock.now();
    await pass(25);
    expect(signals()).toEqual(['microphone silent']);
    expect(told[0]).toMatchObject({ lessonId, participantId: teacher.id, trackId: voice.trackId });
    expect(Math.abs((told[0]?.since ?? 0) - mutedAt)).toBeLessThanOrEqual(5_000);
    engineRoom().sound([{ trackId: voice.trackId, decibels: -30 }]);
    await setImmediate();
    expect(signals()).toEqual(['microphone silent', 'microphone fine']);
  });

  it('W40 that is muted has no signal, and begins as a fine one when it is opened again', async () => {
    const teacher = await classroom.teacher();
    const voice = await sends(teacher, 'microphone', 4_000);
    voice.level = noughts;
    await pass(10);
    await teacher.ask('media:pause', { trackId: voice.trackId });
    await pass(120);
    expect(signals()).toEqual([]);
    await teacher.ask('media:resume', { trackId: voice.trackId });
    await pass(10);
    expect(signals()).toEqual([]);
    await pass(15);
    expect(signals()).toEqual(['microphone silent']);
  });

  it('W40 of a student is not watched, until the student leads', async () => {
    const teacher = await classroom.teacher();
    const student = await classroom.student(1);
    await teacher.ask('room:permit', { target: { participantId: student.id }, capability: 'microphone', allowed: true });
    const voice = await sends(student, 'microphone', 4_000);
    voice.level = noughts;
    await pass(60);
    expect(signals()).toEqual([]);
    await teacher.ask('room:hand-over-lead', { participantId: student.id });
    await pass(25);
    expect(signals()).toEqual(['microphone silent']);
  });

  it('W45 of which nothing comes while the camera beside it flows is silent', async () => {
    const teacher = await classroom.teacher();
    const picture = await sends(teacher, 'camera', 100_000);
    track(picture.trackId).weight = shown;
    const voice = await sends(teacher, 'microphone', 4_000, picture.transportId);
    await pass(30);
    voice.bytes = 0;
    await pass(25);
    expect(signals()).toEqual(['microphone silent']);
  });
});

describe('a camera', () => {
  it('W47, W50, W52 that grows dark is told within 25 seconds, and that it shows something again', async () => {
    const teacher = await classroom.teacher();
    const picture = await sends(teacher, 'camera', 100_000);
    const published = track(picture.trackId);
    published.weight = shown;
    await pass(120);
    expect(signals()).toEqual([]);
    expect(published.weighed).toBe(1);
    [picture.bytes, published.weight] = [900, dark];
    await pass(25);
    expect(signals()).toEqual(['camera black']);
    [picture.bytes, published.weight] = [100_000, shown];
    await pass(15);
    expect(signals()).toEqual(['camera black', 'camera fine']);
  });

  it('W46 whose line is lost is not judged by that, also while the device comes back', async () => {
    const teacher = await classroom.teacher();
    const picture = await sends(teacher, 'camera', 100_000);
    const voice = await sends(teacher, 'microphone', 4_000, picture.transportId);
    track(picture.trackId).weight = shown;
    await pass(60);
    voice.level = noughts;
    await pass(10, { isCut: true });
    teacher.cut();
    await expect.poll(() => classroom.rooms.participant(lessonId, teacher.id)?.presence).toBe('dropped');
    await pass(20, { isCut: true });
    await teacher.comeBack();
    voice.level = -40;
    await pass(40);
    expect(signals()).toEqual([]);
  });
});

it('W49 a screen that shows one slide for an hour is fine, dark or not', async () => {
  const teacher = await classroom.teacher();
  const slides = await sends(teacher, 'screen', 40);
  track(slides.trackId).weight = dark;
  await pass(600);
  slides.bytes = 0;
  await pass(600);
  expect(signals()).toEqual([]);
});
