// A class while the server is pressed: students' cameras give way step by step, teachers and all sound do not, and everything comes back.
import { afterEach, expect, it, vi } from 'vitest';
import { CapacityService } from '../../server/capacity/capacity.service.ts';
import { idleHost } from '../../server/capacity/host.ts';
import { firstCalmMs, stepUpMs } from '../../server/capacity/pressure.ts';
import type { Pressure } from '../../server/contract/capacity.ts';
import type { TrackId, TransportId } from '../../server/contract/ids.ts';
import { openLog } from '../../server/log.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

const log = openLog({ level: 'silent', format: 'json' });
const sampleMs = 2_000;
const rtpCapabilities = {
  codecs: [
    { kind: 'audio' as const, mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    { kind: 'video' as const, mimeType: 'video/VP8', preferredPayloadType: 103, clockRate: 90_000 },
  ],
  headerExtensions: [],
};

let room: Classroom;
let capacity: CapacityService;

async function open(options?: ClassroomOptions): Promise<void> {
  room = await Classroom.open(options);
  const { clock, media, rooms } = room;
  capacity = new CapacityService({
    ...{ clock, log, engine: media, host: idleHost, reliefFrom: 0.8, media: room.running.rooms.media },
    rooms: { open: () => rooms.open(), setPressure: (id, pressure) => rooms.setPressure(id, pressure) },
  });
}

afterEach(async () => {
  capacity.close();
  await room.close();
  expect(room.faults).toEqual([]);
});

/** The worker is so busy for so long. */
async function busy(cpuShare: number, ms: number): Promise<void> {
  room.media.cpuShare = cpuShare;
  for (let passed = 0; passed <= ms; passed += sampleMs) {
    room.clock.advance(sampleMs);
    await capacity.sample();
  }
}

/** Sends sound and picture from one device. */
async function shows(visitor: Visitor): Promise<{ readonly transportId: TransportId; readonly camera: TrackId; readonly voice: TrackId }> {
  const { id: transportId } = await visitor.ask('media:open', { direction: 'send' });
  const { trackId: voice } = await visitor.publishOn(transportId, 'microphone');
  const { trackId: camera } = await visitor.publishOn(transportId, 'camera');
  return { transportId, camera, voice };
}

/** Sees these people in large tiles. */
async function watches(visitor: Visitor, ...people: readonly Visitor[]): Promise<void> {
  await visitor.ask('media:open', { direction: 'receive' });
  await visitor.ask('media:receive', { rtpCapabilities });
  const tiles = people.map(({ id }) => ({ participantId: id, source: 'camera' as const, width: 1280, height: 720 }));
  await visitor.ask('media:view', { tiles, hidden: false });
  await visitor.until(() => visitor.heard.filter(({ type }) => type === 'media-offered').length >= 2 * people.length);
  await takeUp(visitor);
}

/** As a browser does when it has made ready for what it is offered. */
async function takeUp(visitor: Visitor): Promise<void> {
  const consumerIds = visitor.heard.flatMap((notice) => (notice.type === 'media-offered' ? [notice.subscription.consumerId] : []));
  await visitor.ask('media:ready', { consumerIds });
}

/** The highest layer that would reach somebody, by track; nothing of a track that does not flow. */
const flowing = () =>
  Object.fromEntries(room.media.flows().map(({ track, kind, layer }) => [track.trackId, kind === 'audio' ? 'sound' : layer]));
const told = (visitor: Visitor): Pressure[] =>
  visitor.heard.flatMap((notice) => (notice.type === 'pressure-changed' ? [notice.pressure] : []));

const cameraLimits = (visitor: Visitor) => visitor.heard.flatMap((notice) => (notice.type === 'send-limits' ? [notice.limits.camera] : []));

it('B10 B13 a burst at the bell costs new cameras first, then sharpness, then students’ cameras, and nothing of it stays', async () => {
  await open();
  const [teacher, one, two, late] = [await room.teacher(), await room.student(1), await room.student(2), await room.student(3)];
  const lecturer = await shows(teacher);
  const speaker = await shows(one);
  await watches(two, teacher, one);
  const all = { [lecturer.voice]: 'sound', [lecturer.camera]: 2, [speaker.voice]: 'sound', [speaker.camera]: 2 };
  await vi.waitFor(() => expect(flowing()).toEqual(all));

  await busy(0.85, 60_000);
  const { id: transportId } = await late.ask('media:open', { direction: 'send' });
  const refused = await late.publishOn(transportId, 'camera').then(
    () => 'taken',
    (error: unknown) => String(error),
  );
  expect(refused).toContain('capacity-cameras');
  const voice = await late.publishOn(transportId, 'microphone');
  await late.until(() => told(late).includes('no-new-cameras'));
  expect(told(late)).toEqual(['no-new-cameras']);
  await vi.waitFor(() => expect(flowing()).toMatchObject(all));

  await busy(0.92, 60_000);
  await vi.waitFor(() => expect(flowing()).toMatchObject({ ...all, [speaker.camera]: 0 }));
  const joined = await (await room.visitor({ personId: studentId(4) })).join();
  expect(joined).toMatchObject({ state: 'in', snapshot: { pressure: 'low-layers' } });

  await busy(1.2, 60_000);
  await takeUp(two);
  const { [speaker.camera]: _, ...rest } = all;
  await vi.waitFor(() => expect(flowing()).toEqual({ ...rest, [voice.trackId]: 'sound' }));
  await one.until(() => cameraLimits(one).at(-1) === 'unseen');
  expect(cameraLimits(teacher)).toEqual([]);
  // Whoever leads goes on as before: a camera that is turned off and on again is no matter.
  await teacher.ask('media:pause', { trackId: lecturer.camera });
  await teacher.ask('media:resume', { trackId: lecturer.camera });
  await vi.waitFor(() => expect(flowing()).toHaveProperty(lecturer.camera, 2));

  await busy(0.2, 3 * (firstCalmMs + sampleMs));
  await vi.waitFor(async () => {
    await takeUp(two);
    expect(flowing()).toEqual({ ...all, [voice.trackId]: 'sound' });
  });
  await one.until(() => cameraLimits(one).at(-1) === null);
  await late.publishOn(transportId, 'camera');
  for (const person of [teacher, one, two, late]) await person.until(() => told(person).at(-1) === 'none');
});

it.each(['examination', 'defence'] as const)(
  'B13 in a lesson of the kind %s the camera of who is examined gives way to nothing',
  async (kind) => {
    await open({ kind });
    const [teacher, student] = [await room.teacher(), await room.student(1)];
    await busy(1.2, 60_000);
    const { camera } = await shows(student);
    await watches(teacher, student);
    await vi.waitFor(() => expect(flowing()).toHaveProperty(camera, 2));
    expect(told(teacher)).toEqual([]);
  },
);

it('B13 a camera that was turned off is a new one; one that changes its device is not', async () => {
  await open();
  const [, student] = [await room.teacher(), await room.student(1)];
  const { transportId, camera } = await shows(student);
  await busy(0.85, stepUpMs);
  const { trackId } = await student.publishOn(transportId, 'camera');
  expect(trackId).not.toBe(camera);
  await student.ask('media:pause', { trackId });
  expect(await student.refused('media:resume', { trackId })).toBe('capacity-cameras');
  await busy(0.2, firstCalmMs);
  expect(await student.refused('media:resume', { trackId })).toBe('ok');
});

it('B12 a room on another worker is told nothing', async () => {
  await open();
  const teacher = await room.teacher();
  const elsewhere = new CapacityService({
    ...{ clock: room.clock, log, engine: room.media, host: idleHost, reliefFrom: 0.8 },
    rooms: { open: () => room.rooms.open(), setPressure: (id, pressure) => room.rooms.setPressure(id, pressure) },
    media: { workersOf: () => [4711] },
  });
  capacity.close();
  capacity = elsewhere;
  await busy(1.2, 60_000);
  expect(capacity.workers.map(({ pressure }) => pressure)).toEqual(['no-student-cameras']);
  expect(room.rooms.pressureOf(lessonId)).toBe('none');
  expect(told(teacher)).toEqual([]);
});
