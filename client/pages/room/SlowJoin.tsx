// Joining that takes long: says that the server is silent and that it is asked again, and lets the person stop waiting.
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { WifiOffIcon } from '../../ui/icons.ts';

const patienceMs = 5_000;

export function SlowJoin({ onGiveUp }: { readonly onGiveUp: () => void }) {
  const { t } = useText();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) return null;
  return (
    <Banner
      tone="warn"
      icon={WifiOffIcon}
      announce="polite"
      title={t('app.offline.title')}
      action={
        <Button size="small" onPress={onGiveUp}>
          {t('app.cancel')}
        </Button>
      }
    >
      {t('app.offline.text')}
    </Banner>
  );
}
