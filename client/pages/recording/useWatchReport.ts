// Tells the server what this person really played: every half minute, when the page is hidden, and when it goes.
import { useEffect } from 'react';
import { routes } from '../../../server/contract/http.ts';
import type { RecordingId } from '../../../server/contract/ids.ts';
import { api, errorCode } from '../../app/api.ts';
import { usePerson } from '../../app/session.tsx';
import { readStored, writeStored } from '../../i18n/stored.ts';
import type { Player } from '../../player/player.ts';
import { type Outcome, reportEveryMs, WatchReport } from '../../player/watch-report.ts';

const forGood: ReadonlySet<string> = new Set(['bad-request', 'not-found', 'not-allowed']);

export function useWatchReport(player: Player, id: RecordingId): void {
  const { id: personId } = usePerson();
  useEffect(() => {
    const key = `watched ${personId} ${id}`;
    const report = new WatchReport({
      take: () => player.takePlayed(),
      stored: { read: () => readStored(key), write: (value) => writeStored(key, value) },
      send: async (stretches, last): Promise<Outcome> => {
        try {
          await api(routes.watched, { params: { id }, body: { stretches }, keepalive: last });
          return 'taken';
        } catch (error) {
          return forGood.has(errorCode(error)) ? 'refused' : 'later';
        }
      },
    });
    const goes = () => void report.report(true);
    const hides = () => {
      if (document.visibilityState === 'hidden') goes();
    };
    const timer = setInterval(() => void report.report(), reportEveryMs);
    addEventListener('pagehide', goes);
    document.addEventListener('visibilitychange', hides);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', goes);
      document.removeEventListener('visibilitychange', hides);
      goes();
    };
  }, [player, id, personId]);
}
