// The name of the page in the tab.
import { useEffect } from 'react';
import { text } from '../i18n/index.ts';

/** Called by each page with its title in the language in force. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${text('app.productName')}` : text('app.productName');
  }, [title]);
}
