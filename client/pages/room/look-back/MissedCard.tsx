// After a gap: how long it was, what happened meanwhile, and the way to see it.
import { useQuery } from '@tanstack/react-query';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { api } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { HistoryIcon } from '../../../ui/icons.ts';
import { useClassroom, useObservable } from '../classroom.ts';
import { type Gap, messagesIn, recordingToLookBackAt } from './look-back.ts';
import { useGap } from './useGap.ts';

export function MissedCard() {
  const { t, exactDuration } = useText();
  const { lookBack } = useClassroom();
  const looking = useObservable(lookBack);
  const [gap, dismiss] = useGap();
  const recordingId = useRoom(recordingToLookBackAt);
  const startedAt = useRoom((room) => room.room.recording.startedAt);
  if (gap === null || recordingId === null || startedAt === null || looking !== null || gap.to <= startedAt) return null;
  const fromMs = Math.max(0, gap.from - startedAt);
  const watch = (
    <Button
      kind="primary"
      onPress={() => {
        lookBack.set({ recordingId, fromMs, how: 'instead' });
        dismiss();
      }}
    >
      {t(gap.why === 'late' ? 'room.missed.fromBeginning' : 'room.missed.watch')}
    </Button>
  );
  return (
    <Banner
      tone="info"
      icon={HistoryIcon}
      announce="polite"
      title={t(gap.why === 'late' ? 'room.missed.late' : 'room.missed.gap', { time: exactDuration(gap.to - gap.from) })}
      action={watch}
      onDismiss={dismiss}
    >
      {gap.why === 'late' ? t('room.missed.lateText') : <Missed gap={gap} recordingId={recordingId} startedAt={startedAt} />}
    </Banner>
  );
}

function Missed({ gap, recordingId, startedAt }: { readonly gap: Gap; readonly recordingId: RecordingId; readonly startedAt: number }) {
  const { t } = useText();
  const messages = useRoom((room) => messagesIn(room.chat, gap, room.self));
  const { data: manifest } = useQuery({
    queryKey: ['missed', recordingId, gap.from],
    queryFn: ({ signal }) => api(recordingRoutes.recording, { params: { id: recordingId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isInGap = (ms: number) => ms >= gap.from - startedAt && ms <= gap.to - startedAt;
  const screens =
    manifest?.tracks.filter(({ source, parts }) => source === 'screen' && parts.some(({ startMs }) => isInGap(startMs))).length ?? 0;
  const said = [
    ...(screens > 0 ? [t('room.missed.screens', { n: screens })] : []),
    ...(messages > 0 ? [t('room.missed.messages', { n: messages })] : []),
  ];
  return said.length > 0 ? said.join(', ') : t('room.missed.nothingWritten');
}
