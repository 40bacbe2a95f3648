// What the buttons and keys of a class do, each once: the bar, the menu and the shortcuts call these.
import { useMemo } from 'react';
import type { Reaction } from '../../../server/contract/room.ts';
import type { Capability } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import type { FailureCode } from '../../session/outcome.ts';
import { type RoomState, roomOf } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { useAct, useClassroom } from './classroom.ts';

let loweredAt = 0;

/** The room does not tell who took a hand down; whoever has just pressed the button knows. */
export function loweredByOneself(): boolean {
  return Date.now() - loweredAt < 3_000;
}

export interface Controls {
  readonly microphone: () => void;
  readonly camera: () => void;
  readonly screen: () => void;
  readonly hand: () => void;
  readonly react: (reaction: Reaction) => void;
}

export function useControls(): Controls {
  const { session, engine, fault } = useClassroom();
  const act = useAct();
  return useMemo(() => {
    const now = () => roomOf(session.state);
    /** Opening a forbidden device would only light its lamp for nothing. */
    const unlessForbidden = (what: Exclude<Capability, 'chat'>, isOn: boolean, action: () => Promise<void>) => {
      const room = now();
      const why = room && !isOn ? forbiddenBecause(room, what) : null;
      if (why) fault.set(why);
      else void action();
    };
    const { own } = engine;
    return {
      microphone: () =>
        unlessForbidden('microphone', own.microphone.value.status === 'on' && own.microphone.value.pausedBy.length === 0, () =>
          own.toggleMicrophone(),
        ),
      camera: () => unlessForbidden('camera', own.camera.value.status !== 'off', () => own.toggleCamera()),
      screen: () =>
        unlessForbidden('screen', own.screen.value.status !== 'off', async () => {
          if (own.screen.value.status === 'off') await own.shareScreen();
          else own.stopScreen();
        }),
      hand: () => {
        const room = now();
        const self = room?.participants.get(room.self.participantId);
        if (!self) return;
        const raised = self.handRaisedAt === null;
        if (!raised) loweredAt = Date.now();
        void act('room:raise-hand', { raised });
      },
      react: (reaction) => void act('room:react', { reaction }),
    };
  }, [session, engine, fault, act]);
}

/** Null when this person may send it just now. */
export function forbiddenBecause(state: RoomState, what: Capability): FailureCode | null {
  const self = state.participants.get(state.self.participantId);
  if (!self || self.may[what]) return null;
  if (state.self.role === 'observer') return 'not-allowed';
  if (!state.room.supervised && what !== 'chat') return 'unsupervised';
  return `${what}-forbidden`;
}

/** Why this person may not send it just now: the code, and the sentence. */
export function useForbidden(what: Capability): { readonly code: FailureCode; readonly sentence: string } | null {
  const { refusal } = useText();
  const code = useRoom((state) => forbiddenBecause(state, what));
  return code ? { code, sentence: refusal(code) } : null;
}
