// The gap that this person has to make up for: after a dropped line, or on coming late.
import { useEffect, useState } from 'react';
import { roomOf } from '../../../session/state.ts';
import { useRoomSession } from '../../../session/useSession.ts';
import { type Gap, gapAfterDrop, gapOfLateComer } from './look-back.ts';

/** The latest, until it is dismissed. */
export function useGap(): readonly [Gap | null, () => void] {
  const session = useRoomSession();
  const [gap, setGap] = useState<Gap | null>(() => {
    const room = roomOf(session.state);
    return room ? gapOfLateComer(room, Date.now() + room.clockOffsetMs) : null;
  });
  useEffect(() => {
    let since: number | null = null;
    return session.subscribe(() => {
      const { state } = session;
      if (state.phase === 'dropped') since ??= state.since + state.room.clockOffsetMs;
      if (state.phase !== 'in-room' || since === null) return;
      const missed = gapAfterDrop(since, Date.now() + state.room.clockOffsetMs);
      since = null;
      if (missed) setGap(missed);
    });
  }, [session]);
  return [gap, () => setGap(null)];
}
