// Says calmly what the class does without while the server is near what it can carry.
import { useState } from 'react';
import type { Pressure } from '../../../../server/contract/capacity.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { sentenceOf } from './pressure-words.ts';

export function PressureBanner() {
  const { t } = useText();
  const pressure = useRoom((room) => room.pressure);
  const sentence = useRoom(sentenceOf);
  const [dismissed, setDismissed] = useState<Pressure>('none');
  if (sentence === null || dismissed === pressure) return null;
  return (
    <Banner tone="info" announce="polite" onDismiss={() => setDismissed(pressure)}>
      {t(sentence)}
    </Banner>
  );
}
