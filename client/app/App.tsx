// The application: what surrounds all pages, and the pages by address.
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { BrowserRouter } from 'react-router';
import { localeTags, useText } from '../i18n/index.ts';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import { type UiWords, UiWordsProvider } from '../ui/words.tsx';
import { CrashBoundary } from './CrashBoundary.tsx';
import { createQueryClient } from './queries.ts';
import { Root } from './Root.tsx';
import { Pages } from './routes.tsx';

export function App() {
  const { t, language } = useText();
  const [client] = useState(createQueryClient);
  const words: UiWords = {
    close: t('app.close'),
    cancel: t('app.cancel'),
    loading: t('app.loading'),
    dismiss: t('app.dismiss'),
    optional: t('app.optional'),
    showPassword: t('app.showPassword'),
    hidePassword: t('app.hidePassword'),
  };
  return (
    <I18nProvider locale={localeTags[language]}>
      <UiWordsProvider words={words}>
        <CrashBoundary>
          <QueryClientProvider client={client}>
            <BrowserRouter>
              <Root>
                <Pages />
              </Root>
            </BrowserRouter>
          </QueryClientProvider>
        </CrashBoundary>
        <LiveRegion />
      </UiWordsProvider>
    </I18nProvider>
  );
}
