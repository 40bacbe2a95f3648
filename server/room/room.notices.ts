// Turns facts of a room into what its clients are told. State is told as it is at that moment, so that a notice too many does no harm.
import type { LessonId, ParticipantId } from '../contract/ids.ts';
import type { NoticeOf } from '../contract/notices.ts';
import type { RoomCloseReason } from '../contract/reasons.ts';
import type { Fact, FactOf } from '../facts.ts';
import { actionsOf, roleMay } from '../participant/rights.ts';
import type { Announcer } from '../ports/announcer.ts';
import { leaveReasonOf } from './leading.ts';
import { PeopleNotices } from './people.notices.ts';
import type { RoomService } from './room.service.ts';

type Rooms = Pick<RoomService, 'isOpen' | 'participant' | 'participants' | 'view' | 'waiting' | 'checks' | 'audience'>;

export class RoomNotices {
  readonly #rooms: Rooms;
  readonly #announcer: Announcer;
  readonly #people: PeopleNotices;

  constructor(rooms: Rooms, announcer: Announcer) {
    this.#rooms = rooms;
    this.#announcer = announcer;
    this.#people = new PeopleNotices(rooms, announcer);
  }

  onFact(fact: Fact): void {
    const { lessonId } = fact;
    switch (fact.type) {
      case 'participant-joined':
      case 'connection-opened':
      case 'connection-dropped':
      case 'connection-resumed':
      case 'hand-raised':
      case 'hand-lowered':
      case 'permitted':
      case 'track-published':
      case 'track-resumed':
      case 'track-closed':
        return this.#participantChanged(lessonId, fact.participantId, fact.type === 'participant-joined');
      case 'track-paused':
        return this.#trackPaused(fact);
      case 'connection-closed':
        // The end of the room is told once, to all.
        if (!this.#rooms.isOpen(lessonId)) return;
        this.#announcer.toConnection(fact.connectionId, { type: 'ended', reason: fact.reason });
        return this.#participantChanged(lessonId, fact.participantId, false);
      case 'participant-left':
        if (!this.#rooms.isOpen(lessonId)) return;
        return this.#people.left(fact);
      case 'role-changed':
        this.#announcer.toParticipant(lessonId, fact.participantId, {
          type: 'role-changed',
          role: fact.role,
          actions: actionsOf(fact.role),
        });
        this.#waitingChanged(lessonId);
        if (roleMay(fact.role, 'check-presence'))
          this.#announcer.toParticipant(lessonId, fact.participantId, { type: 'check-result', ...this.#rooms.checks(lessonId) });
        this.#people.roleChanged(fact);
        return this.#participantChanged(lessonId, fact.participantId, false);
      case 'floor-given':
        return this.#announcer.toParticipant(lessonId, fact.participantId, { type: 'floor-given', by: fact.by, at: fact.at });
      case 'reaction-shown':
        return this.#announcer.toRoom(lessonId, {
          type: 'reaction-shown',
          participantId: fact.participantId,
          reaction: fact.reaction,
          at: fact.at,
        });
      case 'message-posted':
        return this.#announcer.toRoom(lessonId, { type: 'chat-posted', message: fact.message });
      case 'pressure-changed':
        return this.#announcer.toRoom(lessonId, { type: 'pressure-changed', pressure: fact.pressure });
      case 'waiting-started':
        return this.#waitingChanged(lessonId);
      case 'waiting-ended':
        return this.#waitingEnded(fact);
      case 'supervision-changed':
      case 'students-permitted':
        this.#roomChanged(lessonId);
        for (const participant of this.#rooms.participants(lessonId)) this.#people.tell(lessonId, participant, 'participant-changed');
        return;
      case 'room-locked':
      case 'rewind-allowed':
      case 'lead-changed':
      case 'room-extended':
      case 'recording-started':
      case 'recording-paused':
      case 'recording-resumed':
      case 'recording-cameras-changed':
      case 'recording-stopped':
        return this.#roomChanged(lessonId);
      case 'room-closed':
        this.#people.closed(lessonId);
        return this.#announcer.toRoom(lessonId, endOf(fact.reason, fact.note));
      case 'room-opened':
      case 'consented':
      // Kept in the trace; nobody in the room is told where another looks.
      case 'page-hidden':
      case 'page-shown':
      // Told by CheckNotices.
      case 'presence-check-begun':
      case 'presence-check-answered':
      case 'presence-check-ended':
      // Told by the media service itself.
      case 'media-failed':
      case 'media-restored':
      case 'speakers-changed':
      case 'quality-changed':
      // For those who watch from outside.
      case 'signal-changed':
        return;
      default:
        fact satisfies never;
    }
  }

  #participantChanged(lessonId: LessonId, participantId: ParticipantId, isNew: boolean): void {
    const participant = this.#rooms.participant(lessonId, participantId);
    if (participant !== null) this.#people.tell(lessonId, participant, isNew ? 'participant-joined' : 'participant-changed');
  }

  #trackPaused(fact: FactOf<'track-paused'>): void {
    if (fact.by === 'muted' && fact.byPerson !== null)
      this.#announcer.toParticipant(fact.lessonId, fact.participantId, { type: 'muted', by: fact.byPerson });
    this.#participantChanged(fact.lessonId, fact.participantId, false);
  }

  #roomChanged(lessonId: LessonId): void {
    const room = this.#rooms.view(lessonId);
    if (room !== null) this.#announcer.toRoom(lessonId, { type: 'room-changed', room });
  }

  #waitingChanged(lessonId: LessonId): void {
    this.#announcer.toThoseWhoMay(lessonId, 'see-waiting', { type: 'waiting-changed', waiting: this.#rooms.waiting(lessonId) });
  }

  #waitingEnded(fact: FactOf<'waiting-ended'>): void {
    const { lessonId, participantId, how, reason = 'door-closed', note } = fact;
    if (how === 'admitted') this.#announcer.toParticipant(lessonId, participantId, { type: 'admitted' });
    if (how === 'turned-away' || how === 'account-disabled' || how === 'signed-out')
      this.#announcer.toParticipant(lessonId, participantId, { type: 'ended', reason: how });
    if (how === 'room-closed') this.#announcer.toParticipant(lessonId, participantId, endOf(reason, note));
    this.#waitingChanged(lessonId);
  }
}

/** Of the whole room, as everybody in it is told. */
function endOf(reason: RoomCloseReason, note: string | undefined): NoticeOf<'ended'> {
  return { type: 'ended', reason: leaveReasonOf[reason], ...(note !== undefined && { note }) };
}
