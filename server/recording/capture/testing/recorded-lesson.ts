// For tests: a service of recordings on a real database and disk, with one lesson, and clips instead of a media engine.

import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LessonId, ParticipantId, PersonId, RecordingId, TrackId } from '../../../contract/ids.ts';
import type { SpaceLevel } from '../../../contract/recording-keeping.ts';
import { openDatabase } from '../../../database/open.ts';
import type { RecordingTap } from '../../../ports/tap.ts';
import type { SpaceWatch } from '../../keeping/space.ts';
import { type RecordingFact, RecordingService, type RecordingServiceOptions } from '../../recording.service.ts';
import { RecordingStore } from '../../recording.store.ts';
import type { OpenFile } from '../append-file.ts';
import type { RecordedTrackInfo } from '../recorded-track.ts';
import { recordersHere } from '../recorder.ts';
import { type Clip, ClipTap } from './clip-tap.ts';
import { addLesson } from './lesson-rows.ts';
import { manifestIn } from './manifest-in.ts';
import { ManualClock } from './manual-clock.ts';
import { plainSurroundings } from './plain-files.ts';
import { rtpClip } from './rtp-source.ts';

export const teacher = PersonId.parse('teacher');
export const camera: RecordedTrackInfo = {
  trackId: TrackId.parse('camera'),
  participantId: ParticipantId.parse('p1'),
  name: 'Айгүл',
  source: 'camera',
};
export const microphone: RecordedTrackInfo = { ...camera, trackId: TrackId.parse('microphone'), source: 'microphone' };

/** Twenty seconds of both. */
export const cameraAndMicrophone = async (): Promise<ReadonlyMap<TrackId, Clip>> =>
  new Map([
    [camera.trackId, { codec: 'h264', packets: await rtpClip({ codec: 'h264', seconds: 20, keyEverySeconds: 1 }) }],
    [microphone.trackId, { codec: 'opus', packets: await rtpClip({ codec: 'opus', seconds: 20 }) }],
  ]);

/** Space that a test sets. */
export class SpaceByHand implements SpaceWatch {
  #level: SpaceLevel = 'ample';
  #listener: Parameters<SpaceWatch['onChange']>[0] | undefined;

  level(): SpaceLevel {
    return this.#level;
  }

  onChange(listener: Parameters<SpaceWatch['onChange']>[0]): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  set(level: SpaceLevel): void {
    const before = this.#level;
    this.#level = level;
    this.#listener?.(level, before);
  }
}

export type Over = Partial<RecordingServiceOptions> & {
  readonly openFile?: OpenFile;
  readonly openTap?: () => Promise<RecordingTap>;
  readonly clock?: ManualClock;
};

export const openRecordedLesson = async (clips: ReadonlyMap<TrackId, Clip>) => {
  const directory = await mkdtemp(join(tmpdir(), 'recording-'));
  const root = join(directory, 'recordings');
  const database = await openDatabase(join(directory, 'database.sqlite'));
  const lessonId: LessonId = await addLesson(database.db, 'lesson');

  const serviceWith = ({ openFile = open, openTap, clock = new ManualClock(), ...over }: Over = {}) => {
    const facts: RecordingFact[] = [];
    const taps: ClipTap[] = [];
    const service = new RecordingService({
      ...plainSurroundings,
      ...{ store: new RecordingStore(database.db), clock, root },
      newId: () => RecordingId.parse(randomUUID()),
      openRecorder: recordersHere({
        ...{ root, clock, openFile },
        openTap:
          openTap ??
          (async () => {
            const tap = new ClipTap(clock, clips);
            taps.push(tap);
            return tap;
          }),
      }),
      tracksNow: () => [camera, microphone],
      publish: async (published) => void facts.push(...published),
      ...over,
    });
    /** Lets promises settle between the steps, as a running server does. */
    const pass = async (milliseconds: number): Promise<void> => {
      for (let passed = 0; passed < milliseconds; passed += 100) {
        clock.move(Math.min(100, milliseconds - passed));
        await new Promise(setImmediate);
      }
    };
    return { clock, facts, taps, service, pass, manifest: manifestIn(root, service) };
  };
  const close = async (): Promise<void> => {
    await database.close();
    await rm(directory, { recursive: true });
  };
  return { lessonId, root, directory, serviceWith, close };
};

export type RecordedLesson = Awaited<ReturnType<typeof openRecordedLesson>>;
