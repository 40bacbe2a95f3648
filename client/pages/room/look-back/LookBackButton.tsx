// In the bar of controls: back to the beginning of the class, for those who may, while there is something to look back at.
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { HistoryIcon } from '../../../ui/icons.ts';
import { BarButton } from '../BarButton.tsx';
import { useClassroom, useSelected } from '../classroom.ts';
import { recordingToLookBackAt, stopLookingBack } from './look-back.ts';

export function LookBackButton() {
  const { t } = useText();
  const classroom = useClassroom();
  const { lookBack } = classroom;
  const recordingId = useRoom(recordingToLookBackAt);
  const isOn = useSelected(lookBack, (look) => look !== null);
  if (recordingId === null) return null;
  return (
    <BarButton
      className="not-on-phone"
      icon={HistoryIcon}
      name={t('room.lookBack')}
      hint={t(isOn ? 'room.lookBack.close' : 'room.lookBack.hint')}
      isOn={isOn}
      tone={isOn ? 'active' : 'plain'}
      onPress={() => (isOn ? stopLookingBack(classroom) : lookBack.set({ recordingId, fromMs: 0, how: 'instead' }))}
    />
  );
}
