// How much has room on the screen, in the wall's own measure.
import { useSyncExternalStore } from 'react';
import { type Room, roomOn } from './pages.ts';

/** @returns the same object while nothing changed */
export function useRoom(): Room {
  const size = useSyncExternalStore(subscribe, measured);
  const [width = 0, height = 0] = size.split(' ').map(Number);
  return roomOn(width, height);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** As wall.css sets the letters of the root. */
function measured(): string {
  const letter = Math.max(16, Math.min(window.innerWidth / 48, window.innerHeight / 27));
  return `${window.innerWidth / letter} ${window.innerHeight / letter}`;
}
