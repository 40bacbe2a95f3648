// Who is expected, here and missing, asked of the server again when people come and go, but not for each of them.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { LiveRegister } from '../../../server/contract/live-register.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api } from '../../app/api.ts';
import { useClassroom } from '../../pages/room/classroom.ts';
import { type RoomState, roomOf } from '../../session/state.ts';

const everyMs = 5_000;
/** Groups change, and people are called, without anybody coming or going. */
const anywayMs = 60_000;
/** The bell brings many at once. */
const gatherMs = 300;

export const liveRegisterKey = (id: LessonId) => ['live-register', id] as const;

export function useLiveRegister(): UseQueryResult<LiveRegister> {
  const { session } = useClassroom();
  const id = session.lessonId;
  const query = useQuery({
    queryKey: liveRegisterKey(id),
    queryFn: ({ signal }) => api(recordsRoutes.liveRegister, { params: { id }, signal }),
    staleTime: everyMs,
    refetchInterval: anywayMs,
  });
  const { refetch } = query;
  useEffect(() => {
    let seen = whoIsHere(roomOf(session.state));
    let askedAt = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      timer = undefined;
      askedAt = Date.now();
      void refetch();
    };
    const unsubscribe = session.subscribe(() => {
      const now = whoIsHere(roomOf(session.state));
      if (now === seen) return;
      seen = now;
      timer ??= setTimeout(ask, Math.max(gatherMs, askedAt + everyMs - Date.now()));
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [session, refetch]);
  return query;
}

let last: { readonly participants: RoomState['participants']; readonly waiting: RoomState['waiting']; readonly key: string } | null = null;

/** Equal as long as nobody comes, goes, is lost, comes back, or begins to wait. */
function whoIsHere(room: RoomState | undefined): string {
  if (!room) return '';
  const { participants, waiting } = room;
  if (last?.participants === participants && last.waiting === waiting) return last.key;
  const here = [...participants.values()].map((one) => `${one.id} ${one.presence}`);
  const key = [...here, ...waiting.map((one) => one.participantId)].join();
  last = { participants, waiting, key };
  return key;
}
