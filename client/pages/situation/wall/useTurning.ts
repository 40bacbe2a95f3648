// Turns the pages of the wall screen by itself and by keys, never by need of a mouse.
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { turned } from './pages.ts';

/** W67: long enough to read six lessons across a room. */
const everyMs = 12_000;

export type Turning = { readonly page: number; readonly isPaused: boolean; readonly pause: (paused: boolean) => void };

type What = {
  readonly pages: number;
  /** Counts up with new trouble, which is looked for from the first page on. */
  readonly calls: number;
  /** Where Escape leads. */
  readonly back: string;
};

export function useTurning({ pages, calls, back }: What): Turning {
  const navigate = useNavigate();
  const [page, setPage] = useState(0);
  const [isPaused, pause] = useState(false);
  const shown = turned(page, pages, 0);
  const turn = useCallback((step: number) => setPage((before) => turned(before, pages, step)), [pages]);
  useEffect(() => {
    if (calls > 0) setPage(0);
  }, [calls]);
  useEffect(() => {
    if (isPaused || pages < 2) return;
    // Begins anew with each page, also with one that was turned to by hand.
    const timer = setTimeout(() => setPage(turned(shown, pages, 1)), everyMs);
    return () => clearTimeout(timer);
  }, [isPaused, pages, shown]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowRight' || event.key === 'PageDown') turn(1);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') turn(-1);
      else if (event.key === 'Escape') void navigate(back);
      // A button in focus does what it does.
      else if (event.key === ' ' && event.target === document.body) pause((before) => !before);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [turn, navigate, back]);
  return { page: shown, isPaused, pause };
}

export function switchFullScreen(): void {
  // Refused where the browser is told to; the page then stays as it is.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  else void document.documentElement.requestFullscreen().catch(() => undefined);
}
