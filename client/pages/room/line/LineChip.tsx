// Stays in sight as long as one is sent less than everything, lest one wonders where the pictures are; opens the choice.
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { SaveDataIcon } from '../../../ui/icons.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import { useClassroom } from '../classroom.ts';

export function LineChip() {
  const { t } = useText();
  const { dialog } = useClassroom();
  const { step, why } = useRoom((room) => room.ladder);
  if (step === 'all') return null;
  const what = t(`room.ladder.${step}`);
  return (
    <Tooltip text={`${t(`room.ladder.${step}.note`)} ${t(`room.ladder.why.${why}`)}`} placement="bottom">
      <AriaButton className="top-bar-sign line-chip" aria-label={t('room.ladder.open', { what })} onPress={() => dialog.set('line')}>
        <SaveDataIcon />
        <span className="line-chip-word">{what}</span>
      </AriaButton>
    </Tooltip>
  );
}
