// Pages that say why there is nothing else: no such page, no access, no server, a crash.
import { useText } from '../i18n/index.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LockIcon, ReloadIcon, SearchIcon, WarningIcon, WifiOffIcon } from '../ui/icons.ts';
import { usePageTitle } from './page-title.ts';
import './FullPageNotice.css';

export function NotFound() {
  const { t } = useText();
  usePageTitle(t('app.notFound.title'));
  return (
    <EmptyState
      icon={SearchIcon}
      level={1}
      title={t('app.notFound.title')}
      action={
        <ButtonLink kind="primary" href="/">
          {t('app.notFound.action')}
        </ButtonLink>
      }
    >
      {t('app.notFound.text')}
    </EmptyState>
  );
}

export function NoAccess() {
  const { t } = useText();
  usePageTitle(t('app.noAccess.title'));
  return (
    <EmptyState
      icon={LockIcon}
      level={1}
      title={t('app.noAccess.title')}
      action={<ButtonLink href="/">{t('app.notFound.action')}</ButtonLink>}
    >
      {t('app.noAccess.text')}
    </EmptyState>
  );
}

export function NoServer({ onRetry }: { onRetry: () => void }) {
  const { t } = useText();
  usePageTitle(t('app.offline.title'));
  return (
    <EmptyState
      icon={WifiOffIcon}
      level={1}
      title={t('app.offline.title')}
      action={
        <Button kind="primary" icon={ReloadIcon} onPress={onRetry}>
          {t('app.tryAgain')}
        </Button>
      }
    >
      {t('app.offline.text')}
    </EmptyState>
  );
}

/** Works without router and session, since those may be what crashed. */
export function Crash({ error }: { error: unknown }) {
  const { t } = useText();
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (
    <main className="full-page-notice">
      <EmptyState
        icon={WarningIcon}
        level={1}
        title={t('app.crash.title')}
        action={
          <Button kind="primary" icon={ReloadIcon} onPress={() => location.reload()}>
            {t('app.crash.action')}
          </Button>
        }
      >
        <p>{t('app.crash.text')}</p>
        <details className="crash-details">
          <summary>{t('app.crash.details')}</summary>
          <code>
            {location.pathname} · {new Date().toISOString()} · {said}
          </code>
        </details>
      </EmptyState>
    </main>
  );
}
