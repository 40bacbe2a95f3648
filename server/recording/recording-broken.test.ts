// A recording goes on as the same one after whatever broke: the server, the store, the media, the space.

import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LessonId, TrackId } from '../contract/ids.ts';
import type { RecordingManifest } from '../contract/recording.ts';
import type { Clip } from './capture/testing/clip-tap.ts';
import {
  camera,
  cameraAndMicrophone,
  microphone,
  openRecordedLesson,
  type RecordedLesson,
  SpaceByHand,
  teacher,
} from './capture/testing/recorded-lesson.ts';
import { readIndex } from './format/format.ts';

let clips: ReadonlyMap<TrackId, Clip>;
beforeAll(async () => {
  clips = await cameraAndMicrophone();
}, 30_000);

let lesson: RecordedLesson;
let lessonId: LessonId;
let serviceWith: RecordedLesson['serviceWith'];
beforeEach(async () => {
  lesson = await openRecordedLesson(clips);
  ({ lessonId, serviceWith } = lesson);
});
afterEach(() => lesson.close());

const doorOpen = { doorClosesAt: async () => Number.MAX_SAFE_INTEGER };
const parts = (manifest: RecordingManifest) => manifest.tracks.flatMap((track) => track.parts);

const expectWhole = async (id: string, manifest: RecordingManifest): Promise<void> => {
  for (const part of parts(manifest)) {
    expect((await stat(join(lesson.root, id, part.file))).size).toBe(part.bytes);
    const index = readIndex(await readFile(join(lesson.root, id, part.index), 'utf8'));
    let at = part.initBytes;
    for (const [, , offset, bytes] of index) {
      expect(offset).toBe(at);
      at += bytes;
    }
    expect(at).toBe(part.bytes);
  }
};

/** A server that is killed while it records: what it does afterwards counts no more. */
const crashAfter = async (
  milliseconds: number,
  before: (service: ReturnType<typeof serviceWith>['service']) => Promise<void> = async () => {},
) => {
  const handles: FileHandle[] = [];
  const openFile = async (path: string, flags: string) => {
    const file = await open(path, flags);
    handles.push(file);
    return file;
  };
  const dead = serviceWith({ ...doorOpen, openFile });
  const id = await dead.service.start(lessonId, teacher);
  await dead.pass(milliseconds);
  await before(dead.service);
  await expect.poll(async () => (await dead.service.list(lessonId))[0]?.bytes).toBeGreaterThan(1000);
  for (const handle of handles) await handle.close().catch(() => undefined);
  return { id, at: dead.clock.now(), dead };
};

