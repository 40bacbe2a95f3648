// Supervision: while no teacher or assistant has a live line, students send nothing but chat. Rule R7.
import type { Instant } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';
import { isLeading, isSubject } from '../participant/rights.ts';
import { isLive, type Room } from './room.ts';
import { hold, release } from './tracks.ts';

/** To be called after anything that could change who is here or with what role; says nothing when nothing changed. */
export function supervise(room: Room, at: Instant): Fact[] {
  const supervised = [...room.seats.values()].some((seat) => isLeading(seat.role) && isLive(seat));
  if (supervised === room.supervised) return [];
  room.supervised = supervised;
  const facts: Fact[] = [{ type: 'supervision-changed', lessonId: room.lessonId, at, supervised }];
  for (const seat of room.seats.values()) {
    if (!isSubject(seat.role)) continue;
    for (const track of seat.tracks.values())
      facts.push(...(supervised ? release(room, seat, track, ['unsupervised'], at) : hold(room, seat, track, 'unsupervised', at, null)));
  }
  return facts;
}
