// Where one looks back: shows the pane while somebody does, and sees to it that it ends when there is nothing to look at any more.
import { lazy, Suspense, useEffect } from 'react';
import { needTexts, useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { useClassroom, useObservable } from '../classroom.ts';
import { recordingToLookBackAt } from './look-back.ts';

const Pane = lazy(async () => {
  const [pane] = await Promise.all([import('./LookBackPane.tsx'), needTexts('player')]);
  return pane;
});

export function LookBackPlace() {
  const { t } = useText();
  const { lookBack } = useClassroom();
  const look = useObservable(lookBack);
  const recordingId = useRoom(recordingToLookBackAt);
  useEffect(() => {
    if (look !== null && look.recordingId !== recordingId) lookBack.set(null);
  }, [look, recordingId, lookBack]);
  if (look === null) return null;
  return (
    <Suspense
      fallback={
        <span className="look-back-loading">
          <Spinner label={t('room.lookBack.loading')} />
        </span>
      }
    >
      <Pane look={look} />
    </Suspense>
  );
}