describe('after the server died', () => {
  it('V4 the recording goes on as the same one when its class is back, with the gap marked', async () => {
    const { id, at } = await crashAfter(5000);
    const next = serviceWith(doorOpen);
    next.clock.moveTo(at + 20_000);
    expect(await next.service.repair()).toEqual({ waiting: [id], ended: [] });
    expect(next.service.current(lessonId)).toBeUndefined();
    expect(next.service.isLeft(lessonId)).toBe(true);
    expect(await next.service.start(lessonId, null)).toBe(id);
    expect(next.facts.map(({ type }) => type)).toEqual(['recording-resumed']);
    await next.pass(4000);
    await next.service.stop(lessonId, null, 'class-ended');
    const manifest = await next.manifest(id);
    expect(manifest).toMatchObject({ state: 'ended', endReason: 'class-ended', pauses: [], gaps: [{ why: 'server' }] });
    const [gap] = manifest.gaps;
    expect(gap?.fromMs).toBeGreaterThan(3000);
    expect(gap?.fromMs).toBeLessThanOrEqual(5000);
    expect(gap?.toMs).toBeGreaterThanOrEqual(25_000);
    expect(gap?.toMs).toBeLessThan(27_500);
    expect(parts(manifest)).toHaveLength(4);
    await expectWhole(id, manifest);
    expect(await next.service.list(lessonId)).toMatchObject([{ id, state: 'ended', startedBy: teacher }]);
  });

  it('V4 what was paused stays paused, and has no gap', async () => {
    const { id, at } = await crashAfter(3000, (service) => service.pause(lessonId, teacher));
    const next = serviceWith(doorOpen);
    next.clock.moveTo(at + 10_000);
    await next.service.repair();
    await next.service.start(lessonId, null);
    expect(next.service.current(lessonId)?.state).toBe('paused');
    expect(next.facts.map(({ type }) => type)).toEqual(['recording-paused']);
    await next.pass(2000);
    expect(parts(await next.manifest(id))).toHaveLength(2);
    await next.service.resume(lessonId, teacher);
    await next.pass(3000);
    await next.service.stop(lessonId, teacher, 'stopped');
    const manifest = await next.manifest(id);
    expect(manifest.gaps).toEqual([]);
    expect(manifest.pauses).toEqual([{ fromMs: 3000, toMs: 15_000 }]);
    expect(parts(manifest)).toHaveLength(4);
  });

  it('V4 it ends as a crash when the lesson is over', async () => {
    const { id } = await crashAfter(5000);
    const next = serviceWith();
    expect(await next.service.repair()).toEqual({ waiting: [], ended: [id] });
    expect(await next.manifest(id)).toMatchObject({ state: 'ended', endReason: 'crash' });
    expect(await next.service.list(lessonId)).toMatchObject([{ state: 'ended', endReason: 'crash' }]);
  });

  it('V4 it ends as a crash when nobody came back before the door closed, however often that was moved', async () => {
    const { id, at } = await crashAfter(5000);
    let closesAt = at + 60_000;
    const next = serviceWith({ doorClosesAt: async () => closesAt });
    next.clock.moveTo(at);
    await next.service.repair();
    closesAt += 30_000;
    await next.pass(70_000);
    expect(next.service.isLeft(lessonId)).toBe(true);
    await next.pass(25_000);
    await expect.poll(async () => (await next.service.list(lessonId))[0]).toMatchObject({ id, state: 'ended', endReason: 'crash' });
    expect(next.service.isLeft(lessonId)).toBe(false);
  });

  it('V4 a server that stops before the class is back leaves it for the next', async () => {
    const { id, at } = await crashAfter(4000);
    const second = serviceWith(doorOpen);
    second.clock.moveTo(at + 1000);
    await second.service.repair();
    await second.service.close();
    const third = serviceWith(doorOpen);
    third.clock.moveTo(at + 2000);
    expect(await third.service.repair()).toEqual({ waiting: [id], ended: [] });
    await third.service.close();
  });
});

describe('when the media worker died', () => {
  it('V3 the time without media is a gap', async () => {
    const { service, pass, manifest } = serviceWith();
    const id = await service.start(lessonId, teacher);
    await pass(4000);
    service.mediaReset(lessonId);
    await pass(3000);
    service.trackPublished(lessonId, camera);
    service.trackPublished(lessonId, microphone);
    await pass(4000);
    await service.stop(lessonId, null, 'class-ended');
    const { gaps } = await manifest(id);
    expect(gaps).toMatchObject([{ fromMs: 4000, why: 'media' }]);
    expect(gaps[0]?.toMs).toBeGreaterThanOrEqual(7000);
    expect(gaps[0]?.toMs).toBeLessThan(9500);
  });
});

/** Files whose writing a test can break. */
const breakable = () => {
  const state = { fault: undefined as NodeJS.ErrnoException | undefined, delayMs: 0 };
  const openFile = async (path: string, flags: string) => {
    const file = await open(path, flags);
    const write = file.write.bind(file);
    file.write = (async (bytes: Buffer, at: number) => {
      if (state.fault && path.endsWith('.mp4')) throw state.fault;
      if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
      return write(bytes, at);
    }) as typeof file.write;
    return file;
  };
  return { state, openFile };
};

const errno = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

