// A page whose data could not be had: why, and the one thing to do about it.
import { useText } from '../i18n/index.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ReloadIcon, WarningIcon } from '../ui/icons.ts';
import { errorCode } from './api.ts';
import { NotFound } from './FullPageNotice.tsx';

export function LoadFailure({ error, title, onRetry }: { readonly error: unknown; readonly title: string; readonly onRetry: () => void }) {
  const { t, refusal } = useText();
  const code = errorCode(error);
  if (code === 'not-found') return <NotFound />;
  const action =
    code === 'not-allowed' ? (
      <ButtonLink href="/">{t('app.toTimetable')}</ButtonLink>
    ) : (
      <Button kind="primary" icon={ReloadIcon} onPress={onRetry}>
        {t('app.tryAgain')}
      </Button>
    );
  return (
    <EmptyState icon={WarningIcon} level={1} title={title} action={action}>
      {refusal(code)}
    </EmptyState>
  );
}
