// Recording from a real worker: sound and picture stay together, nothing is captured in a pause, and a killed process leaves a playable recording.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { LessonId, RecordingId, type TrackId } from '../../server/contract/ids.ts';
import type { RecordingPart } from '../../server/contract/recording.ts';
import { openDatabase } from '../../server/database/open.ts';
import { checkDirectory } from '../../server/recording/capture/testing/check-directory.ts';
import type { Clip } from '../../server/recording/capture/testing/clip-tap.ts';
import { addLesson } from '../../server/recording/capture/testing/lesson-rows.ts';
import { manifestIn } from '../../server/recording/capture/testing/manifest-in.ts';
import { plainSurroundings } from '../../server/recording/capture/testing/plain-files.ts';
import { complaints, probe } from '../../server/recording/capture/testing/probe.ts';
import { microphone } from '../../server/recording/capture/testing/recorded-lesson.ts';
import { rtpClip } from '../../server/recording/capture/testing/rtp-source.ts';
import { SyntheticMedia } from '../../server/recording/capture/testing/synthetic-media.ts';
import { RecordingService } from '../../server/recording/recording.service.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { openRecordedRoom, openRecorderProcess } from './recorded-room.ts';
import { beepsIn, differences, flashesIn, median } from './recorded-signals.ts';

const until = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time - Date.now()));

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recording-'));
});
afterEach(() => rm(directory, { recursive: true }));

const onlyPart = (parts: readonly RecordingPart[] | undefined): RecordingPart => {
  const [part] = parts ?? [];
  if (!part || parts?.length !== 1) throw new Error(`one part expected, ${parts?.length} there`);
  return part;
};

describe.each(['h264', 'vp8'] as const)('a recorded camera (%s) and its microphone', (codec) => {
  it('stay within 40 ms of one another, with 5 % loss and a slow camera, before and after it was off', async () => {
    const room = await openRecordedRoom({
      directory,
      prepare: (db) => addLesson(db, 'lesson'),
      codec,
      seconds: 19,
      loss: 0.05,
      cameraDelayMs: 150,
    });
    // The worker knows capture times from a sender's third report on; before, it must take arrival for capture.
    await until(room.startedAt + 2500);
    const id = await room.service.start(room.lessonId, null);
    await until(room.startedAt + 8300);
    room.senders.camera.on = false;
    await room.senders.camera.producer.pause();
    await until(room.startedAt + 10_300);
    room.senders.camera.on = true;
    await room.senders.camera.producer.resume();
    await until(room.startedAt + 18_500);
    const stoppedAt = Date.now();
    await room.service.stop(room.lessonId, null, 'stopped');
    expect(Date.now() - stoppedAt).toBeLessThan(2000);
    const { tracks } = await manifestIn(room.root, room.service)(id);
    await room.close();

    const sound = onlyPart(tracks.find((track) => track.source === 'microphone')?.parts);
    const soundPath = join(room.root, id, sound.file);
    const beeps = await beepsIn(soundPath, sound.startMs);
    expect(beeps.length).toBeGreaterThan(10);
    const pictures = tracks.find((track) => track.source === 'camera')?.parts ?? [];
    expect(pictures).toHaveLength(2);
    const apart: number[] = [];
    for (const part of pictures) {
      const path = join(room.root, id, part.file);
      const flashes = await flashesIn(path);
      expect(flashes.length).toBeGreaterThan(1);
      apart.push(...differences(flashes, beeps));
      expect(await complaints(path)).toBe('');
    }
    expect(apart.length).toBeGreaterThan(6);
    const off = apart.filter((difference) => Math.abs(difference) > 40);
    expect(off, `differences: ${apart.map(Math.round)}`).toEqual([]);
    expect(Math.abs(median(apart))).toBeLessThan(25);
    expect(await complaints(soundPath)).toBe('');
  }, 120_000);
});

