// A part of a page that could not be loaded, in its place: why, and the way to try again.
import { useText } from '../i18n/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { ReloadIcon } from '../ui/icons.ts';
import { errorCode } from './api.ts';

type LoadBannerProps = { readonly error: unknown; readonly title?: string; readonly onRetry: () => void };

export function LoadBanner({ error, title, onRetry }: LoadBannerProps) {
  const { t, refusal } = useText();
  return (
    <Banner
      tone="danger"
      announce="assertive"
      title={title}
      action={
        <Button icon={ReloadIcon} onPress={onRetry}>
          {t('app.tryAgain')}
        </Button>
      }
    >
      {refusal(errorCode(error))}
    </Banner>
  );
}
