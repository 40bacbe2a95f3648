// Where a share stands against its limit: a sign, a colour and a word.
import type { ShareState } from '../../../server/contract/shares.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { ErrorIcon, type Icon, InfoIcon, SuccessIcon, WarningIcon } from '../../ui/icons.ts';

const looks: Readonly<Record<ShareState, { readonly tone: Tone; readonly icon: Icon }>> = {
  ok: { tone: 'good', icon: SuccessIcon },
  near: { tone: 'warn', icon: WarningIcon },
  over: { tone: 'danger', icon: ErrorIcon },
  unknown: { tone: 'neutral', icon: InfoIcon },
};

export function ShareStateChip({ state }: { readonly state: ShareState }) {
  const { t } = useText();
  return (
    <Chip tone={looks[state].tone} icon={looks[state].icon}>
      {t(`shares.state.${state}`)}
    </Chip>
  );
}