describe('when the store fails', () => {
  it('V5 with an input or output error, the recording goes on in new parts with a gap, and what was written stays', async () => {
    const { state, openFile } = breakable();
    const { service, pass, manifest, facts } = serviceWith({ openFile });
    const id = await service.start(lessonId, teacher);
    await pass(5000);
    state.fault = errno('EIO');
    await pass(600);
    state.fault = undefined;
    const gapsAfter = async (milliseconds: number) => {
      await pass(milliseconds);
      return (await manifest(id)).gaps.length;
    };
    await expect.poll(() => gapsAfter(200), { timeout: 5000 }).toBe(1);
    await pass(2000);
    await service.stop(lessonId, null, 'class-ended');
    const done = await manifest(id);
    expect(done).toMatchObject({ endReason: 'class-ended', gaps: [{ why: 'storage' }] });
    expect(done.gaps[0]?.fromMs).toBeGreaterThan(3500);
    expect(parts(done).some(({ startMs }) => startMs > (done.gaps[0]?.fromMs ?? 0))).toBe(true);
    await expectWhole(id, done);
    expect(facts.map(({ type }) => type)).toEqual(['recording-started', 'recording-stopped']);
  });

  it('V5 again and again, the recording ends as failed, and what was written stays', async () => {
    const { state, openFile } = breakable();
    const { service, pass, manifest, facts } = serviceWith({ openFile });
    const id = await service.start(lessonId, teacher);
    await pass(5000);
    state.fault = errno('EIO');
    const toldAfter = async (milliseconds: number) => {
      await pass(milliseconds);
      return facts.at(-1);
    };
    await expect.poll(() => toldAfter(200), { timeout: 10_000 }).toMatchObject({ type: 'recording-stopped', reason: 'failed' });
    const done = await manifest(id);
    expect(done).toMatchObject({ state: 'ended', endReason: 'failed' });
    expect(Math.max(...parts(done).map(({ endMs }) => endMs))).toBeGreaterThan(3500);
    await expectWhole(id, done);
  });

  it('V5 by being full, it ends as storage-full with all that was written before', async () => {
    const { state, openFile } = breakable();
    const { service, pass, manifest, facts } = serviceWith({ openFile });
    const id = await service.start(lessonId, teacher);
    await pass(5000);
    state.fault = errno('ENOSPC');
    await pass(1000);
    await expect.poll(() => facts.at(-1)).toMatchObject({ type: 'recording-stopped', reason: 'storage-full' });
    const done = await manifest(id);
    expect(Math.max(...parts(done).map(({ endMs }) => endMs))).toBeGreaterThan(3500);
    await expectWhole(id, done);
  });

  it('V5 by being slow, nothing is lost', async () => {
    const { state, openFile } = breakable();
    const { service, pass, manifest } = serviceWith({ openFile });
    const id = await service.start(lessonId, teacher);
    state.delayMs = 30;
    await pass(10_000);
    await service.stop(lessonId, null, 'class-ended');
    const done = await manifest(id);
    expect(done).toMatchObject({ endReason: 'class-ended', gaps: [] });
    expect(parts(done)).toHaveLength(2);
    for (const part of parts(done)) expect(part.endMs).toBeGreaterThan(9800);
    await expectWhole(id, done);
  });
});

describe('when space ends', () => {
  it('V6 cameras are left out first, the room is told, and they are captured again when there is space', async () => {
    const space = new SpaceByHand();
    const { service, pass, manifest, facts, taps } = serviceWith({ space });
    const id = await service.start(lessonId, teacher);
    await pass(4000);
    space.set('scarce');
    await expect.poll(() => facts.at(-1)).toMatchObject({ type: 'recording-cameras-changed', captured: false });
    expect(service.current(lessonId)?.withoutCameras).toBe(true);
    expect([...(taps[0]?.resumed ?? [])]).toEqual(['microphone']);
    await pass(4000);
    space.set('ample');
    await expect.poll(() => facts.at(-1)).toMatchObject({ type: 'recording-cameras-changed', captured: true });
    await pass(4000);
    await service.stop(lessonId, null, 'class-ended');
    const { tracks, gaps } = await manifest(id);
    const of = (source: string) => tracks.find((track) => track.source === source)?.parts ?? [];
    expect(of('microphone')).toHaveLength(1);
    expect(of('camera')).toHaveLength(2);
    expect(of('camera')[0]?.endMs).toBeLessThanOrEqual(4020);
    expect(of('camera')[1]?.startMs).toBeGreaterThanOrEqual(8000);
    expect(gaps).toEqual([]);
  });

  it('V6 a recording that begins while space is scarce begins without cameras', async () => {
    const space = new SpaceByHand();
    space.set('scarce');
    const { service, pass, manifest } = serviceWith({ space });
    const id = await service.start(lessonId, teacher);
    expect(service.current(lessonId)?.withoutCameras).toBe(true);
    await pass(3000);
    await service.stop(lessonId, null, 'class-ended');
    expect((await manifest(id)).tracks.map(({ source }) => source)).toEqual(['microphone']);
  });

  it('V6 at the very end the recording stops, and none is begun', async () => {
    const space = new SpaceByHand();
    const { service, pass, manifest, facts } = serviceWith({ space });
    const id = await service.start(lessonId, teacher);
    await pass(4000);
    space.set('full');
    await expect.poll(() => facts.at(-1)).toMatchObject({ type: 'recording-stopped', reason: 'storage-full' });
    expect(await manifest(id)).toMatchObject({ state: 'ended', endReason: 'storage-full' });
    await expect(service.start(lessonId, teacher)).rejects.toMatchObject({ code: 'storage-full' });
  });
});
