// N notes the moment and B bookmarks it, wherever on the page one is, except where letters are written.
import { useEffect } from 'react';

const writing =
  'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=dialog], [role=alertdialog]';

export function useStudyKeys({ note, bookmark }: { readonly note: () => void; readonly bookmark: () => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, code, repeat } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || repeat) return;
      if (target instanceof Element && target.closest(writing)) return;
      const act = code === 'KeyN' ? note : code === 'KeyB' ? bookmark : null;
      if (!act) return;
      // Or the letter would be the first of the note.
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [note, bookmark]);
}
