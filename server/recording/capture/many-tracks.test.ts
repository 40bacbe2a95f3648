// Forty tracks of one class at once, for longer than any buffer lasts: all are there, and the memory does not grow.

import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import { LiveManifest } from '../format/live-manifest.ts';
import type { RecordedTrackInfo } from './recorded-track.ts';
import { Recorder } from './recorder.ts';
import { checkDirectory } from './testing/check-directory.ts';
import { EndlessTap } from './testing/endless-tap.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { rtpClip } from './testing/rtp-source.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'many-tracks-'));
});
afterEach(() => rm(root, { recursive: true }));

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
const heldBytes = (): number => {
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

it('V8 forty tracks are recorded whole, and memory is flat', async () => {
  const clips = {
    camera: {
      codec: 'h264',
      packets: await rtpClip({ codec: 'h264', seconds: 2, keyEverySeconds: 1, size: '160x120', framesPerSecond: 15 }),
    },
    microphone: { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds: 2 }) },
  } as const;
  const clock = new ManualClock();
  const session = {
    format: 1 as const,
    id: RecordingId.parse('many'),
    lessonId: LessonId.parse('lesson'),
    startedAt: clock.now(),
    startedBy: null,
  };
  const live = new LiveManifest(session);
  const faults: unknown[] = [];
  const recorder = await Recorder.open({
    ...{ root, session, clock, key: null, openFile: open, progress: live, goesOnAfter: null, paused: false, cameras: true },
    openTap: async () => new EndlessTap(clock, (trackId) => clips[trackId.startsWith('camera') ? 'camera' : 'microphone']),
    onWritten: () => undefined,
    onFailed: (error) => faults.push(error),
    onTrackFault: (_, error) => faults.push(error),
  });
  for (let person = 0; person < 20; person++) {
    for (const source of ['camera', 'microphone'] as const) {
      const info: RecordedTrackInfo = {
        trackId: TrackId.parse(`${source}-${person}`),
        participantId: ParticipantId.parse(`p${person}`),
        name: 'A',
        source,
      };
      recorder.add(info);
    }
  }
  /** As far as the disk has followed. */
  const pass = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds * 10; passed++) {
      clock.move(100);
      await new Promise(setImmediate);
    }
    const wantedMs = clock.now() - session.startedAt - 3000;
    const slowest = () => Math.min(...live.manifest().tracks.map(({ parts }) => parts.at(-1)?.endMs ?? 0));
    await expect.poll(slowest, { timeout: 20_000 }).toBeGreaterThan(wantedMs);
  };
  await pass(20);
  const early = heldBytes();
  await pass(60);
  expect(live.manifest().tracks).toHaveLength(40);
  // What waits for a slow disk is held a little longer, and then no more.
  await expect.poll(() => heldBytes() - early, { timeout: 20_000 }).toBeLessThan(8 * 1024 * 1024);
  await recorder.close('stopped');
  const { tracks } = await checkDirectory(join(root, session.id), null);
  expect(tracks).toHaveLength(40);
  for (const { parts } of tracks) expect(parts).toHaveLength(1);
  expect(faults).toEqual([]);
}, 60_000);