describe('a paused recording', () => {
  it('gets no packet from the media engine, writes nothing, and goes on in new parts', async () => {
    const room = await openRecordedRoom({ directory, prepare: (db) => addLesson(db, 'lesson'), seconds: 14, recorderHere: true });
    const id = await room.service.start(room.lessonId, null);
    await until(room.startedAt + 4000);
    await room.service.pause(room.lessonId, null);
    await until(Date.now() + 300);
    const { packets } = room.counts;
    expect(packets).toBeGreaterThan(100);
    await until(room.startedAt + 7000);
    expect(room.counts.packets).toBe(packets);
    await room.service.resume(room.lessonId, null);
    await until(room.startedAt + 11_000);
    await room.service.stop(room.lessonId, null, 'class-ended');
    const manifest = await manifestIn(room.root, room.service)(id);
    await room.close();

    const [pause] = manifest.pauses;
    if (!pause) throw new Error('no pause');
    expect(pause.toMs - pause.fromMs).toBeGreaterThan(2500);
    for (const track of manifest.tracks) {
      expect(track.parts).toHaveLength(2);
      expect(track.parts[0]?.endMs).toBeLessThanOrEqual(pause.fromMs + 25);
      expect(track.parts[1]?.startMs).toBeGreaterThanOrEqual(pause.toMs - 1);
    }
    expect(room.facts.map((fact) => fact.type)).toEqual([
      'recording-started',
      'recording-paused',
      'recording-resumed',
      'recording-stopped',
    ]);
  });
});

describe('a server killed while it records', () => {
  it('V4 loses at most 2 seconds, and the next one goes on with the same recording', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./recording-child.ts', import.meta.url)), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const died = once(child, 'exit').then(() => Promise.reject(new Error('the recording process died by itself')));
    const [said] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), died]);
    const id = RecordingId.parse(String(said).trim().split(' ')[1]);
    await until(Date.now() + 8000);
    const killedAt = Date.now();
    child.kill('SIGKILL');
    await died.catch(() => undefined);

    const database = await openDatabase(join(directory, 'database.sqlite'));
    const root = join(directory, 'recordings');
    const clips = new Map<TrackId, Clip>([[microphone.trackId, { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds: 4 }) }]]);
    const media = new SyntheticMedia(clips);
    const recorders = openRecorderProcess(root, (port) => media.steer(port));
    const service = new RecordingService({
      ...plainSurroundings,
      ...{ store: new RecordingStore(database.db), clock: systemClock, root },
      newId: () => RecordingId.parse('another'),
      openRecorder: recorders.open,
      doorClosesAt: async () => Number.MAX_SAFE_INTEGER,
      tracksNow: () => [microphone],
    });
    expect(await service.repair()).toEqual({ waiting: [id], ended: [] });
    const left = await checkDirectory(join(root, id), null);
    expect(left.tracks.map((track) => track.source).sort()).toEqual(['camera', 'microphone']);
    for (const track of left.tracks) {
      const part = onlyPart(track.parts);
      const path = join(root, id, part.file);
      expect(killedAt - (left.startedAt + part.endMs)).toBeLessThan(2000);
      expect(await complaints(path)).toBe('');
      expect((await probe(path)).packets.length).toBeGreaterThan(100);
    }

    const lessonId = LessonId.parse('lesson');
    expect(await service.start(lessonId, null)).toBe(id);
    const manifestOf = manifestIn(root, service);
    const partsNow = async () => (await manifestOf(id)).tracks.find(({ source }) => source === 'microphone')?.parts.length;
    await expect.poll(partsNow, { timeout: 10_000 }).toBe(2);
    await service.stop(lessonId, null, 'class-ended');
    recorders.close();
    media.close();
    await database.close();
    const manifest = await checkDirectory(join(root, id), null);
    expect(manifest).toMatchObject({ state: 'ended', endReason: 'class-ended', gaps: [{ why: 'server' }] });
  });
});
