// How services name one device of one participant in one room.
import type { ConnectionId, LessonId, ParticipantId, PersonId } from '../contract/ids.ts';

export interface ConnectionRef {
  readonly lessonId: LessonId;
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly connectionId: ConnectionId;
}
