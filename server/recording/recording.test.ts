// The recording service and its HTTP door, on a real database and disk, with clips instead of a media engine.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LessonId, ParticipantId, PersonId, RecordingId, TrackId } from '../contract/ids.ts';
import { RecordingManifest, Recordings } from '../contract/recording.ts';
import { Refused } from '../contract/reply.ts';
import { type OpenDatabase, openDatabase } from '../database/open.ts';
import type { RecordedTrackInfo } from './capture/recorded-track.ts';
import { type Clip, ClipTap } from './capture/testing/clip-tap.ts';
import { addLesson } from './capture/testing/lesson-rows.ts';
import { ManualClock } from './capture/testing/manual-clock.ts';
import { rtpClip } from './capture/testing/rtp-source.ts';
import { readIndex } from './format/format.ts';
import { recordingRouter } from './playback/recording.http.ts';
import { type RecordingFact, RecordingService, type RecordingServiceOptions } from './recording.service.ts';
import { RecordingStore } from './recording.store.ts';

const teacher = PersonId.parse('teacher');
const camera: RecordedTrackInfo = {
  trackId: TrackId.parse('camera'),
  participantId: ParticipantId.parse('p1'),
  name: 'Айгүл',
  source: 'camera',
};
const microphone: RecordedTrackInfo = { ...camera, trackId: TrackId.parse('microphone'), source: 'microphone' };

let clips: ReadonlyMap<TrackId, Clip>;
beforeAll(async () => {
  clips = new Map([
    [camera.trackId, { codec: 'h264', packets: await rtpClip({ codec: 'h264', seconds: 20, keyEverySeconds: 1 }) }],
    [microphone.trackId, { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds: 20 }) }],
  ]);
}, 30_000);

let directory = '';
let database: OpenDatabase;
let lessonId: LessonId;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'));
  database = await openDatabase(join(directory, 'database.sqlite'));
  lessonId = await addLesson(database.db, 'lesson');
});
afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const serviceWith = (over: Partial<RecordingServiceOptions> = {}) => {
  const clock = new ManualClock();
  const facts: RecordingFact[] = [];
  const taps: ClipTap[] = [];
  const service = new RecordingService({
    store: new RecordingStore(database.db),
    clock,
    root: join(directory, 'recordings'),
    newId: () => RecordingId.parse(randomUUID()),
    openFile: open,
    openTap: async () => {
      const tap = new ClipTap(clock, clips);
      taps.push(tap);
      return tap;
    },
    tracksNow: () => [camera, microphone],
    publish: async (published) => void facts.push(...published),
    metrics: { written: () => undefined },
    log: { warn: () => undefined, error: () => undefined },
    ...over,
  });
  /** Lets promises settle between the steps, as a running server does. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      clock.move(Math.min(100, milliseconds - passed));
      await new Promise(setImmediate);
    }
  };
  const manifest = async (id: RecordingId): Promise<RecordingManifest> => {
    const row = await service.find(id);
    if (!row) throw new Error('no recording');
    return RecordingManifest.parse(await service.manifest(row));
  };
  return { clock, facts, taps, service, pass, manifest };
};

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
    expect(facts.map((fact) => [fact.type, fact.by])).toEqual([
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

  it('captures nothing before the room was told, neither at the beginning nor after a pause', async () => {
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

  it('ends, having captured nothing more, when the room cannot be told', async () => {
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

  it('that a dead process left is ended as a crash at the next start', async () => {
    const { service, pass } = serviceWith();
    const id = await service.start(lessonId, teacher);
    await pass(5000);
    await expect.poll(async () => (await service.list(lessonId))[0]?.bytes).toBeGreaterThan(1000);
    const next = serviceWith();
    expect(await next.service.repair()).toEqual([{ lessonId, recordingId: id }]);
    expect(await next.manifest(id)).toMatchObject({ state: 'ended', endReason: 'crash' });
    await service.close();
  });
});

describe('over HTTP', () => {
  const serve = async (service: RecordingService, allowed = true) => {
    const asked: LessonId[] = [];
    const router = recordingRouter({
      service,
      authorise: async (_request, lesson) => {
        asked.push(lesson);
        if (!allowed) throw new Refused('not-allowed', 'Not of this lesson');
        return teacher;
      },
    });
    const server = createServer(express().use(router)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const get = (path: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${address.port}${path}`, { headers });
    return { get, asked, close: () => new Promise((resolve) => server.close(resolve)) };
  };

  const recorded = async () => {
    const made = serviceWith();
    const id = await made.service.start(lessonId, teacher);
    await made.pass(4000);
    await made.service.stop(lessonId, teacher, 'stopped');
    return { ...made, id };
  };

  it('a manifest leads to every file, whole and by ranges', async () => {
    const { service, id } = await recorded();
    const { get, close, asked } = await serve(service);
    const { recordings } = Recordings.parse(await (await get(`/api/lessons/${lessonId}/recordings`)).json());
    expect(recordings.map((one) => one.id)).toEqual([id]);
    const manifest = RecordingManifest.parse(await (await get(`/api/recordings/${id}`)).json());
    let requests = 2;
    for (const part of manifest.tracks.flatMap((track) => track.parts)) {
      const stored = await readFile(join(directory, 'recordings', id, part.file));
      const whole = await get(`/api/recordings/${id}/files/${part.file}`);
      expect(whole.headers.get('content-type')).toBe(part.mime);
      expect(whole.headers.get('cache-control')).toContain('no-store');
      expect(Buffer.from(await whole.arrayBuffer()).equals(stored)).toBe(true);
      const index = readIndex(await (await get(`/api/recordings/${id}/files/${part.index}`)).text());
      requests += 2;
      for (const [, , offset, bytes] of index) {
        const piece = await get(`/api/recordings/${id}/files/${part.file}`, { range: `bytes=${offset}-${offset + bytes - 1}` });
        requests++;
        expect(piece.status).toBe(206);
        expect(piece.headers.get('content-range')).toBe(`bytes ${offset}-${offset + bytes - 1}/${part.bytes}`);
        expect(Buffer.from(await piece.arrayBuffer()).equals(stored.subarray(offset, offset + bytes))).toBe(true);
      }
      const beyond = await get(`/api/recordings/${id}/files/${part.file}`, { range: `bytes=${part.bytes}-` });
      requests++;
      expect([beyond.status, await beyond.json()]).toMatchObject([416, { code: 'range-not-satisfiable' }]);
    }
    // The right is checked on every single request.
    expect(asked).toHaveLength(requests);
    await close();
  });

  it('a stranger gets nothing', async () => {
    const { service, id } = await recorded();
    const { get, close } = await serve(service, false);
    for (const path of [`/api/lessons/${lessonId}/recordings`, `/api/recordings/${id}`, `/api/recordings/${id}/files/p0001.mp4`]) {
      const answer = await get(path);
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'not-allowed' }]);
    }
    await close();
  });

  it('no path leads out of a recording or to what its manifest does not name', async () => {
    const { service, id } = await recorded();
    const { get, close } = await serve(service);
    for (const file of ['session.json', 'events.jsonl', '..%2F..%2Fdatabase.sqlite', 'p9999.mp4', 'p0001.webm', 'p0001.mp4%00']) {
      expect((await get(`/api/recordings/${id}/files/${file}`)).status).toBe(404);
    }
    expect((await get('/api/recordings/nothing')).status).toBe(404);
    expect((await get('/api/recordings/..%2F..')).status).toBe(404);
    await close();
  });
});
