// The keys of the player: on its own page wherever one is, beside other things only inside it; never where keys mean something else.
import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { Player } from '../../player/player.ts';
import { speeds } from '../../player/state.ts';

export type KeyActions = {
  readonly fullScreen: () => void;
  readonly captions?: (() => void) | undefined;
  readonly help: () => void;
};

const jumps: Readonly<Record<string, number>> = { ArrowLeft: -5000, ArrowRight: 5000, KeyJ: -10_000, KeyL: 10_000 };

/** Fields take all keys, buttons take the ones that press them, menus and lists take arrows. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return true;
  const taker = 'input:not([type=range]), textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=tablist]';
  if (target.closest(taker)) return true;
  if (target.closest('input[type=range]')) return event.code.startsWith('Arrow') || event.code === 'Home' || event.code === 'End';
  if (target.closest('[role=radiogroup], [role=toolbar]') && event.code.startsWith('Arrow')) return true;
  return event.code === 'Space' && target.closest('button, a, summary, [role=button]') !== null;
}

function digit({ code, shiftKey }: KeyboardEvent): number | undefined {
  const found = shiftKey ? undefined : /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  return found === undefined ? undefined : Number(found);
}

function moveTo(player: Player, event: KeyboardEvent): boolean {
  const { lengthMs } = player.state();
  const jump = jumps[event.code];
  const tenth = digit(event);
  if (jump !== undefined) player.seekBy(jump);
  else if (event.code === 'Home') player.seek(0);
  else if (event.code === 'End') player.seek(lengthMs);
  else if (tenth !== undefined) player.seek((lengthMs * tenth) / 10);
  else return false;
  return true;
}

/** By place on the keyboard, whatever letters are on it. */
function act(player: Player, event: KeyboardEvent, actions: KeyActions): boolean {
  const { code, shiftKey, key } = event;
  const { speed, isMuted } = player.state();
  const at = speeds.findIndex((one) => Object.is(one, speed));
  if (key === '?' || (code === 'Slash' && shiftKey)) actions.help();
  else if (shiftKey && (code === 'Period' || code === 'Comma')) player.setSpeed(speeds[at + (code === 'Period' ? 1 : -1)] ?? speed);
  else if (shiftKey) return false;
  else if (code === 'Space' || code === 'KeyK') player.toggle();
  else if (code === 'KeyM') player.setMuted(!isMuted);
  else if (code === 'KeyF') actions.fullScreen();
  else if (code === 'KeyC' && actions.captions) actions.captions();
  else return moveTo(player, event);
  return true;
}

/** `within`: only keys pressed in there. */
export function usePlayerKeys(player: Player, actions: KeyActions, within: RefObject<HTMLElement | null> | null): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isHere = within === null || (event.target instanceof Node && within.current?.contains(event.target));
    if (isHere && !isTaken(event) && act(player, event, actions)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
