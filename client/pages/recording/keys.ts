// The keys of the player, wherever on the page one is, except where keys mean something else.
import { useEffect } from 'react';
import type { Player } from '../../player/player.ts';
import { speeds } from '../../player/state.ts';

const jumps: Readonly<Record<string, number>> = { ArrowLeft: -5000, ArrowRight: 5000, KeyJ: -10_000, KeyL: 10_000 };

/** Fields take all keys, buttons take the ones that press them, menus and lists take arrows. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return true;
  if (target.closest('input:not([type=range]), textarea, select, [role=menu], [role=listbox], [role=dialog], [role=tablist]')) return true;
  if (target.closest('input[type=range]')) return event.code.startsWith('Arrow') || event.code === 'Home' || event.code === 'End';
  return event.code === 'Space' && target.closest('button, a, summary') !== null;
}

function act(player: Player, { code, key }: KeyboardEvent, toggleFullScreen: () => void): boolean {
  const jump = jumps[code];
  const { speed, isMuted, lengthMs } = player.state();
  const at = speeds.findIndex((one) => Object.is(one, speed));
  if (jump !== undefined) player.seekBy(jump);
  else if (code === 'Space' || code === 'KeyK') player.toggle();
  else if (code === 'Home') player.seek(0);
  else if (code === 'End') player.seek(lengthMs);
  else if (code === 'KeyM') player.setMuted(!isMuted);
  else if (code === 'KeyF') toggleFullScreen();
  else if (key === '>' || key === '<') player.setSpeed(speeds[at + (key === '>' ? 1 : -1)] ?? speed);
  else return false;
  return true;
}

export function usePlayerKeys(player: Player, toggleFullScreen: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isTaken(event) && act(player, event, toggleFullScreen)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [player, toggleFullScreen]);
}
