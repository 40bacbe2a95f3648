// Tells a room who comes, changes and goes: of those who observe only whom the university lets know. Rule W22.
import type { LessonId, ParticipantId } from '../contract/ids.ts';
import type { ParticipantView } from '../contract/room.ts';
import type { FactOf } from '../facts.ts';
import type { Announcer } from '../ports/announcer.ts';
import { knowsObservers } from './observed.ts';
import type { RoomService } from './room.service.ts';

export class PeopleNotices {
  readonly #rooms: Pick<RoomService, 'participant' | 'audience'>;
  readonly #announcer: Announcer;
  /** Of whom not everybody was told. */
  readonly #hidden = new Map<LessonId, Set<ParticipantId>>();

  constructor(rooms: Pick<RoomService, 'participant' | 'audience'>, announcer: Announcer) {
    this.#rooms = rooms;
    this.#announcer = announcer;
  }

  tell(lessonId: LessonId, participant: ParticipantView, type: 'participant-joined' | 'participant-changed'): void {
    const audience = participant.role === 'observer' ? this.#rooms.audience(lessonId) : null;
    if (audience === null) return this.#announcer.toRoom(lessonId, { type, participant });
    const hidden = this.#hidden.get(lessonId) ?? new Set();
    this.#hidden.set(lessonId, hidden.add(participant.id));
    for (const connectionId of audience.knowing) this.#announcer.toConnection(connectionId, { type, participant });
  }

  left({ lessonId, participantId, reason }: FactOf<'participant-left'>): void {
    const notice = { type: 'participant-left', participantId, reason } as const;
    const wasHidden = this.#hidden.get(lessonId)?.delete(participantId) === true;
    const audience = wasHidden ? this.#rooms.audience(lessonId) : null;
    if (audience === null) return this.#announcer.toRoom(lessonId, notice);
    for (const connectionId of audience.knowing) this.#announcer.toConnection(connectionId, notice);
  }

  /** Who only observes from now on (C12) is known to fewer; who leads from now on may know of more. */
  roleChanged({ lessonId, participantId, role }: FactOf<'role-changed'>): void {
    const audience = this.#rooms.audience(lessonId);
    if (audience === null) return;
    if (role === 'observer')
      for (const connectionId of audience.unknowing)
        this.#announcer.toConnection(connectionId, { type: 'participant-left', participantId, reason: 'left' });
    if (!knowsObservers(audience.told, role)) return;
    for (const hidden of this.#hidden.get(lessonId) ?? []) {
      const participant = this.#rooms.participant(lessonId, hidden);
      if (participant !== null) this.#announcer.toParticipant(lessonId, participantId, { type: 'participant-joined', participant });
    }
  }

  closed(lessonId: LessonId): void {
    this.#hidden.delete(lessonId);
  }
}
