// Tells the server what this person really saw: every half minute, when the page is hidden, and when it goes; and what pages before could not tell.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { readStored, storedKeys, writeStored } from '../../i18n/stored.ts';
import { isAttended, Seen } from '../../player/attention.ts';
import type { Player } from '../../player/player.ts';
import { type Outcome, reportEveryMs, WatchReport } from '../../player/watch-report.ts';
import { ownViewingKey } from './viewing/useOwnViewing.ts';

const forGood: ReadonlySet<string> = new Set(['bad-request', 'not-found', 'not-allowed']);

/** Counts nothing for who is not signed in, as whoever came by a link. */
export function useWatchReport(player: Player, id: RecordingId): void {
  const { person } = useSession();
  const personId = person?.id;
  const client = useQueryClient();
  useEffect(() => {
    if (personId === undefined) return;
    const seen = new Seen(() => player.takePlayed(), isAttendedIn(player));
    const report = reportOf(client, `watched ${personId} `, id, () => seen.take());
    const looks = () => seen.attend(isAttendedIn(player));
    const goes = () => {
      looks();
      void report.report(true);
    };
    const turns = () => (document.visibilityState === 'hidden' ? goes() : looks());
    const timer = setInterval(() => void report.report(), reportEveryMs);
    const unsubscribe = player.subscribe(looks);
    addEventListener('pagehide', goes);
    document.addEventListener('visibilitychange', turns);
    void report.report();
    tellLeftBehind(client, `watched ${personId} `, id);
    return () => {
      clearInterval(timer);
      unsubscribe();
      removeEventListener('pagehide', goes);
      document.removeEventListener('visibilitychange', turns);
      goes();
    };
  }, [client, player, id, personId]);
}

function isAttendedIn(player: Player): boolean {
  const { isMuted, volume, saver, pictures, moreCameras } = player.state();
  return isAttended({
    isHidden: document.visibilityState === 'hidden',
    isPictureApart: document.pictureInPictureElement !== null,
    isSoundOnly: saver === 'sound' || pictures.length + moreCameras === 0,
    isMuted: isMuted || volume === 0,
  });
}

function reportOf(client: QueryClient, prefix: string, id: RecordingId, take: ConstructorParameters<typeof WatchReport>[0]['take']) {
  const key = prefix + id;
  return new WatchReport({
    take,
    stored: { read: () => readStored(key), write: (value) => writeStored(key, value) },
    newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    send: async (body, last): Promise<Outcome> => {
      try {
        client.setQueryData(ownViewingKey(id), await api(recordingRoutes.watched, { params: { id }, body, keepalive: last }));
        return 'taken';
      } catch (error) {
        return forGood.has(errorCode(error)) ? 'refused' : 'later';
      }
    },
  });
}

/** Of other recordings, whose page was closed before it could tell. */
function tellLeftBehind(client: QueryClient, prefix: string, open: RecordingId): void {
  for (const key of storedKeys(prefix)) {
    const id = RecordingId.safeParse(key.slice(prefix.length)).data;
    if (id !== undefined && id !== open) void reportOf(client, prefix, id, () => []).report();
  }
}
