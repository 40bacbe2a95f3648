// Goes on where this person stopped, on whatever device, and remembers where they stop now.
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import type { RecordingManifest } from '../../../../server/contract/recording.ts';
import type { RecordingPage } from '../../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { type WatchingTime, watchingTimeOf } from '../../../../server/contract/watching-time.ts';
import { api } from '../../../app/api.ts';
import { useSession } from '../../../app/session.tsx';
import { readStored, writeStored } from '../../../i18n/index.ts';
import type { Continued, StudyPlayer } from './study.ts';

const saveEveryMs = 15_000;
/** Who pauses may go. */
const lookEveryMs = 3000;
/** Nearer to an end of the recording there is nothing to go on with. */
const worthMs = { fromStart: 10_000, toEnd: 15_000 };
/** Less is no other place. */
const movedMs = 1000;

const Saved = z.object({ atMs: z.number().nullable(), savedAt: z.number() });
type Saved = z.infer<typeof Saved>;

export function useContinue(player: StudyPlayer, manifest: RecordingManifest, page: RecordingPage): Continued {
  const personId = useSession().person?.id;
  const { id, position } = page;
  const mayKeep = page.may.note && personId !== undefined;
  const key = `position ${personId ?? ''} ${id}`;
  const time = useRef<WatchingTime>(watchingTimeOf(manifest));
  const [atMs, setAtMs] = useState<number | null>(null);

  useEffect(() => {
    time.current = watchingTimeOf(manifest);
  }, [manifest]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: where one goes on is asked once for a player, not whenever the page is fetched again
  useEffect(() => {
    if (!mayKeep) return;
    const here = storedAt(key);
    const last = here && here.savedAt > (position?.savedAt ?? 0) ? here : position;
    // An address that names a moment has been chosen by somebody.
    if (last?.atMs == null || new URLSearchParams(location.search).has('t')) return;
    const goOnMs = time.current.toWatching(last.atMs);
    if (goOnMs < worthMs.fromStart || goOnMs > time.current.lengthMs - worthMs.toEnd) return;
    player.seek(goOnMs);
    setAtMs(goOnMs);
  }, [player, id, mayKeep]);

  useEffect(() => {
    if (!mayKeep) return undefined;
    let savedMs = player.state().positionMs;
    let savedAt = Date.now();
    const save = (last: boolean) => {
      const { positionMs, status } = player.state();
      if (Math.abs(positionMs - savedMs) < movedMs) return;
      savedMs = positionMs;
      savedAt = Date.now();
      const saved: Saved = { atMs: status === 'ended' ? null : Math.round(time.current.toClass(positionMs)), savedAt };
      writeStored(key, JSON.stringify(saved));
      // What was not taken is said by the next one; where the page goes before it, this browser still knows.
      api(recordingRoutes.savePosition, { params: { id }, body: saved, keepalive: last }).then(
        () => writeStored(key, undefined),
        () => undefined,
      );
    };
    const goes = () => save(true);
    const hides = () => {
      if (document.visibilityState === 'hidden') goes();
    };
    const timer = setInterval(() => {
      const isResting = player.state().status === 'paused' || player.state().status === 'ended';
      if (isResting || Date.now() - savedAt >= saveEveryMs) save(false);
    }, lookEveryMs);
    addEventListener('pagehide', goes);
    document.addEventListener('visibilitychange', hides);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', goes);
      document.removeEventListener('visibilitychange', hides);
      goes();
    };
  }, [player, id, key, mayKeep]);

  return {
    atMs,
    fromBeginning: () => {
      player.seek(0);
      setAtMs(null);
    },
    putAway: () => setAtMs(null),
  };
}

function storedAt(key: string): Saved | null {
  try {
    return Saved.safeParse(JSON.parse(readStored(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
