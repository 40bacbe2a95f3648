// Keys of the class: M, V, S and H by their place on the keyboard, so that they work in every layout; space to speak while it is held.
import { useEffect } from 'react';
import { readStored, writeStored } from '../../i18n/index.ts';
import { Observable } from '../../media/observable.ts';
import { isLive } from '../../media/own-source.ts';
import { roomOf } from '../../session/state.ts';
import { useClassroom } from './classroom.ts';
import { type Controls, forbiddenBecause } from './controls.ts';

const storageKey = 'auditoria.push-to-talk';
const singleKeysKey = 'auditoria.single-keys';

export const pushToTalk = new Observable(readStored(storageKey) !== 'off');

export function setPushToTalk(on: boolean): void {
  writeStored(storageKey, on ? undefined : 'off');
  pushToTalk.set(on);
}

/** Speech input types letters as it hears them: M, V, S and H can be turned off. */
export const singleKeys = new Observable(readStored(singleKeysKey) !== 'off');

export function setSingleKeys(on: boolean): void {
  writeStored(singleKeysKey, on ? undefined : 'off');
  singleKeys.set(on);
}

const typing = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';
const busy = `${typing}, [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]`;
const pressable = `${busy}, button, a, [role="button"], [role="tab"], [role="switch"], [role="log"]`;

export function useShortcuts(controls: Controls): void {
  const { engine, session } = useClassroom();
  useEffect(() => {
    let talking = false;
    const stopTalking = () => {
      if (!talking) return;
      talking = false;
      void engine.own.mute();
    };
    const down = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.code === 'Space') {
        const room = roomOf(session.state);
        const free = room && !forbiddenBecause(room, 'microphone') && !isLive(engine.own.microphone.value);
        if (!pushToTalk.value || !free || isWithin(event, pressable)) return;
        event.preventDefault();
        talking = true;
        void engine.own.speak().then(() => (talking ? undefined : engine.own.mute()));
        return;
      }
      const action = singleKeys.value ? byKey(controls, event.code) : undefined;
      // Observers have none of these buttons.
      const takesPart = roomOf(session.state)?.self.role !== 'observer';
      if (!action || !takesPart || isWithin(event, busy)) return;
      event.preventDefault();
      action();
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === 'Space') stopTalking();
    };
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', stopTalking);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', stopTalking);
      stopTalking();
    };
  }, [controls, engine, session]);
}

function byKey(controls: Controls, code: string): (() => void) | undefined {
  switch (code) {
    case 'KeyM':
      return controls.microphone;
    case 'KeyV':
      return controls.camera;
    case 'KeyS':
      return controls.screen;
    case 'KeyH':
      return controls.hand;
    default:
      return undefined;
  }
}

function isWithin(event: KeyboardEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}
