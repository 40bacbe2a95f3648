// Builds a session from what the browser offers, and ties it to the page's coming and going.
import type { LessonId } from '../../server/contract/ids.ts';
import { timerEveryMs } from './absence.ts';
import { deviceName } from './device-name.ts';
import { fetchEntry } from './room-token.ts';
import { Session } from './session.ts';
import { openSocketWire } from './socket-wire.ts';

export function openSession(lessonId: LessonId): { readonly session: Session; readonly close: () => void } {
  const session = new Session({
    lessonId,
    device: deviceName(navigator.userAgent),
    newId: newClientId,
    around: {
      openWire: openSocketWire,
      fetchEntry: () => fetchEntry(lessonId),
      now: () => Date.now(),
      random: () => Math.random(),
      later: (ms, action) => {
        const timer = setTimeout(action, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  const ends = new AbortController();
  const { signal } = ends;
  addEventListener('pagehide', () => session.pageCloses(), { signal });
  addEventListener('pageshow', (event) => event.persisted && session.pageReturns(), { signal });
  const networkIs = () => session.surveyor.networkIs(navigator.onLine);
  const pageIs = () => session.surveyor.pageIs(document.visibilityState === 'visible');
  for (const change of ['online', 'offline']) addEventListener(change, networkIs, { signal });
  document.addEventListener('visibilitychange', pageIs, { signal });
  networkIs();
  pageIs();
  const timer = setInterval(() => session.surveyor.timerRan(), timerEveryMs);
  return {
    session,
    close: () => {
      ends.abort();
      clearInterval(timer);
      session.reset();
    },
  };
}

/** `crypto.randomUUID` is missing where the page is not served securely. */
function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
