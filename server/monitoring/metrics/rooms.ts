// Rooms and the people in them; and why rooms, people, tracks and recordings ended.
import type { Fact } from '../../facts.ts';
import { type Instruments, setAll } from './instruments.ts';

export interface RoomReading {
  readonly rooms: number;
  readonly participants: { readonly here: number; readonly dropped: number; readonly waiting: number };
}

export interface RoomMetrics {
  heard(fact: Fact): void;
  set(reading: RoomReading): void;
}

export function roomMetrics(instruments: Instruments): RoomMetrics {
  const rooms = instruments.gauge('rooms', 'Open rooms');
  const participants = instruments.gauge('participants', 'People in rooms and lobbies', ['state']);
  const endings = instruments.counter('endings_total', 'What ended, and why: participants, rooms, tracks and recordings', [
    'what',
    'reason',
  ]);
  // An alert sees the first one only where there was a nought before.
  for (const reason of ['failed', 'storage-full'] as const) endings.inc({ what: 'recording', reason }, 0);
  const drops = instruments.counter('drops_total', 'Lines of devices that were lost in the middle of a class', ['cause']);
  const returns = instruments.counter('returns_total', 'Lines that came back within the grace period');
  const failures = instruments.counter('room_media_failures_total', 'Rooms that lost their media because a worker died');
  return {
    heard(fact) {
      switch (fact.type) {
        case 'participant-left':
          return endings.inc({ what: 'participant', reason: fact.reason });
        case 'room-closed':
          return endings.inc({ what: 'room', reason: fact.reason });
        case 'track-closed':
          return endings.inc({ what: 'track', reason: fact.reason });
        case 'recording-stopped':
          return endings.inc({ what: 'recording', reason: fact.reason });
        case 'connection-dropped':
          return drops.inc({ cause: fact.line.cause });
        case 'connection-resumed':
          return returns.inc();
        case 'media-failed':
          return failures.inc();
        default:
      }
    },
    set({ rooms: open, participants: people }) {
      rooms.set(open);
      setAll(
        participants,
        Object.entries(people).map(([state, count]) => [{ state }, count] as const),
      );
    },
  };
}
