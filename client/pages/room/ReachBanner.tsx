// Says that no sound and picture get through to this browser, why that may be, and what to do.
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { WifiOffIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { useClassroom, useObservable } from './classroom.ts';

export function ReachBanner() {
  const { t } = useText();
  const { engine } = useClassroom();
  const reach = useObservable(engine.reach.state);
  if (reach === 'open') return null;
  const test = (
    <Link href="/connection-test" target="_blank" rel="noopener">
      {t('app.connectionTest')}
    </Link>
  );
  return (
    <Banner
      tone="warn"
      icon={WifiOffIcon}
      announce="assertive"
      title={t('trouble.media.blocked.title')}
      action={reach === 'blocked' ? test : undefined}
    >
      {t(reach === 'blocked' ? 'trouble.media.blocked' : 'trouble.media.browser')}
    </Banner>
  );
}
