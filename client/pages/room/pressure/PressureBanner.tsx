// Says calmly what the class does without while the server is near what it can carry.
import { useEffect, useRef, useState } from 'react';
import type { Pressure } from '../../../../server/contract/capacity.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { useClassroom, useObservable } from '../classroom.ts';
import { sentenceOf } from './pressure-words.ts';

export function PressureBanner() {
  const { t } = useText();
  const { engine } = useClassroom();
  const pressure = useRoom((room) => room.pressure);
  const sentence = useRoom(sentenceOf);
  const trouble = useObservable(engine.own.camera).trouble;
  const wasRefused = trouble?.kind === 'server' && trouble.code === 'capacity-cameras';
  const [dismissed, setDismissed] = useState<Pressure>('none');
  const before = useRef(pressure);
  useEffect(() => {
    if (before.current === pressure) return;
    before.current = pressure;
    // What was said of the step before is no longer how it is.
    if (wasRefused) engine.own.forgetTroubles();
  }, [pressure, wasRefused, engine]);
  // A camera that was refused is told of with the same words where all refusals are.
  if (sentence === null || wasRefused || dismissed === pressure) return null;
  return (
    <Banner tone="info" announce="polite" onDismiss={() => setDismissed(pressure)}>
      {t(sentence)}
    </Banner>
  );
}
