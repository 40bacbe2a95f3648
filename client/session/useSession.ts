// Lets components read the session; each is drawn again only when the part that it reads has changed.
import { createContext, use, useCallback, useRef, useSyncExternalStore } from 'react';
import type { Outgoing } from './outbox.ts';
import type { Session } from './session.ts';
import { type RoomState, roomOf, type SessionState } from './state.ts';

export const SessionContext = createContext<Session | null>(null);

export function useRoomSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('no session around this component');
  return session;
}

export function useSessionState(): SessionState {
  const session = useRoomSession();
  return useSyncExternalStore(
    useCallback((listener) => session.subscribe(listener), [session]),
    () => session.state,
  );
}

export function useOutgoing(): readonly Outgoing[] {
  const session = useRoomSession();
  return useSyncExternalStore(
    useCallback((listener) => session.subscribe(listener), [session]),
    () => session.outgoing,
  );
}

/** A part of the live room. `same` decides whether a newly made part is worth drawing. */
export function useRoom<T>(select: (room: RoomState) => T, same: (one: T, other: T) => boolean = Object.is): T {
  const session = useRoomSession();
  const last = useRef<{ readonly value: T } | null>(null);
  return useSyncExternalStore(
    useCallback((listener) => session.subscribe(listener), [session]),
    () => {
      const room = roomOf(session.state);
      if (!room) {
        // React may ask once more between the end of the room and the removal of its components.
        if (last.current) return last.current.value;
        throw new Error('not in a room');
      }
      const value = select(room);
      if (last.current && same(last.current.value, value)) return last.current.value;
      last.current = { value };
      return value;
    },
  );
}

export function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => Object.is(item, other[index]));
}
