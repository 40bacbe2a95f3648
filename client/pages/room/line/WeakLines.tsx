// Over the list of people: how many are sent less than everything, for those who may see it.
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Button } from '../../../ui/Button.tsx';
import { SaveDataIcon } from '../../../ui/icons.ts';
import { useClassroom } from '../classroom.ts';
import { weakCount } from './step-counts.ts';

export function WeakLines() {
  const { t } = useText();
  const { dialog } = useClassroom();
  const count = useRoom((room) => (room.self.actions.has('see-quality') ? weakCount(room.lines.values()) : 0));
  if (count === 0) return null;
  return (
    <Button kind="quiet" size="small" wide icon={SaveDataIcon} onPress={() => dialog.set('line')}>
      {t('room.ladder.weakCount', { n: count })}
    </Button>
  );
}
