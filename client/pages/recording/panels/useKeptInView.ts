// Keeps what belongs to the moment in view inside its own list, without ever moving the page.
import { type RefObject, useEffect } from 'react';

/** `key`: of the element with `data-key` in the list; null: of none. */
export function useKeptInView(list: RefObject<HTMLElement | null>, key: string | null, isOn: boolean): void {
  useEffect(() => {
    const box = list.current;
    const item = key === null ? null : box?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!isOn || !box || !item) return;
    // Whoever works in the list is not pulled away.
    if (box.contains(document.activeElement) && document.activeElement !== box && document.activeElement?.matches(':focus-visible')) return;
    const around = box.getBoundingClientRect();
    const place = item.getBoundingClientRect();
    if (place.top >= around.top && place.bottom <= around.bottom) return;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    box.scrollBy({ top: place.top - around.top - (around.height - place.height) / 2, behavior });
  }, [list, key, isOn]);
}
