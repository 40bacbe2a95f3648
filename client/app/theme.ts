// Light or dark: the system's wish, the person's pick, or what a page asks for while it stands.
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../i18n/index.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'auditoria.theme';

let picked: Theme = 'system';
const forced: Theme[] = [];
const listeners = new Set<() => void>();

/** Call once, before anything is drawn. */
export function startTheme(): void {
  const stored = readStored(storageKey);
  picked = themes.find((theme) => theme === stored) ?? 'system';
  show();
}

export function pickTheme(theme: Theme): void {
  picked = theme;
  writeStored(storageKey, theme === 'system' ? undefined : theme);
  show();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => picked,
  );
}

/** The whole document, floating menus too, takes this theme while the page stands; the classroom is dark. */
export function useForcedTheme(theme: 'light' | 'dark'): void {
  useLayoutEffect(() => {
    forced.push(theme);
    show();
    return () => {
      forced.splice(forced.lastIndexOf(theme), 1);
      show();
    };
  }, [theme]);
}

function show(): void {
  const theme = forced.at(-1) ?? picked;
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
