// The frame of pages for those who are not signed in: mark and language, nothing to go to.
import { Outlet } from 'react-router';
import { useText } from '../i18n/index.ts';
import { SkipLink } from '../ui/SkipLink.tsx';
import { Brand } from './Brand.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import './Shell.css';

export function PlainShell() {
  const { t } = useText();
  return (
    <div className="shell">
      <SkipLink target="content">{t('app.skipToContent')}</SkipLink>
      <header className="shell-bar">
        <div className="shell-bar-inner">
          <Brand />
          <div className="shell-bar-end">
            <LanguageMenu />
          </div>
        </div>
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
