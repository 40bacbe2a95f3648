// What the server keeps of a recording whose recorder lives in another process, when that cannot close it.
import { expect, it } from 'vitest';
import { LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import { formatVersion, type Session } from '../format/format.ts';
import { LiveManifest } from '../format/live-manifest.ts';
import { Line } from './line.ts';
import type { FromRecorder, ToRecorder } from './protocol.ts';
import { RemoteRecorder } from './remote-recorder.ts';

const id = RecordingId.parse('recording');
const lessonId = LessonId.parse('lesson');
const session: Session = { format: formatVersion, id, lessonId, startedAt: 1_788_000_000_000, startedBy: PersonId.parse('teacher') };

it('a recording is let go of with all that it steered, also when its process could not close it', async () => {
  let isGone = false;
  let openTaps = 0;
  const steer = async () => {
    openTaps += 1;
    const close = async () => {
      openTaps -= 1;
    };
    return { attach: () => Promise.reject(new Error('there is no track')), close };
  };
  const progress = new LiveManifest(session);
  const recorder = new RemoteRecorder(
    lessonId,
    {
      ...{ session, key: null, goesOnAfter: null, paused: false, cameras: true, progress },
      ...{ onWritten: () => undefined, onFailed: () => undefined, onTrackFault: () => undefined },
    },
    steer,
    () => {
      isGone = true;
    },
  );
  const process: Line<FromRecorder> = new Line({
    send: (message) => line.heard(message),
    asked: async (body) => {
      if (typeof body === 'object' && body !== null && 'ask' in body && body.ask === 'close') throw new Error('the disk hangs');
      return null;
    },
  });
  const line: Line<ToRecorder> = new Line({
    send: (message) => process.heard(message),
    asked: () => recorder.asked({ ask: 'tap-open', id, tap: 1, port: 1 }),
  });
  await recorder.begin(line, null);
  await process.ask({ ask: 'tap-open', id, tap: 1, port: 1 });
  expect(openTaps).toBe(1);
  await expect(recorder.close(null)).rejects.toThrow('the disk hangs');
  expect({ isGone, openTaps, goesOn: recorder.goesOn }).toEqual({ isGone: true, openTaps: 0, goesOn: false });
});
