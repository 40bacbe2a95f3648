// An announcer that keeps what it was told to say, with whom it was said to.
import type { ConnectionId, LessonId, ParticipantId } from '../../server/contract/ids.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { Action } from '../../server/contract/room.ts';
import type { Announcer } from '../../server/ports/announcer.ts';

export type Said =
  | { readonly to: 'room'; readonly lessonId: LessonId; readonly notice: Notice }
  | { readonly to: 'connection'; readonly connectionId: ConnectionId; readonly notice: Notice }
  | { readonly to: 'participant'; readonly lessonId: LessonId; readonly participantId: ParticipantId; readonly notice: Notice }
  | { readonly to: 'those-who-may'; readonly lessonId: LessonId; readonly action: Action; readonly notice: Notice };

export class FakeAnnouncer implements Announcer {
  readonly said: Said[] = [];

  toRoom(lessonId: LessonId, notice: Notice): void {
    this.said.push({ to: 'room', lessonId, notice });
  }

  toConnection(connectionId: ConnectionId, notice: Notice): void {
    this.said.push({ to: 'connection', connectionId, notice });
  }

  toParticipant(lessonId: LessonId, participantId: ParticipantId, notice: Notice): void {
    this.said.push({ to: 'participant', lessonId, participantId, notice });
  }

  toThoseWhoMay(lessonId: LessonId, action: Action, notice: Notice): void {
    this.said.push({ to: 'those-who-may', lessonId, action, notice });
  }
}
