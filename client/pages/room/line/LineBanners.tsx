// Says calmly what a weak line leaves out, both ways; dismissed it stays away until more is left out.
import { useState } from 'react';
import { LadderStep } from '../../../../server/contract/ladder.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { CameraOffIcon, SaveDataIcon } from '../../../ui/icons.ts';
import { useClassroom, useObservable } from '../classroom.ts';

const rank = (step: LadderStep): number => LadderStep.options.indexOf(step);

export function WeakLine() {
  const { t } = useText();
  const { dialog } = useClassroom();
  const { step, why } = useRoom((room) => room.ladder);
  const [dismissed, setDismissed] = useState<LadderStep>('all');
  // All is well again: the next time is news.
  if (step === 'all' && dismissed !== 'all') setDismissed('all');
  if (step === 'all' || why !== 'line' || rank(step) <= rank(dismissed)) return null;
  return (
    <Banner
      tone="warn"
      icon={SaveDataIcon}
      announce="polite"
      onDismiss={() => setDismissed(step)}
      action={
        <Button size="small" onPress={() => dialog.set('line')}>
          {t('room.ladder.choose')}
        </Button>
      }
    >
      {t(`room.ladder.${step}.weak`)}
    </Banner>
  );
}

export function CameraDark() {
  const { t } = useText();
  const { engine } = useClassroom();
  const isDark = useObservable(engine.own.cameraDark);
  if (!isDark) return null;
  return (
    <Banner
      tone="warn"
      icon={CameraOffIcon}
      announce="polite"
      action={
        <Button size="small" onPress={() => engine.own.hideCamera()}>
          {t('room.camera.turnOff')}
        </Button>
      }
    >
      {t('room.ladder.cameraDark')}
    </Banner>
  );
}
