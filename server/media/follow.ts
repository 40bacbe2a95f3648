// What facts of a room mean for its media.
import type { Fact } from '../facts.ts';
import type { RoomMedia } from './room-media.ts';

export function follow(room: RoomMedia, fact: Fact): void {
  switch (fact.type) {
    case 'track-published':
    case 'track-resumed':
      void room.tracks.get(fact.trackId)?.setLive(fact.pausedBy.length === 0);
      return room.changed();
    case 'track-paused':
      void room.tracks.get(fact.trackId)?.setLive(false);
      return room.changed();
    case 'track-closed':
      return room.closeTrack(fact.trackId);
    case 'role-changed':
    case 'pressure-changed':
      return room.changed();
    case 'connection-closed':
      return room.closeConnection(fact.connectionId);
    case 'participant-left':
      return room.closeParticipant(fact.participantId);
    case 'room-closed':
      return room.close();
    default:
      return;
  }
}
