// What the pages of a class share: the session, the media engine and what this person has chosen to see.
import { createContext, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import type { LessonId, ParticipantId } from '../../../server/contract/ids.ts';
import type { RequestInput, RequestName } from '../../../server/contract/index.ts';
import { watchDevices } from '../../media/devices.ts';
import { MediaEngine } from '../../media/engine.ts';
import { Observable } from '../../media/observable.ts';
import { pictureKey } from '../../media/receive.ts';
import type { PanelId } from '../../panels/index.ts';
import { openSession } from '../../session/open-session.ts';
import type { FailureCode } from '../../session/outcome.ts';
import type { Session } from '../../session/session.ts';
import { useRoom } from '../../session/useSession.ts';
import type { LookBack, LookedAt } from './look-back/look-back.ts';
import type { StageWish } from './stage.ts';

export type RoomDialog = 'settings' | 'line' | 'rules' | 'leave' | 'shortcuts' | null;

export interface Classroom {
  readonly session: Session;
  readonly engine: MediaEngine;
  readonly panel: Observable<PanelId | null>;
  readonly stageWish: Observable<StageWish>;
  readonly dialog: Observable<RoomDialog>;
  /** What of the class before is being watched just now. */
  readonly lookBack: Observable<LookBack | null>;
  /** Where this person was in it; kept when the class ends, so that the recording opens there. */
  readonly lookedAt: Observable<LookedAt | null>;
  /** Messages up to this server time have been on the screen. */
  readonly readUntil: Observable<number>;
  /** What is being written; it outlives the panel. */
  readonly draft: Observable<string>;
  /** Why the last thing that was tried did not work. */
  readonly fault: Observable<FailureCode | null>;
}

/** Opened once for the page, closed when it is left. */
export function openClassroom(lessonId: LessonId): Classroom & { readonly close: () => void } {
  const { session, close } = openSession(lessonId);
  const engine = new MediaEngine((name, input) => session.call(name, input), {
    renew: () => session.reconnect(),
    hurry: () => session.hurry(),
  });
  const unfollow = session.follow(engine);
  const fault = new Observable<FailureCode | null>(null);
  const unsubscribe = forgetOffline(session, fault);
  const left = new AbortController();
  watchDevices(left.signal);
  return {
    session,
    engine,
    panel: new Observable<PanelId | null>(matchMedia('(min-width: 1100px)').matches ? 'chat' : null),
    stageWish: new Observable<StageWish>({ mode: 'auto', pinned: null }),
    dialog: new Observable<RoomDialog>(null),
    lookBack: new Observable<LookBack | null>(null),
    lookedAt: new Observable<LookedAt | null>(null),
    readUntil: new Observable(0),
    draft: new Observable(''),
    fault,
    close: () => {
      left.abort();
      unsubscribe();
      unfollow();
      close();
      engine.close();
    },
  };
}

/** That the server did not answer is no news any more once the room is there again. */
function forgetOffline(session: Session, fault: Observable<FailureCode | null>): () => void {
  let was = session.state.phase;
  return session.subscribe(() => {
    const { phase } = session.state;
    if (phase === 'in-room' && was !== 'in-room' && fault.value === 'offline') fault.set(null);
    was = phase;
  });
}

export const ClassroomContext = createContext<Classroom | null>(null);

export function useClassroom(): Classroom {
  const classroom = use(ClassroomContext);
  if (!classroom) throw new Error('no classroom around this component');
  return classroom;
}

export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, () => observable.value);
}

/** A part of a watched value; draws again only when the part has changed. `select` must not make new objects. */
export function useSelected<T, S>(observable: Observable<T>, select: (value: T) => S): S {
  return useSyncExternalStore(observable.subscribe, () => select(observable.value));
}

/** Asks the server and shows its refusal where the class sees it. True when it was done. */
export function useAct(): <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<boolean> {
  const { session, fault } = useClassroom();
  return useCallback(
    async (name, input) => {
      const outcome = await session.call(name, input);
      fault.set(outcome.ok ? null : outcome.code);
      return outcome.ok;
    },
    [session, fault],
  );
}

/** The stream to show for a picture: one's own straight from the device, others' from the server. */
export function usePictureStream(participantId: ParticipantId, source: 'camera' | 'screen'): MediaStream | null {
  const { engine } = useClassroom();
  const isSelf = useRoom((room) => room.self.participantId === participantId);
  const ownTrack = useSelected(source === 'camera' ? engine.own.camera : engine.own.screen, (own) =>
    own.status === 'on' ? own.track : null,
  );
  const received = useSelected(engine.pictures, (pictures) => {
    const picture = pictures.get(pictureKey(participantId, source));
    return picture?.flowing ? picture.stream : null;
  });
  const own = useMemo(() => (ownTrack ? new MediaStream([ownTrack]) : null), [ownTrack]);
  return isSelf ? (own ?? received) : received;
}

/** A slow clock for what is shown in words; `everyMs` apart. */
export function useNow(everyMs: number): number {
  const subscribe = useCallback(
    (tick: () => void) => {
      const timer = setInterval(tick, everyMs);
      return () => clearInterval(timer);
    },
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / everyMs) * everyMs);
}
