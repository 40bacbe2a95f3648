// The recording service, on a real database and disk, with clips instead of a media engine.

import { open } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LessonId, TrackId } from '../contract/ids.ts';
import { type Clip, ClipTap } from './capture/testing/clip-tap.ts';
import {
  camera,
  cameraAndMicrophone,
  microphone,
  openRecordedLesson,
  type RecordedLesson,
  teacher,
} from './capture/testing/recorded-lesson.ts';

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

describe('a recording', () => {
  it('has every track of the room, can be read while it runs, and is ready when it stops', async () => {
    const { service, pass, manifest, facts } = serviceWith();
    const id = await service.start(lessonId, teacher);
    expect(service.current(lessonId)).toMatchObject({ id, state: 'recording' });
    await pass(5000);
    await expect.poll(async () => (await manifest(id)).tracks.length).toBe(2);
    expect((await manifest(id)).tracks[0]?.parts[0]?.open).toBe(true);
    await pass(5000);
    await service.stop(lessonId, teacher, 'stopped');
    const done = await manifest(id);
    expect(done).toMatchObject({ state: 'ended', endReason: 'stopped', pauses: [] });
    for (const track of done.tracks) {
      expect(track.parts).toHaveLength(1);
      expect(track.parts[0]?.open).toBe(false);
      expect(track.parts[0]?.endMs).toBeGreaterThan(9900);
      expect(track.parts[0]?.startMs).toBeLessThan(1100);
    }
    expect(facts.map((fact) => [fact.type, 'by' in fact && fact.by])).toEqual([
      ['recording-started', teacher],
      ['recording-stopped', teacher],
    ]);
    const [row] = await service.list(lessonId);
    expect(row).toMatchObject({ id, state: 'ended', endReason: 'stopped', startedBy: teacher });
    expect(row?.bytes).toBeGreaterThan(10_000);
  });

  it('captures nothing while it is paused, and says from when to when it was', async () => {
    const { service, pass, manifest, taps } = serviceWith();
    const id = await service.start(lessonId, teacher);
    await pass(4000);
    await service.pause(lessonId, teacher);
    expect(taps[0]?.resumed.size).toBe(0);
    await pass(3000);
    await service.resume(lessonId, teacher);
    await pass(4000);
    await service.stop(lessonId, null, 'class-ended');
    const { pauses, tracks } = await manifest(id);
    expect(pauses).toEqual([{ fromMs: 4000, toMs: 7000 }]);
    for (const { parts } of tracks) {
      expect(parts).toHaveLength(2);
      expect(parts[0]?.endMs).toBeLessThanOrEqual(4020);
      expect(parts[1]?.startMs).toBeGreaterThanOrEqual(7000);
    }
  });

  it('records a track that is published while it is paused only from the resumption on', async () => {
    const { service, pass, manifest, taps } = serviceWith({ tracksNow: () => [camera] });
    const id = await service.start(lessonId, teacher);
    await pass(1000);
    await service.pause(lessonId, teacher);
    service.trackPublished(lessonId, microphone);
    await pass(1000);
    expect(taps[0]?.resumed.size).toBe(0);
    await service.resume(lessonId, teacher);
    await pass(3000);
    await service.stop(lessonId, null, 'class-ended');
    const sound = (await manifest(id)).tracks.find((track) => track.source === 'microphone');
    expect(sound?.parts[0]?.startMs).toBeGreaterThanOrEqual(2000);
  });

  it('goes on in new parts after the media worker died', async () => {
    const { service, pass, manifest, taps } = serviceWith();
    const id = await service.start(lessonId, teacher);
    await pass(4000);
    service.mediaReset(lessonId);
    await pass(1000);
    service.trackPublished(lessonId, camera);
    service.trackPublished(lessonId, microphone);
    await pass(4000);
    await service.stop(lessonId, null, 'class-ended');
    expect(taps).toHaveLength(2);
    for (const { parts } of (await manifest(id)).tracks) {
      expect(parts).toHaveLength(2);
      expect(parts[1]?.startMs).toBeGreaterThanOrEqual(5000);
    }
  });

  it('tries again while the tap cannot be opened', async () => {
    let refusals = 2;
    const { service, pass, manifest, clock } = serviceWith({
      openTap: async () => {
        if (refusals-- > 0) throw new Error('not now');
        return new ClipTap(clock, clips);
      },
      tracksNow: () => [microphone],
    });
    const id = await service.start(lessonId, teacher);
    await pass(6000);
    await service.stop(lessonId, null, 'class-ended');
    expect((await manifest(id)).tracks).toHaveLength(1);
  });

  it('V1 captures nothing before the room was told, neither at the beginning nor after a pause', async () => {
    const waiting: (() => void)[] = [];
    const { service, pass, taps, manifest } = serviceWith({
      publish: () => new Promise((resolve) => waiting.push(resolve)),
      tracksNow: () => [camera],
    });
    const resumed = () => [...taps.flatMap((tap) => [...tap.resumed])].toSorted();
    const told = async () => {
      await expect.poll(() => waiting.length).toBe(1);
      await pass(1000);
      expect(resumed()).toEqual([]);
      waiting.shift()?.();
    };
    const started = service.start(lessonId, teacher);
    await expect.poll(() => waiting.length).toBe(1);
    service.trackPublished(lessonId, microphone);
    await told();
    const id = await started;
    service.trackPublished(lessonId, microphone);
    await expect.poll(resumed).toEqual(['camera', 'microphone']);

    const paused = service.pause(lessonId, teacher);
    await told();
    await paused;
    const resuming = service.resume(lessonId, teacher);
    await told();
    await resuming;
    expect(resumed()).toEqual(['camera', 'microphone']);
    await pass(2000);
    const stopped = service.stop(lessonId, teacher, 'stopped');
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    await stopped;
    for (const { parts } of (await manifest(id)).tracks) expect(parts[0]?.startMs).toBeGreaterThanOrEqual(1000);
  });

  it('V1 ends, having captured nothing more, when the room cannot be told', async () => {
    let canTell = false;
    const told: string[] = [];
    const { service, pass, taps } = serviceWith({
      publish: async (facts) => {
        if (!canTell) throw new Error('The database is gone.');
        told.push(...facts.map(({ type }) => type));
      },
    });
    await expect(service.start(lessonId, teacher)).rejects.toThrow('The database is gone.');
    expect([service.current(lessonId), taps.length]).toEqual([undefined, 0]);
    canTell = true;
    await service.start(lessonId, teacher);
    await pass(1000);
    await service.pause(lessonId, teacher);
    canTell = false;
    await expect(service.resume(lessonId, teacher)).rejects.toThrow('The database is gone.');
    expect([service.current(lessonId), taps.map(({ resumed }) => resumed.size)]).toEqual([undefined, [0]]);
    expect((await service.list(lessonId)).map(({ state, endReason }) => [state, endReason])).toEqual([
      ['ended', 'failed'],
      ['ended', 'failed'],
    ]);
    expect(told).toEqual(['recording-started', 'recording-paused']);
  });

  it('that is ending when the server stops is waited for', async () => {
    const { service, facts } = serviceWith({
      openFile: async (path, flags) => {
        const file = await open(path, flags);
        const sync = file.datasync.bind(file);
        // A slow disk.
        file.datasync = () => new Promise((resolve, reject) => void setTimeout(() => sync().then(resolve, reject), 50));
        return file;
      },
    });
    await service.start(lessonId, teacher);
    const ending = service.lessonEnded(lessonId, 'server-stopped');
    await new Promise(setImmediate);
    await service.close();
    expect(await service.list(lessonId)).toMatchObject([{ state: 'ended', endReason: 'server-stopped' }]);
    expect(facts.map(({ type }) => type)).toEqual(['recording-started', 'recording-stopped']);
    await ending;
  });

  it('is one at a time in a lesson, however quickly it is asked for', async () => {
    const { service, facts } = serviceWith();
    const started = await Promise.allSettled([service.start(lessonId, teacher), service.start(lessonId, teacher)]);
    expect(started.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
    await expect(service.start(lessonId, teacher)).rejects.toMatchObject({ code: 'conflict' });
    await service.close();
    await service.stop(lessonId, teacher, 'stopped');
    expect(facts.map((fact) => fact.type)).toEqual(['recording-started', 'recording-stopped']);
    await expect(service.pause(lessonId, teacher)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('ends as storage-full when the disk is, tells the room, and keeps what was written', async () => {
    // The second file that is opened for pictures or sound lies on a device that is always full.
    let media = 0;
    const { service, pass, manifest, facts } = serviceWith({
      openFile: (path, flags) => (String(path).endsWith('.mp4') && ++media === 2 ? open('/dev/full', 'w') : open(path, flags)),
    });
    const id = await service.start(lessonId, teacher);
    await pass(5000);
    await expect.poll(() => facts.at(-1)).toMatchObject({ type: 'recording-stopped', reason: 'storage-full' });
    expect(service.current(lessonId)).toBeUndefined();
    expect(await manifest(id)).toMatchObject({ state: 'ended', endReason: 'storage-full' });
    expect(await service.list(lessonId)).toMatchObject([{ state: 'ended', endReason: 'storage-full' }]);
  });
});
