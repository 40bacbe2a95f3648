// What the recorder does when something happens in a room, and how the room shows it.
import type { z } from 'zod';
import type { LessonId, RecordingId } from './contract/ids.ts';
import type { RoomCloseReason } from './contract/reasons.ts';
import type { NewMark, RecordingMark } from './contract/recording-page.ts';
import { Refused } from './contract/reply.ts';
import type { RecordingView } from './contract/room.ts';
import type { Fact, FactListener } from './facts.ts';
import type { Log } from './log.ts';
import type { RecordingService } from './recording/recording.service.ts';
import type { RoomService } from './room/room.service.ts';
import type { Recording } from './room/room.socket.ts';

/** The recorder as the rooms see it. */
export function recordingFor(
  recordings: RecordingService,
  mark: (id: RecordingId, mark: z.output<typeof NewMark>, by: Parameters<Recording['mark']>[2]) => Promise<RecordingMark>,
): Recording & { view(lessonId: LessonId): RecordingView } {
  return {
    start: (lessonId, by) => recordings.start(lessonId, by),
    pause: (lessonId, by) => recordings.pause(lessonId, by),
    resume: (lessonId, by) => recordings.resume(lessonId, by),
    stop: (lessonId, by, reason) => recordings.stop(lessonId, by, reason),
    async mark(lessonId, { kind, text }, by) {
      const current = recordings.current(lessonId);
      if (current?.state !== 'recording') throw new Refused('conflict', 'Nothing is being recorded');
      return mark(current.id, { kind, text, atMs: current.classNowMs }, by);
    },
    view(lessonId) {
      const current = recordings.current(lessonId);
      if (!current) return { state: 'off', recordingId: null, startedAt: null, withoutCameras: false };
      return { state: current.state, recordingId: current.id, startedAt: current.startedAt, withoutCameras: current.withoutCameras };
    },
  };
}

const endReason = {
  'ended-by-teacher': 'class-ended',
  'ended-from-outside': 'class-ended',
  'door-closed': 'door-closed',
  empty: 'class-ended',
  'server-stopped': 'server-stopped',
} as const satisfies Record<RoomCloseReason, string>;

export function recordingListener({
  recordings,
  rooms,
  log,
}: {
  recordings: RecordingService;
  rooms: RoomService;
  log: Log;
}): FactListener {
  const unattended = (lessonId: LessonId, done: Promise<unknown>) => {
    done.catch((error: unknown) => log.error({ error, lessonId }, 'The recording did not follow the room'));
  };
  return (fact: Fact) => {
    const { lessonId } = fact;
    switch (fact.type) {
      case 'track-published': {
        const track = rooms.tracks(lessonId).find(({ trackId }) => trackId === fact.trackId);
        if (track) recordings.trackPublished(lessonId, track);
        return;
      }
      case 'track-closed':
        return recordings.trackClosed(lessonId, fact.trackId);
      case 'media-failed':
        return recordings.mediaReset(lessonId);
      case 'supervision-changed':
        // A lesson that is always recorded is so from when someone is there to teach it; one that a dead server left goes on (V4).
        if (!fact.supervised || recordings.current(lessonId)) return;
        if (recordings.isLeft(lessonId) || rooms.view(lessonId)?.recordingRule === 'always')
          unattended(lessonId, recordings.start(lessonId, null));
        return;
      case 'room-closed':
        return unattended(lessonId, recordings.lessonEnded(lessonId, endReason[fact.reason]));
      default:
        return;
    }
  };
}
