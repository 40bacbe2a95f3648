// How services tell clients something unasked. Batched and sent in order by the edge; kept in lists by tests.
import type { ConnectionId, LessonId, ParticipantId } from '../contract/ids.ts';
import type { Notice } from '../contract/notices.ts';
import type { Action } from '../contract/room.ts';

export interface Announcer {
  toRoom(lessonId: LessonId, notice: Notice): void;
  toConnection(connectionId: ConnectionId, notice: Notice): void;
  /** All devices of the participant. */
  toParticipant(lessonId: LessonId, participantId: ParticipantId, notice: Notice): void;
  /** All participants who may do `action`. */
  toThoseWhoMay(lessonId: LessonId, action: Action, notice: Notice): void;
}
