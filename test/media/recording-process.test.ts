// The recorder's process dies at any moment, a hundred times: the same recordings go on, and hardly anything is lost.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { LessonId, RecordingId, type TrackId } from '../../server/contract/ids.ts';
import type { RecorderProcess } from '../../server/recording/capture/recorder-process.ts';
import type { RecorderStart } from '../../server/recording/capture/running-recorder.ts';
import { checkDirectory } from '../../server/recording/capture/testing/check-directory.ts';
import type { Clip } from '../../server/recording/capture/testing/clip-tap.ts';
import { camera, microphone } from '../../server/recording/capture/testing/recorded-lesson.ts';
import { rtpClip } from '../../server/recording/capture/testing/rtp-source.ts';
import { SyntheticMedia } from '../../server/recording/capture/testing/synthetic-media.ts';
import type { RecordingEvent } from '../../server/recording/format/format.ts';
import { LiveManifest } from '../../server/recording/format/live-manifest.ts';
import { Random } from '../fuzz/random.ts';
import { openRecorderProcess } from './recorded-room.ts';

const lessonId = LessonId.parse('lesson');

let clips: ReadonlyMap<TrackId, Clip>;
beforeAll(async () => {
  clips = new Map<TrackId, Clip>([
    [camera.trackId, { codec: 'h264', packets: await rtpClip({ codec: 'h264', seconds: 4, keyEverySeconds: 0.4 }) }],
    [microphone.trackId, { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds: 4 }) }],
  ]);
});

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'recording-process-'));
});
afterEach(() => rm(root, { recursive: true }));

/** What was found by the process that came after one that was killed. */
class Watched extends LiveManifest {
  readonly found: (readonly RecordingEvent[])[] = [];

  override mended(events: readonly RecordingEvent[]): void {
    this.found.push(events);
    super.mended(events);
  }
}

const openProcess = (media: SyntheticMedia): RecorderProcess => openRecorderProcess(root, (port) => media.steer(port));

const startOf = (id: string, key: Buffer | null): { start: RecorderStart; live: Watched; failures: unknown[] } => {
  const session = { format: 1 as const, id: RecordingId.parse(id), lessonId, startedAt: Date.now(), startedBy: null };
  const live = new Watched(session);
  const failures: unknown[] = [];
  const start: RecorderStart = {
    ...{ session, key, goesOnAfter: null, paused: false, cameras: true, progress: live },
    onWritten: () => undefined,
    onFailed: (error) => failures.push(error),
    onTrackFault: () => undefined,
  };
  return { start, live, failures };
};

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('V2 a process that is killed at random moments, a hundred times, loses at most 2 s each time, and the same recordings go on', async () => {
  const classes = 10;
  const kills = 10;
  const oneClass = async (number: number): Promise<number> => {
    const random = new Random(number);
    const media = new SyntheticMedia(clips);
    const recorders = openProcess(media);
    const key = number % 2 === 0 ? randomBytes(32) : null;
    const { start, live, failures } = startOf(`class-${number}`, key);
    const recorder = await recorders.open(lessonId, start);
    recorder.add(camera);
    recorder.add(microphone);
    let whileRecording = 0;
    for (let killed = 0; killed < kills; killed++) {
      await wait(random.below(3000));
      await expect.poll(() => recorders.pid, { timeout: 20_000, interval: 10 }).toBeDefined();
      const { pid } = recorders;
      if (pid === undefined) throw new Error('no process');
      const openBefore = live.manifest().tracks.flatMap(({ parts }) => parts.filter(({ open }) => open));
      const found = live.found.length;
      const killedAtMs = Date.now() - start.session.startedAt;
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => live.found.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(found);
      const ends = new Map((live.found[found] ?? []).flatMap((event) => (event.type === 'part-end' ? [[event.file, event.endMs]] : [])));
      if (openBefore.length > 0) whileRecording++;
      for (const part of openBefore) {
        expect(ends.get(part.file), `${part.file} has its end`).toBeGreaterThanOrEqual(part.endMs);
        expect(killedAtMs - (ends.get(part.file) ?? 0), `lost of ${part.file}`).toBeLessThan(2000);
      }
    }
    await expect.poll(() => live.manifest().tracks.some(({ parts }) => parts.some(({ open }) => open)), { timeout: 20_000 }).toBe(true);
    const endedAt = performance.now();
    await recorder.close('stopped');
    expect(performance.now() - endedAt).toBeLessThan(2000);
    recorders.close();
    media.close();
    const manifest = await checkDirectory(join(root, `class-${number}`), key);
    expect(manifest).toMatchObject({ state: 'ended', endReason: 'stopped' });
    expect(manifest.gaps.length).toBeGreaterThan(0);
    expect(manifest.gaps.every(({ why }) => why === 'recorder')).toBe(true);
    expect(failures).toEqual([]);
    return whileRecording;
  };
  const killed = await Promise.all(Array.from({ length: classes }, (_, number) => oneClass(number)));
  // The others were killed before they had anything.
  expect(killed.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30);
}, 120_000);

it('V2 the process yields to the server, and ends with it', async () => {
  const recorders = openProcess(new SyntheticMedia(clips));
  const { pid } = recorders;
  if (pid === undefined) throw new Error('no process');
  await expect.poll(() => getPriority(pid)).toBeGreaterThan(getPriority(process.pid));
  recorders.close();
  const isGone = () => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
});

it('V3 nothing that was sent in a pause is on disk, even when the process dies in it', async () => {
  const media = new SyntheticMedia(clips);
  const recorders = openProcess(media);
  const { start, live } = startOf('paused', null);
  const recorder = await recorders.open(lessonId, start);
  recorder.add(camera);
  recorder.add(microphone);
  await expect.poll(() => live.manifest().durationMs, { timeout: 20_000 }).toBeGreaterThan(1000);
  await recorder.pause();
  const pausedAtMs = Date.now() - start.session.startedAt;
  const sent = media.packets;
  process.kill(recorders.pid ?? 0, 'SIGKILL');
  await expect.poll(() => live.found.length, { timeout: 20_000 }).toBe(1);
  await wait(500);
  expect(media.packets).toBe(sent);
  const resumedAtMs = Date.now() - start.session.startedAt;
  await recorder.resume();
  await expect.poll(() => live.manifest().durationMs, { timeout: 20_000 }).toBeGreaterThan(resumedAtMs + 1000);
  await recorder.close('stopped');
  recorders.close();
  media.close();
  const { tracks, gaps, pauses } = await checkDirectory(join(root, 'paused'), null);
  expect(gaps).toEqual([]);
  expect(pauses).toHaveLength(1);
  for (const { parts } of tracks) {
    expect(parts).toHaveLength(2);
    // The last frame stands until the next would have come.
    expect(parts[0]?.endMs).toBeLessThanOrEqual(pausedAtMs + 70);
    expect(parts[1]?.startMs).toBeGreaterThanOrEqual(resumedAtMs - 1);
  }
});
