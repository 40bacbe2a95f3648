// Says that the recording goes on where this person stopped, and offers the beginning.
import { clock, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { HistoryIcon } from '../../../ui/icons.ts';
import type { Study } from './study.ts';

export function ContinueNote({ study: { continued } }: { readonly study: Pick<Study, 'continued'> }) {
  const { t } = useText();
  const { atMs, fromBeginning, putAway } = continued;
  if (atMs === null) return null;
  return (
    <Banner
      icon={HistoryIcon}
      announce="polite"
      action={
        <Button size="small" onPress={fromBeginning}>
          {t('recording.panel.continued.fromBeginning')}
        </Button>
      }
      onDismiss={putAway}
    >
      {t('recording.panel.continued', { time: clock(atMs) })}
    </Banner>
  );
}
