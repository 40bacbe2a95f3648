// Whether there is room for a table; people with phones get a list.
import { useSyncExternalStore } from 'react';

const query = matchMedia('(min-width: 48rem), print');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
